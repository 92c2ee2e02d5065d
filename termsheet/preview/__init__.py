"""Preview: the draft of a deal in a browser while it is written, with its findings beside the clauses.

    watch.py     what changes when a file or a folder does
    page.py      the page: the paper, the findings, and the script that reloads it
    desk.py      the deal read, judged and drawn anew whenever something that it was made of has changed
    server.py    the page on the loopback interface, and nowhere else
"""

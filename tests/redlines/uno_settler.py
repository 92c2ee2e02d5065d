"""Accept or reject every tracked change in LibreOffice, as its own menu does, and read what it then shows.

Run by a Python that has `uno` (the package python3-uno): `uno_settler.py PROFILE`, with the work as JSON lines on
standard input: [file, "accept", "reject" or "", file for the text]. One office does all of it, and for each a line of
JSON comes back: how many changes were tracked before and after.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from uno_editor import office

_COMMANDS = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}


def main() -> None:
    """Settle each file, and write its text with the numbers that LibreOffice counts."""
    with office(Path(sys.argv[1]).resolve()) as (context, desktop, named):
        helper = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        for line in sys.stdin:
            source, how, target = json.loads(line)
            paper = desktop.loadComponentFromURL(Path(source).resolve().as_uri(), "_blank", 0, (named("Hidden", True),))
            before = _changes(paper)
            if how:
                helper.executeDispatch(paper.CurrentController.Frame, _COMMANDS[how], "", 0, ())
            after = _changes(paper)
            paper.RecordChanges = False
            for index in list(paper.DocumentIndexes):
                index.dispose()  # the contents are those of one paper, and not tracked
            paper.TextFields.refresh()
            paper.storeToURL(Path(target).resolve().as_uri(), (named("FilterName", "Text (encoded)"), named("FilterOptions", "UTF8,LF,,,")))
            paper.close(True)
            print(json.dumps([before, after]), flush=True)


def _changes(paper: object) -> int:
    found, count = paper.Redlines.createEnumeration(), 0
    while found.hasMoreElements():
        found.nextElement()
        count += 1
    return count


if __name__ == "__main__":
    main()

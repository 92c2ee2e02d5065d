"""The command line.

    group.py     the commands, each imported when it is called; every other module is a command, named as the command
    linting.py   what `termsheet lint` does
    common.py    options that several commands have
    tools.py     what several commands do: what arguments name, what is shown, what is written
    workers.py   `--jobs` and `--dask`

A command parses, calls, prints and returns a code; what it needs is imported when it runs. `linting` and `tools` do not
import click: a hook that names nothing but files (`termsheet lint a.yaml b.yaml`) has no options to be parsed.
"""

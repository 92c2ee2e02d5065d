"""Edit a Word file in LibreOffice through its own interface, as a person at the keyboard does: find, and type over.

Run by a Python that has `uno` (the package python3-uno): `uno_editor.py IN OUT PROFILE`, with the edits as JSON on
standard input: a list of [words to find, which of them from 1 (0: all), words to type].
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def main() -> None:
    """Edit the file, and print how often each of the words was found."""
    source, target, profile = (Path(name).resolve() for name in sys.argv[1:4])
    edits = json.load(sys.stdin)
    with office(profile) as (_, desktop, named):
        paper = desktop.loadComponentFromURL(source.as_uri(), "_blank", 0, (named("Hidden", True),))
        print(json.dumps([_typed(paper, *edit) for edit in edits]))
        paper.storeToURL(target.as_uri(), (named("FilterName", "MS Word 2007 XML"),))
        paper.close(True)


@contextmanager
def office(profile: Path) -> Iterator[tuple]:
    """An office of one's own: its context, its desktop, and what makes a property of a name and a value."""
    import uno
    from com.sun.star.beans import PropertyValue

    def named(name: str, value: object) -> object:
        made = PropertyValue()
        made.Name, made.Value = name, value
        return made

    pipe = f"termsheet-{profile.name}-{time.monotonic_ns()}"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo"]
    started = subprocess.Popen([*command, f"--accept=pipe,name={pipe};urp;"], stdout=subprocess.DEVNULL)
    try:
        context = _connected(uno, pipe, started)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        yield context, desktop, named
        desktop.terminate()
        started.wait(30)
    finally:
        started.kill()
        started.wait()


def _connected(uno: object, pipe: str, office: subprocess.Popen) -> object:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(300):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # it is still starting
            if office.poll() is not None:
                raise
            time.sleep(0.2)
    raise TimeoutError("LibreOffice does not answer")


def _typed(paper: object, words: str, which: int, typed: str) -> int:
    """Type over words in the text; gives how often they were found."""
    search = paper.createSearchDescriptor()
    search.SearchString, search.SearchCaseSensitive = words, True
    found, count = paper.findFirst(search), 0
    while found is not None:
        count += 1
        if which in (0, count):
            found.String = typed
        found = paper.findNext(found.End, search)
    return count


if __name__ == "__main__":
    main()

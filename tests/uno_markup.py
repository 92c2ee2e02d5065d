"""Mark a paper up in LibreOffice through its own interface, as a person does who has it open.

Run by a Python that has `uno` (the package python3-uno): `uno_markup.py PROFILE`. Every line of standard input is one
request as JSON, every line of standard output its answer; `tests/markup.py` sends them. One office serves them all.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

PARAGRAPH_BREAK, BOLD, NORMAL = 0, 150.0, 100.0  # as com.sun.star.text and com.sun.star.awt have them
FILTERS = {"docx": "MS Word 2007 XML", "odt": "writer8"}


def named(name: str, value: object) -> PropertyValue:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


class Office:
    """LibreOffice, and the paper that is open in it."""

    def __init__(self, profile: Path) -> None:
        pipe = f"termsheet-{profile.name}-{time.monotonic_ns()}"
        command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo"]
        self.process = subprocess.Popen([*command, f"--accept=pipe,name={pipe};urp;"], stdout=subprocess.DEVNULL)
        self.context = self._connected(pipe)
        self.desktop = self._service("com.sun.star.frame.Desktop")
        self.dispatcher = self._service("com.sun.star.frame.DispatchHelper")

    def _connected(self, pipe: str) -> object:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(300):
            try:
                return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            except Exception:  # it is still starting
                if self.process.poll() is not None:
                    raise
                time.sleep(0.2)
        raise TimeoutError("LibreOffice does not answer")

    def _service(self, name: str) -> object:
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def author(self, first: str, last: str) -> None:
        """Who sits at the keyboard."""
        provider = self._service("com.sun.star.configuration.ConfigurationProvider")
        data = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationUpdateAccess", (named("nodepath", "/org.openoffice.UserProfile/Data"),)
        )
        data.setPropertyValue("givenname", first)
        data.setPropertyValue("sn", last)
        data.commitChanges()

    # -- the paper

    def open(self, path: str) -> list[dict]:
        """Open a paper; gives its paragraphs."""
        self.paper = self.desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, (named("Hidden", True),))
        self.controller = self.paper.CurrentController
        self.cursor = self.controller.ViewCursor
        self.paragraphs = []
        told = []
        self._gather(self.paper.Text, None, "", told)
        return told

    def _gather(self, text: object, table: object, cell: str, told: list) -> None:
        found = text.createEnumeration()
        while found.hasMoreElements():
            one = found.nextElement()
            if one.supportsService("com.sun.star.text.TextTable"):
                for name in one.CellNames:
                    self._gather(one.getCellByName(name), one, name, told)
                continue
            section = one.TextSection
            self.paragraphs.append((one, text, table, cell))
            told.append({
                "text": one.String, "style": one.ParaStyleName, "label": one.ListLabelString,
                "table": table.Name if table else "", "cell": cell, "rows": len(table.Rows) if table else 0,
                "index": bool(section and section.supportsService("com.sun.star.text.BaseIndex")),
            })  # fmt: skip

    def track(self, on: bool) -> None:
        self.paper.RecordChanges = on

    def save(self, path: str) -> None:
        self.paper.storeToURL(Path(path).as_uri(), (named("FilterName", FILTERS[path.rsplit(".", 1)[1]]),))

    def close(self) -> None:
        self.paper.close(True)

    def quit(self) -> None:
        try:
            self.desktop.terminate()
            self.process.wait(30)
        except Exception:  # it goes one way or the other
            self.process.kill()
            self.process.wait()

    # -- the edits; a paragraph is known by its place in the paper that was opened

    def _word(self, at: int, word: str) -> object:
        """The first place of a word in a paragraph."""
        search = self.paper.createSearchDescriptor()
        search.SearchString, search.SearchCaseSensitive = word, True
        found = self.paper.findNext(self.paragraphs[at][0].Start, search)
        if found is None:
            raise LookupError(word)
        return found

    def type(self, at: int, word: str, typed: str) -> None:
        """Type over a word."""
        self._word(at, word).String = typed

    def insert(self, at: int, word: str, typed: str) -> None:
        """Type behind a word."""
        found = self._word(at, word)
        found.Text.insertString(found.End, typed, False)

    def paragraph_in(self, at: int, typed: str) -> None:
        """Press Enter at the end of a paragraph, and type."""
        one, text, _, _ = self.paragraphs[at]
        cursor = text.createTextCursorByRange(one.End)
        text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
        text.insertString(cursor, typed, False)

    def _select(self, first: int, last: int) -> None:
        """Select paragraphs, with the end of the last."""
        cursor = self._range(first, last)
        self.controller.select(cursor)

    def _range(self, first: int, last: int) -> object:
        one, text, _, _ = self.paragraphs[first]
        cursor = text.createTextCursorByRange(one.Start)
        cursor.gotoRange(self.paragraphs[last][0].End, True)
        if not cursor.goRight(1, True):  # the last of its cell: then the end of the one before goes
            cursor = text.createTextCursorByRange(one.Start)
            cursor.goLeft(1, False)
            cursor.gotoRange(self.paragraphs[last][0].End, True)
        return cursor

    def paragraphs_out(self, first: int, last: int) -> None:
        """Select paragraphs, and press Delete."""
        self._range(first, last).String = ""

    def move(self, first: int, last: int, before: int) -> None:
        """Cut paragraphs, and paste them before another."""
        self._select(first, last)
        held = self.controller.getTransferable()
        self._range(first, last).String = ""
        start = self.paragraphs[before][0].Start
        self.controller.select(start)
        self.controller.insertTransferable(held)

    def _do(self, command: str, *more: object) -> None:
        self.dispatcher.executeDispatch(self.controller.Frame, f".uno:{command}", "", 0, more)

    def up(self, at: int) -> None:
        """Alt-Ctrl-Up."""
        self.controller.select(self.paragraphs[at][0].Start)
        self._do("MoveUp")

    def _rows(self, first: int, last: int) -> tuple[object, int, int]:
        """The table in which two paragraphs stand, and the rows of both, from 1."""
        _, _, table, cell = self.paragraphs[first]
        here, there = (int("".join(sign for sign in name if sign.isdigit())) for name in (cell, self.paragraphs[last][3]))
        return table, here, max(here, there) if self.paragraphs[last][2].Name == table.Name else here

    def row_out(self, first: int, last: int) -> None:
        """Delete the rows of paragraphs."""
        self.controller.select(self.paragraphs[first][0].Start)
        self._do("DeleteRows")

    def row_in(self, at: int, words: list[str]) -> None:
        """Put a row in below that of a paragraph, and type in its cells."""
        self.controller.select(self.paragraphs[at][0].Start)
        table, row, _ = self._rows(at, at)
        count = len(table.Rows)
        self._do("InsertRowsAfter")
        assert len(table.Rows) == count + 1
        for column, typed in enumerate(words):
            cell = table.getCellByName(f"{chr(65 + column)}{row + 1}")
            cell.insertString(cell.createTextCursor(), typed, False)

    def row_moved(self, first: int, last: int, before: int) -> None:
        """Put a row in before another, copy what stands in one into it, and delete that one."""
        table, row, _ = self._rows(first, last)
        goal = self._rows(before, before)[1]
        columns = [name[0] for name in table.CellNames if name[1:] == str(row)]
        self.controller.select(self.paragraphs[before][0].Start)
        count = len(table.Rows)
        self._do("InsertRowsBefore")
        assert len(table.Rows) == count + 1
        row += row >= goal
        for column in columns:
            cell = table.getCellByName(f"{column}{row}")
            cursor = cell.createTextCursor()
            cursor.gotoEnd(True)
            self.controller.select(cursor)
            held = self.controller.getTransferable()
            self.controller.select(table.getCellByName(f"{column}{goal}").createTextCursor())
            self.controller.insertTransferable(held)
        self.controller.select(table.getCellByName(f"A{row}").createTextCursor())
        self._do("DeleteRows")

    def clause_in(self, at: int, words: list[str], styles: list[str]) -> None:
        """Type a heading and a paragraph below a paragraph."""
        one, text, _, _ = self.paragraphs[at]
        cursor = text.createTextCursorByRange(one.End)
        for typed, style in zip(words, styles, strict=True):
            text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
            cursor.ParaStyleName = style
            text.insertString(cursor, typed, False)

    def look(self) -> None:
        """Change everything of the look, and nothing else."""
        for family in ("PageStyles",):
            styles = self.paper.StyleFamilies.getByName(family)
            for name in styles.ElementNames:
                style = styles.getByName(name)
                style.LeftMargin, style.RightMargin, style.TopMargin = 1500, 3100, 1700
        styles = self.paper.StyleFamilies.getByName("ParagraphStyles")
        for name in styles.ElementNames:
            style = styles.getByName(name)
            if style.isInUse():
                style.CharFontName, style.CharHeight, style.ParaTopMargin = "DejaVu Sans", 9.0, 300
        for place, (one, _, _, _) in enumerate(self.paragraphs):
            one.CharFontName = ("Liberation Sans", "DejaVu Serif", "Carlito")[place % 3]
            one.CharHeight = 8.0 + place % 5
            one.CharColor = (0x993300, 0x003399)[place % 2]
            one.CharWeight = (BOLD, NORMAL)[place % 2]
            one.CharPosture = uno.Enum("com.sun.star.awt.FontSlant", ("NONE", "ITALIC")[place % 2])
            one.ParaLeftMargin = 100 * (place % 7)
            if place % 11 == 5 and not one.ListLabelString:
                one.ParaStyleName = "Standard"


def main() -> None:
    office = Office(Path(sys.argv[1]).resolve())
    try:
        for line in sys.stdin:
            name, *arguments = json.loads(line)
            try:
                answer = {"done": getattr(office, name)(*arguments)}
            except Exception as error:
                answer = {"failed": f"{type(error).__name__}: {error}"}
            print(json.dumps(answer), flush=True)
    finally:
        office.quit()


if __name__ == "__main__":
    main()

"""What houses call the styles that ours stand for.

For each of our styles the names under which a house may keep its own, the most telling first; our own name comes before
all of them. Word keeps the names of its own styles in English whatever the language it speaks.
"""

from __future__ import annotations

_HEADING_1 = ("heading 1", "Level 1 Heading", "Level 1", "Clause 1", "Clause Heading", "Clause Level 1", "Title Clause",
              "Main Heading", "Article Heading", "Überschrift 1", "Titre 1", "Kop 1")  # fmt: skip
_BODY = ("Body Text", "Body", "Body 1", "Text Body", "Main Text", "Body Para", "Textkörper", "Fließtext", "Grundtext",
         "Corps de texte", "Plattetekst")  # fmt: skip


def _levels(depth: int, item: int) -> tuple[str, ...]:
    """The names of the level (a), (i) or (A): the `depth`th of the list of clauses."""
    return (f"Level {depth}", f"Level {depth} Number", f"Clause Level {depth}", f"Clause {depth}", f"Numbered {depth}",
            f"Untitled subclause {item + 1}", f"Sub-clause {item}", f"Gliederung {depth}", f"Ebene {depth}",
            f"heading {depth}", f"Überschrift {depth}", f"Titre {depth}")  # fmt: skip


# The styles of single clauses, of which a house may have a list; without it, the names are only those of headings.
NUMBERED = {
    "Heading1": _HEADING_1,
    "Clause2": ("Level 2", "Level 2 Number", "Clause Level 2", "Untitled subclause 1", "Sub-clause", "Subclause",
                "Numbered 2", "Gliederung 2", "Ebene 2", "Clause 1.1", "heading 2", "Überschrift 2", "Titre 2"),
    "ClauseItem1": _levels(3, 1),
    "ClauseItem2": _levels(4, 2),
    "ClauseItem3": _levels(5, 3),
    "ScheduleParagraph": ("Sch 1", "Sch Level 1", "Schedule Level 1", "Schedule 1", "Sched Level 1", "Sch Para 1",
                          "Sched para 1", "Schedule Para 1", "Schedule Number 1", "Sch 1 Number", "Anlage 1"),
    "ScheduleItem1": ("Sch 2", "Sch Level 2", "Schedule Level 2", "Schedule 2", "Sched Level 2", "Schedule Number 2"),
    "ScheduleItem2": ("Sch 3", "Sch Level 3", "Schedule Level 3", "Schedule 3", "Sched Level 3", "Schedule Number 3"),
    "ScheduleItem3": ("Sch 4", "Sch Level 4", "Schedule Level 4", "Schedule 4", "Sched Level 4", "Schedule Number 4"),
}  # fmt: skip

PARAGRAPHS = {
    "BodyText": _BODY,
    "Title": ("Document Title", "Doc Title", "Agreement Title", "Titel", "Titre", "Haupttitel"),
    "Subtitle": ("Document Subtitle", "Untertitel", "Sous-titre"),
    "FrontHeading": ("Introduction Heading", "Parties Heading", "Background Heading", "Unnumbered Heading",
                     "Heading Unnumbered", "Body Heading", "Heading No Number"),
    "Parties": ("Party", "Parties 1", "1 Parties", "Parties Number", "Parteien", "Vertragsparteien"),
    "Recitals": ("Recital", "Recitals A", "A Background", "Background", "Whereas", "Präambel", "Recital Number"),
    "Definition": ("Definitions", "Definition Text", "Defined Term Para", "Def", "Definition 1", "Begriffsbestimmung"),
    "ClauseText": ("Body Text Indent", "Body 2", "Body Level 2", "Level 2 Text", "Clause Body",
                   "Textkörper-Zeileneinzug"),
    "ScheduleHeading": ("Schedule", "Schedule Title", "Sch Heading", "Sched Heading", "Schedule Main Heading",
                        "Annex Heading", "Anlage", "Anhang", "Appendix Heading"),
    "ScheduleText": ("Schedule Body", "Sch Text", "Sch Body"),
    "TableText": ("Table Body", "Table Content", "Table Contents", "Tabellentext", "Tabelleninhalt", "Cell Text"),
    "TableHeading": ("Table Header", "Table Head", "Table Title", "Tabellenkopf", "Tabellenüberschrift"),
    "SignatureHeading": ("Execution Heading", "Testimonium", "Unterschriften"),
    "SignatureText": ("Signature Block", "Execution", "Execution Clause", "Unterschrift"),
    "CoverTitle": ("Cover Page Title", "Cover Heading", "Front Title", "Title", "Document Title", "Titel", "Titre"),
    "CoverSubtitle": ("Cover Page Subtitle", "Front Subtitle", "Subtitle", "Untertitel"),
    "CoverDate": ("Cover Page Date", "Front Date"),
    "CoverParty": ("Cover Parties", "Cover Page Party", "Front Party", "Front Parties"),
    "TOCHeading": ("Contents Heading", "Contents", "Table of Contents", "Inhaltsverzeichnisüberschrift"),
    "TOC1": ("Contents 1", "Verzeichnis 1", "Inhaltsverzeichnis 1"),
    "Header": ("Kopfzeile", "En-tête"),
    "Footer": ("Fußzeile", "Pied de page"),
}  # fmt: skip

CHARACTERS = {
    "DefinedTerm": ("Defined Terms", "Defterm", "Definition Term", "Definition Char", "Definierter Begriff"),
    "Strong": ("Fett", "Bold"),
    "Emphasis": ("Hervorhebung", "Italic"),
    "Hyperlink": ("Internet Link",),
}

# Ours that hold the paper together and have no look.
STRUCTURAL = frozenset(("Spacer", "Tail", "SignatureRule", "OpenPoint", "OpenPointsHeading", "CommentText"))

# Ours that keep their place: of a house they take only what the letters look like, unless it has all of ours.
KEPT = frozenset(("TableText", "TableHeading", "SignatureText", "SignatureHeading", "CoverTitle", "CoverSubtitle",
                  "CoverDate", "CoverParty"))  # fmt: skip

# Which look goes on to ours for which a house has no style.
HEADINGS = ("FrontHeading", "ScheduleHeading", "SignatureHeading", "TOCHeading")
TEXTS = ("ClauseText", "Definition", "Clause2", "ClauseItem1", "ClauseItem2", "ClauseItem3", "Parties", "Recitals",
         "ScheduleParagraph", "ScheduleText", "ScheduleItem1", "ScheduleItem2", "ScheduleItem3",
         "ScheduleItem1Flush", "ScheduleItem2Flush", "ScheduleItem3Flush",
         "BodyItem1", "BodyItem2", "BodyItem3")  # fmt: skip
COVER = ("CoverDate", "CoverTitle", "CoverSubtitle", "CoverText", "CoverBetween", "CoverParty", "CoverRole")

# What a reader calls the levels of our list, for what is told of them.
LABELS = {
    "Heading1": "1.", "Clause2": "1.1", "ClauseItem1": "(a)", "ClauseItem2": "(i)", "ClauseItem3": "(A)",
    "Heading2": "1.", "TermParagraph": "1.1", "TermItem1": "(a)", "TermItem2": "(i)", "TermItem3": "(A)",
    "Parties": "(1) of the parties", "Recitals": "(A) of the background", "ScheduleParagraph": "1. of schedules",
    "ScheduleItem1": "(a) of schedules", "ScheduleItem2": "(i) of schedules", "ScheduleItem3": "(A) of schedules",
}  # fmt: skip

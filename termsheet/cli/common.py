"""The options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from termsheet.rules.rule import Rule

TYPES = ["strategic-alliance", "joint-venture", "licensing", "co-marketing", "referral", "reseller", "integration",
         "co-development", "pilot"]  # fmt: skip
STAGES = ["sketch", "term-sheet", "signature"]
SEVERITIES = ["note", "warning", "error"]


class Words(click.ParamType):  # type: ignore[type-arg]
    """Text of a person: UTF-8, though the terminal may say that it speaks less."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text, read again where the system took its letters for bytes."""
        try:
            raw = str(value).encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:  # half a letter, of which nothing can be made
            raw = str(value).encode("utf-8", "replace")
        return raw.decode("utf-8", "replace")


WORDS = Words()

house_rules = click.option(
    "--rules",
    "house",
    multiple=True,
    metavar="FILE",
    help="House rules, beside the built-in ones: a file or a folder. May be repeated.",
)


def judged_by(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that name a playbook and the side that it is read from."""
    for option in (
        click.option("--side", metavar="PARTY",
                     help="Whose side is taken: the id or name of a party (default: the deal's `internal.us`)."),
        click.option("--playbook", metavar="NAME|FILE", shell_complete=complete_playbooks,
                     help="Tell where a deal stands on the positions of a playbook, such as licensor."),
    ):  # fmt: skip
        command = option(command)
    return command


def rules_here(house: tuple[str, ...]) -> tuple[Rule, ...]:
    """The built-in rules, those of the house, and those that the configuration of this folder names."""
    from termsheet.portfolio.reports import checklist
    from termsheet.source import configuration

    rules = checklist(house)
    if not configuration("."):
        return rules
    from termsheet.settings import house_rules

    known = {rule.slug for rule in rules}
    return (*rules, *(rule for rule in house_rules(".") if rule.slug not in known))


def complete_types(ctx: Any, param: Any, word: str) -> list[str]:
    """The types of deal that begin with a word, for a shell."""
    return [name for name in TYPES if name.startswith(word)]


def complete_rules(ctx: Any, param: Any, word: str) -> list[str]:
    """The rules that begin with a word, for a shell."""
    from termsheet.errors import TermsheetError
    from termsheet.rules import RULES
    from termsheet.rules.position import POSITIONS

    try:
        rules = rules_here(ctx.params.get("house") or ())
    except TermsheetError:  # a command will tell
        rules = RULES
    return [rule.slug for rule in (*rules, *POSITIONS) if rule.slug.startswith(word)]


def complete_playbooks(ctx: Any, param: Any, word: str) -> list[str]:
    """The playbooks that begin with a word, for a shell."""
    from termsheet.config import playbooks

    return [name for name in playbooks() if name.startswith(word)]


def configured(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say what is checked, for `settings`."""
    for option in (
        click.option("--baseline", metavar="FILE",
                     help="Findings that this file holds do not count."),
        click.option("--ignore", multiple=True, metavar="RULE,...", help="Leave these rules out: slugs or areas."),
        click.option("--select", multiple=True, metavar="RULE,...", help="Run these rules only: slugs or areas."),
    ):  # fmt: skip
        command = option(command)
    return by_configuration(command)


def looked(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say how a paper looks."""
    for option in (
        click.option("--paper", type=click.Choice(["a4", "letter"]), help="The sheet.  [default: that of the deal]"),
        click.option("--theme", type=click.Choice(["modern", "classic"]),
                     help="The look.  [default: that of the house]"),
        click.option("--reference", metavar="FILE", type=click.Path(),
                     help="The house's own look: a Word file whose styles, pages, header and footer are taken."),
    ):  # fmt: skip
        command = option(command)
    return command


def for_word(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that are for Word files alone."""
    author = click.option("--author", default="", metavar="NAME", type=WORDS,
                          help="Word: the author in the properties.  [default: nobody]")  # fmt: skip
    plain = click.option("--plain", is_flag=True,
                         help="Word: leave out the content controls that make edits readable.")  # fmt: skip
    return plain(handed_on(author(command)))


def handed_on(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say how a Word file may be edited, and whether its contents have pages."""
    for option in (
        click.option("--protect", type=click.Choice(["tracked", "comments", "read-only", "forms"]),
                     help="Word: allow tracked changes, comments, no edits, or forms only. Without a password."),
        click.option("--track-changes", is_flag=True, help="Word: record every change from the first edit on."),
        click.option("--paginate", is_flag=True,
                     help="Word: page numbers in the contents of an agreement. Needs LibreOffice."),
    ):  # fmt: skip
        command = option(command)
    return command


def by_configuration(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that name a configuration, or none."""
    for option in (
        click.option("--isolated", is_flag=True, help="Read no configuration."),
        click.option(
            "--config", metavar="FILE", help="Read this configuration instead of `.termsheet.yaml`."
        ),
    ):
        command = option(command)
    return command

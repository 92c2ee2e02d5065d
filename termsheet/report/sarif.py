"""SARIF 2.1.0: what code scanning and the viewers of many editors read.

What is waived, or stands in a baseline, is in it as suppressed; the reason of a waiver is the justification.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from termsheet import __version__
from termsheet.errors import TermsheetError, advised
from termsheet.finding import Finding
from termsheet.outcome import FileReport, Report
from termsheet.report import rulebook
from termsheet.report.escape import markdown
from termsheet.report.identity import known
from termsheet.report.places import uri
from termsheet.report.verdict import failures, shows, where
from termsheet.report.view import View

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "termsheet/v1"  # raise the number when `identity` takes something else into account
_ROOT = "%SRCROOT%"


def render(report: Report, view: View) -> str:
    """One run, with the rules that found something and the files that were read."""
    lists = {id(rules): rules for rules in (file.rules for file in report.files)}  # most files share one
    rules = {item.slug: item for rules in lists.values() for item in rules}
    results = [result for file in report.files for result in _results(file, view)]
    slugs = list(dict.fromkeys(result["ruleId"] for result in results))
    for result in results:
        result["ruleIndex"] = slugs.index(result["ruleId"])
    run = {
        "tool": {
            "driver": {
                "name": "termsheet",
                "version": __version__,
                "rules": [_rule(rulebook.entry(slug, rules.get(slug))) for slug in slugs],
            }
        },
        "invocations": [_invocation(report, view)],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The top folder of the repository."}}},
        "artifacts": list({uri(file.name): _artifact(file) for file in report.files}.values()),
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": {"rulesRun": report.rules_run},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(entry: rulebook.Entry) -> dict[str, Any]:
    return {
        "id": entry.slug,
        "shortDescription": {"text": entry.short},
        "fullDescription": {"text": entry.full},
        "help": {"text": entry.page, "markdown": entry.page},
        "defaultConfiguration": {"level": entry.severity},
        "properties": {"tags": list(entry.tags)},
    }


def _results(file: FileReport, view: View) -> Iterator[dict[str, Any]]:
    for count, (finding, mark) in enumerate(known(file, baseline=True, alone=True)):
        accepted = []
        if finding.waived:
            accepted = [{"kind": "inSource", "status": "accepted", "justification": finding.waived}]
        elif count >= len(file.findings):
            accepted = [{"kind": "external", "status": "accepted", "justification": "stands in the baseline"}]
        if accepted or shows(finding, view):
            yield _result(finding, mark, accepted)


def _result(finding: Finding, mark: str, accepted: list[dict[str, str]]) -> dict[str, Any]:
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.line,
        "endColumn": finding.column + finding.width,
    }
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": _file(finding.file), "region": region}
    }
    if finding.path:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.path}]
    return {
        "ruleId": finding.rule,
        "level": finding.severity,
        "message": _message(finding),
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: mark},
        "suppressions": accepted,
    }


def _message(finding: Finding) -> dict[str, str]:
    """The message and the remedy; where there is YAML to paste, in Markdown as well."""
    text = advised(finding.message, finding.help)
    if not finding.pastes:
        return {"text": text}
    blocks = [f"Paste {where(paste)}:\n\n```yaml\n{paste.yaml}\n```" for paste in finding.pastes]
    return {"text": text, "markdown": "\n\n".join([markdown(text), *blocks])}


def _invocation(report: Report, view: View) -> dict[str, Any]:
    failed = failures(report)
    return {
        "executionSuccessful": not failed,
        "exitCode": report.exit_code(view.fail_on),
        "toolExecutionNotifications": [_notification(error) for error in failed],
    }


def _notification(error: TermsheetError) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _file(error.file)}
    if error.line:
        place["region"] = {"startLine": error.line, "startColumn": error.column or 1}
    text = {"text": advised(error.message, error.help)}
    return {"level": "error", "message": text, "locations": [{"physicalLocation": place}]}


def _artifact(file: FileReport) -> dict[str, Any]:
    return {
        "location": _file(file.name),
        "roles": ["analysisTarget"],
        "properties": {"stage": file.stage or None, "reached": file.reached, "blocking": file.blocking},
    }


def _file(name: str) -> dict[str, str]:
    place, inside = uri(name)
    return {"uri": place, "uriBaseId": _ROOT} if inside else {"uri": place}

"""JUnit XML, as test reports show it: a suite for each file, a case for each finding."""

from __future__ import annotations

from collections import Counter
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from termsheet.errors import TermsheetError, advised
from termsheet.finding import SEVERITIES, Finding
from termsheet.outcome import FileReport, Report
from termsheet.report.escape import xml
from termsheet.report.places import relative
from termsheet.report.verdict import shows, standing
from termsheet.report.view import View


def render(report: Report, view: View) -> str:
    """What fails the run is a failure, what is waived is skipped, what could not be done is an error."""
    root = Element("testsuites", name="termsheet")
    for error in report.errors:
        suite = _suite(root, error.file)
        _error(suite, "file is read", error)
        _finish(suite)
    for file in report.files:
        suite = _suite(root, file.name)
        _file(suite, file, view)
        _finish(suite)
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _file(suite: Element, file: FileReport, view: View) -> None:
    for finding in file.findings:
        if finding.waived or shows(finding, view):
            _finding(_case(suite, f"{finding.rule} {finding.path}".rstrip()), finding, view)
    for crash in file.crashed:
        _error(suite, "rule runs", TermsheetError(crash, file=file.name))
    if not len(suite):  # a suite without a case is a mistake to some readers
        _case(suite, "nothing is found")
    if file.stage:
        SubElement(suite, "system-out").text = xml(standing(file))


def _finding(case: Element, finding: Finding, view: View) -> None:
    text = xml(f"{finding.file}:{finding.line}:{finding.column}: {advised(finding.message, finding.help)}")
    if finding.waived:
        SubElement(case, "skipped", message=xml(f"waived: {finding.waived}")).text = text
    elif SEVERITIES.index(finding.severity) >= SEVERITIES.index(view.fail_on):
        SubElement(case, "failure", type=finding.severity, message=xml(finding.message)).text = text
    else:
        SubElement(case, "system-out").text = f"{finding.severity}: {text}"


def _error(suite: Element, name: str, error: TermsheetError) -> None:
    SubElement(_case(suite, name), "error", type="error", message=xml(error.message)).text = xml(str(error))


def _suite(root: Element, name: str) -> Element:
    return SubElement(root, "testsuite", name=xml(relative(name)))


def _case(suite: Element, name: str) -> Element:
    return SubElement(suite, "testcase", classname=suite.get("name", ""), name=xml(name))


def _finish(suite: Element) -> None:
    """Number the cases of one name, and count all of them."""
    names: Counter[str] = Counter()
    for case in suite.iter("testcase"):
        name = case.get("name", "")
        names[name] += 1
        case.set("name", f"{name} ({names[name]})" if names[name] > 1 else name)
    suite.set("tests", str(names.total()))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(len(suite.findall(f"testcase/{tag}"))))

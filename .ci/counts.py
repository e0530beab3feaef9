"""Adds up pytest's own counts from its XML reports, and finds the tests that should have run and did not."""

import argparse
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--strict", action="store_true", help="a skipped test, or none at all, is an error")
    options.add_argument("--exit-code", type=int, help="of the whole run: print the closing line")
    options.add_argument("reports", nargs="+", type=Path)
    asked = options.parse_args()
    reports = [ElementTree.parse(path).getroot() for path in asked.reports]  # noqa: S314  pytest wrote it
    if asked.strict:
        return complain(reports)
    failed = total(reports, "failures") + total(reports, "errors")
    passed = total(reports, "tests") - failed - total(reports, "skipped")
    # What stopped the run outside of pytest is a failure too: the closing line may not hide it.
    failed += bool(asked.exit_code and not failed)
    print(f"{passed} passed, {failed} failed")  # noqa: T201
    return 1 if failed else 0


def total(reports: list[ElementTree.Element], what: str) -> int:
    return sum(int(suite.get(what, "0")) for report in reports for suite in report.iter("testsuite"))


def complain(reports: list[ElementTree.Element]) -> int:
    skipped = [
        f"{case.get('classname')}::{case.get('name')}: {reason.get('message')}"
        for report in reports
        for case in report.iter("testcase")
        for reason in case.iter("skipped")
    ]
    for line in skipped:
        print(f"skipped, and should have run: {line}", file=sys.stderr)  # noqa: T201
    empty = [report for report in reports if not total([report], "tests")]
    if empty:
        print("a run of pytest had no tests", file=sys.stderr)  # noqa: T201
    return 1 if skipped or empty else 0


if __name__ == "__main__":
    raise SystemExit(main())

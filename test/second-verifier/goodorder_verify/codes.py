"""Answer and severity of each code, read from the table of docs/spec/codes.md itself."""

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "docs" / "spec" / "codes.md"
AXES = ("integrity", "authenticity", "time", "completeness", "trust")
SEVERITIES = ("none", "info", "warning", "indeterminate", "failure")


def _load():
    codes = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        match = re.match(r"^\| `([a-z0-9.-]+)` \| (\w+) \| (\w+)", line)
        if match:
            codes[match.group(1)] = (match.group(2), match.group(3))
    return codes


CODES = _load()


def axis(code):
    return CODES[code][0]


def severity(code):
    return CODES[code][1]


def rank(code):
    return SEVERITIES.index(CODES[code][1])

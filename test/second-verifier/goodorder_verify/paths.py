"""Paths in findings (docs/spec/record.md, Paths)."""

import json
import re

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")
_CUT = 32


def cut(text):
    """The first 32 UTF-16 units of a text."""
    raw = text.encode("utf-16-le")
    return raw[:2 * _CUT].decode("utf-16-le", "surrogatepass"), len(raw) > 2 * _CUT


def json_string(text):
    out = json.dumps(text, ensure_ascii=False)
    return re.sub("[\ud800-\udfff]", lambda m: "\\u%04x" % ord(m.group()), out)


def write(steps):
    """Keys joined by dots, indexes as [i], other keys as ["…"]."""
    out = ""
    for step in steps:
        if isinstance(step, int):
            out += f"[{step}]"
        elif _PLAIN.fullmatch(step):
            out += f".{step}" if out else step
        else:
            head, longer = cut(step)
            out += "[" + json_string(head + ("…" if longer else "")) + "]"
    return out

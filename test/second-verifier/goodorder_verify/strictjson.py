"""Strict JSON, base64 and instants in text (docs/spec/encoding.md)."""

import base64
import calendar
import re
from decimal import Decimal, InvalidOperation

from .cbor import MAX_SAFE


class JsonFault(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_SPACE = " \t\n\r"


def parse(data):
    """The value of UTF-8 bytes; numbers are int where whole, else float."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise JsonFault("json.syntax") from None
    parser = _Parser(text)
    parser.space()
    value = parser.value(1)
    parser.space()
    if parser.at != len(text):
        raise JsonFault("json.syntax")
    return value


class _Parser:
    def __init__(self, text):
        self.text = text
        self.at = 0

    def fail(self):
        raise JsonFault("json.syntax")

    def space(self):
        while self.at < len(self.text) and self.text[self.at] in _SPACE:
            self.at += 1

    def peek(self):
        return self.text[self.at] if self.at < len(self.text) else ""

    def expect(self, char):
        if self.peek() != char:
            self.fail()
        self.at += 1

    def value(self, level):
        if level > 64:
            self.fail()
        char = self.peek()
        if char == "{":
            return self.object(level)
        if char == "[":
            return self.array(level)
        if char == '"':
            return self.string()
        for word, result in (("true", True), ("false", False), ("null", None)):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return result
        return self.number()

    def object(self, level):
        self.at += 1
        result = {}
        self.space()
        if self.peek() == "}":
            self.at += 1
            return result
        while True:
            self.space()
            if self.peek() != '"':
                self.fail()
            key = self.string()
            if key in result:
                raise JsonFault("json.duplicate-key")
            self.space()
            self.expect(":")
            self.space()
            result[key] = self.value(level + 1)
            self.space()
            if self.peek() == "}":
                self.at += 1
                return result
            self.expect(",")

    def array(self, level):
        self.at += 1
        result = []
        self.space()
        if self.peek() == "]":
            self.at += 1
            return result
        while True:
            self.space()
            result.append(self.value(level + 1))
            self.space()
            if self.peek() == "]":
                self.at += 1
                return result
            self.expect(",")

    def string(self):
        self.at += 1
        units = []
        while True:
            char = self.peek()
            if char == "" or char < " ":
                self.fail()
            self.at += 1
            if char == '"':
                break
            if char == "\\":
                escape = self.peek()
                self.at += 1
                if escape == "u":
                    digits = self.text[self.at:self.at + 4]
                    if not re.fullmatch(r"[0-9A-Fa-f]{4}", digits):
                        self.fail()
                    self.at += 4
                    units.append(chr(int(digits, 16)))
                elif escape in _ESCAPES and escape:
                    units.append(_ESCAPES[escape])
                else:
                    self.fail()
            else:
                units.append(char)
        try:
            # Pairs of escaped surrogates become one character; a lone one has no UTF-16.
            return "".join(units).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            raise JsonFault("json.syntax") from None

    def number(self):
        match = _NUMBER.match(self.text, self.at)
        if not match:
            self.fail()
        self.at = match.end()
        literal = match.group()
        if match.group(1) is None and match.group(2) is None:
            if len(literal) > 17 or abs(int(literal)) > MAX_SAFE:
                self.fail()
            return int(literal)
        number = float(literal)
        if number in (float("inf"), float("-inf")):
            self.fail()
        if number == int(number):
            if not _equals(literal, int(number)):
                self.fail()
            return int(number)
        return number


def _equals(literal, whole):
    mantissa = re.split("[eE]", literal)[0]
    if not mantissa.strip("-0."):
        return whole == 0
    try:
        return Decimal(literal) == whole
    except InvalidOperation:
        return False


def _base64(text, alphabet, padded):
    raw = text
    if padded:
        if len(raw) % 4:
            return None
        raw = raw[:-2] if raw.endswith("==") else raw[:-1] if raw.endswith("=") else raw
    if len(raw) % 4 == 1 or not re.fullmatch(f"[A-Za-z0-9{alphabet}]*", raw):
        return None
    decoded = base64.b64decode(raw + "=" * (-len(raw) % 4), altchars=alphabet.replace("\\", "").encode())
    again = base64.b64encode(decoded, altchars=alphabet.replace("\\", "").encode()).decode()
    if again.rstrip("=") != raw or (padded and again != text):
        return None
    return decoded


def base64_padded(text):
    return _base64(text, "+/", True)


def base64url(text):
    return _base64(text, "\\-_", False)


_INSTANT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:Z|([+-])(\d\d):(\d\d))", re.ASCII)


def instant(text):
    """(seconds UTC, offset in minutes), or None."""
    match = _INSTANT.fullmatch(text)
    if not match:
        return None
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    if not 1 <= month <= 12 or hour > 23 or minute > 59 or second > 59:
        return None
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    if not 1 <= day <= days:
        return None
    offset = 0
    if match.group(7):
        hours, minutes = int(match.group(8)), int(match.group(9))
        if hours > 23 or minutes > 59:
            return None
        offset = hours * 60 + minutes
        if match.group(7) == "-":
            if offset == 0:
                return None
            offset = -offset
    if year < 1969:
        return None
    seconds = calendar.timegm((year, month, day, hour, minute, second)) - offset * 60
    return (seconds, offset) if 0 <= seconds <= 253402300799 else None

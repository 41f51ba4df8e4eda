"""Subject and party URIs (docs/spec/subjects.md)."""

import re
from functools import lru_cache

GS1 = "https://id.gs1.org/"
KEY = "urn:goodorder:key:"
SET82 = frozenset("!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_HEX64 = re.compile(r"[0-9a-f]{64}")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHORT = {"00": (18, "container"), "402": (17, "consignment"), "414": (13, "location")}


def _percent_decode(text):
    result = []
    i = 0
    while i < len(text):
        if text[i] == "%":
            digits = text[i + 1:i + 3]
            if not re.fullmatch(r"[0-9A-Fa-f]{2}", digits):
                return None
            value = int(digits, 16)
            if value > 0x7F:
                return None
            result.append(chr(value))
            i += 3
        else:
            result.append(text[i])
            i += 1
    return "".join(result)


def _percent_encode(text):
    return "".join(c if c in UNRESERVED else "%%%02X" % ord(c) for c in text)


def _value_holds(encoded):
    text = _percent_decode(encoded)
    if text is None or not 1 <= len(text) <= 20 or not all(c in SET82 for c in text):
        return False
    return _percent_encode(text) == encoded


def check_digit_ok(digits):
    total = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(digits[:-1])))
    return (10 - total % 10) % 10 == int(digits[-1])


def _number(digits, length):
    if not re.fullmatch("[0-9]{%d}" % length, digits):
        return "subject.not-canonical"
    if not check_digit_ok(digits):
        return "subject.check-digit"
    return None


@lru_cache(maxsize=20000)
def judge_subject(text):
    """(kind, None) or (None, code)."""
    bad = (None, "subject.not-canonical")
    if text.startswith(GS1):
        segments = text[len(GS1):].split("/")
        for segment in segments[:6]:
            if _percent_decode(segment) in (".", ".."):
                return (None, "subject.dot-segment")
        if len(segments) == 2:
            if segments[0] not in _SHORT:
                return bad
            length, kind = _SHORT[segments[0]]
            code = _number(segments[1], length)
            return (None, code) if code else (kind, None)
        if len(segments) == 4 and segments[0] == "01" and segments[2] in ("21", "10"):
            if not _value_holds(segments[3]):
                return bad
            code = _number(segments[1], 14)
            return (None, code) if code else ("item" if segments[2] == "21" else "lot", None)
        return bad
    if text.startswith(KEY):
        return ("key", None) if _HEX64.fullmatch(text[len(KEY):]) else bad
    if text.startswith("urn:uuid:"):
        return ("uuid", None) if _UUID.fullmatch(text[9:]) else bad
    return bad


def is_subject(text):
    return judge_subject(text)[1] is None


@lru_cache(maxsize=20000)
def party_kind(text):
    """gln, lei, uscc, key, or None where it is no party URI."""
    if text.startswith(GS1 + "417/"):
        return "gln" if _number(text[len(GS1) + 4:], 13) is None else None
    if text.startswith("urn:goodorder:lei:"):
        body = text[18:]
        if not re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", body):
            return None
        return "lei" if int("".join(str(int(c, 36)) for c in body)) % 97 == 1 else None
    if text.startswith("urn:goodorder:uscc:"):
        body = text[19:]
        if len(body) != 18 or any(c not in _USCC for c in body):
            return None
        total = sum(_USCC.index(c) * pow(3, i, 31) for i, c in enumerate(body[:17]))
        return "uscc" if _USCC.index(body[17]) == (31 - total % 31) % 31 else None
    if text.startswith(KEY):
        return "key" if _HEX64.fullmatch(text[len(KEY):]) else None
    return None


def is_party(text):
    return party_kind(text) is not None

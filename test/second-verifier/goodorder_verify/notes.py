"""Signed notes, checkpoints, subject answers and receipts (docs/spec/log.md)."""

import hashlib
import re
from functools import lru_cache

from . import cbor, mldsa
from .cbor import Fault, is_hash, is_int
from .policy import key_name_ok
from .signatures import ed25519_verify
from .strictjson import base64_padded

_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")
ANSWER = "goodorder-subject/1\n"


class Note:
    """A signed note. `statement`: checkpoint, answer; `fault`: the offset of `note.malformed`."""

    def __init__(self, data):
        self.data = data
        self.hash = hashlib.sha256(data).digest()
        self.signed = False  # it keeps the grammar of a signed note
        self.fault = None
        self.text = b""
        self.lines = []  # (name, key id, signature)
        self.statement = self.origin = self.size = self.root = self.subject = self.count = None

    @property
    def well_formed(self):
        return self.fault is None


@lru_cache(maxsize=20000)
def read_note(data):
    note = Note(data)
    try:
        _grammar(note)
        note.signed = True
        _text(note)
    except Fault as fault:
        note.fault = fault.offset
    return note


def _bad(offset):
    raise Fault("note.malformed", offset)


def _grammar(note):
    data = note.data
    if len(data) > 1000000:
        _bad(1000000)
    control = re.search(rb"[\x00-\x09\x0b-\x1f]", data)
    if control:
        _bad(control.start())
    split = data.rfind(b"\n\n")
    if split < 0:
        _bad(len(data))
    rest = split + 2
    if rest == len(data) or data[-1:] != b"\n":
        _bad(len(data))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        _bad(0)
    lines = data[rest:-1].split(b"\n")
    if len(lines) > 100:
        _bad(rest)
    at = rest
    for line in lines:
        note.lines.append(_line(line.decode("utf-8"), at))
        at += len(line) + 1
    note.text = data[:split + 1]


def _line(line, at):
    if not line.startswith("— "):
        _bad(at)
    name, space, encoded = line[2:].partition(" ")
    if not space or not key_name_ok(name):
        _bad(at)
    raw = base64_padded(encoded)
    if raw is None or len(raw) <= 4:
        _bad(at)
    return (name, raw[:4], raw[4:])


def _size(text):
    if not _SIZE.fullmatch(text) or int(text) > cbor.MAX_SAFE:
        return None
    return int(text)


def _hash(text):
    raw = base64_padded(text)
    return raw if raw is not None and len(raw) == 32 else None


def _text(note):
    text = note.text.decode("utf-8")
    lines = text[:-1].split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.encode("utf-8")) + 1)

    def need(ok, line):
        if not ok:
            _bad(starts[line])

    if text.startswith(ANSWER):
        need(len(lines) == 6, 0)
        need(lines[1] != "", 1)
        note.size = _size(lines[2])
        need(note.size is not None, 2)
        note.subject = _hash(lines[3])
        need(note.subject is not None, 3)
        note.count = _size(lines[4])
        need(note.count is not None and note.count <= note.size, 4)
        note.root = _hash(lines[5])
        need(note.root is not None, 5)
        note.statement, note.origin = "subject-answer", lines[1]
        return
    need(len(lines) >= 3, len(lines) - 1)
    need(lines[0] != "", 0)
    note.size = _size(lines[1])
    need(note.size is not None, 1)
    note.root = _hash(lines[2])
    need(note.root is not None, 2)
    for i in range(3, len(lines)):
        need(lines[i] != "", i)
    note.statement, note.origin = "checkpoint", lines[0]


class Receipt:
    __slots__ = ("id", "index", "path", "note", "tokens")


@lru_cache(maxsize=20000)
def read_receipt(data):
    """A Receipt, or the offset of `receipt.malformed`."""
    try:
        cbor.scan_whole(data, 0, len(data))
    except Fault as fault:
        return fault.offset
    node = cbor.decode(data, 0)
    if node.kind != "array" or len(node.value) != 5:
        return 0
    identity, index, path, note, tokens = node.value
    if not is_hash(identity) or not is_hash(note) or not is_int(index, 0):
        return 0
    if path.kind != "array" or len(path.value) > 53 or not all(is_hash(item) for item in path.value):
        return 0
    if tokens.kind != "array" or len(tokens.value) > 16 or not all(is_hash(item) for item in tokens.value):
        return 0
    receipt = Receipt()
    receipt.id, receipt.index, receipt.note = identity.value, index.value, note.value
    receipt.path = [item.value for item in path.value]
    receipt.tokens = [item.value for item in tokens.value]
    if not all(a < b for a, b in zip(receipt.tokens, receipt.tokens[1:])):
        return 0
    return receipt


# ---- Keys and lines -----------------------------------------------------------------------------------------------


def _log_line_ok(note, key, signature):
    return len(signature) == 64 and ed25519_verify(key.public, note.text, signature) == "verified"


def _cosignature_time(note, key, signature):
    """The time of a witness's line that verifies, else None."""
    if len(signature) != 8 + (2420 if key.type == 6 else 64):
        return None
    time = int.from_bytes(signature[:8], "big")
    if time > 2**63 - 1:
        return None
    if key.type == 6:
        return time if mldsa_holds(note, key, time, signature[8:]) else None
    message = b"cosignature/v1\ntime " + str(time).encode() + b"\n" + note.text
    return time if ed25519_verify(key.public, message, signature[8:]) == "verified" else None


def mldsa_holds(note, key, time, signature):
    name, origin = key.name.encode("utf-8"), note.origin.encode("utf-8")
    if note.statement != "checkpoint" or len(origin) > 255:
        return False
    message = b"subtree/v1\n\x00" + bytes([len(name)]) + name + time.to_bytes(8, "big") + bytes([len(origin)]) + origin
    message += bytes(8) + note.size.to_bytes(8, "big") + note.root
    return mldsa.verify(key.public, message, signature)


class Spoken:
    """What the lines of one note say under one policy, whoever is excluded."""

    def __init__(self, note, policy):
        self.bad = False
        self.logs = []  # LogKeys whose lines verified
        self.times = {}  # public key of a witness -> earliest time
        if policy is None:
            return
        for key in policy.logs:
            lines = self._lines(note, key)
            if lines and all(_log_line_ok(note, key, signature) for signature in lines):
                self.logs.append(key)
            elif lines:
                self.bad = True
        for key in policy.witnesses:
            times = [_cosignature_time(note, key, signature) for signature in self._lines(note, key)]
            if times and None not in times:
                self.times[key.public] = min(times)
            elif times:
                self.bad = True

    @staticmethod
    def _lines(note, key):
        return [signature for name, key_id, signature in note.lines if name == key.name and key_id == key.key_id]


_spoken_cache = {}


def spoken(note, policy):
    if len(_spoken_cache) > 20000:
        _spoken_cache.clear()
    cache_key = (note.data, policy)
    if cache_key not in _spoken_cache:
        _spoken_cache[cache_key] = Spoken(note, policy)
    return _spoken_cache[cache_key]


class Evaluation:
    __slots__ = ("status", "time", "codes")


def evaluate(note, policy, at, excluded):
    result = Evaluation()
    result.time = None
    said = spoken(note, policy)
    if said.bad:
        result.status, result.codes = "void", ["note.sig-invalid"]
        return result
    signers = [key for key in said.logs if key.name == note.origin]
    if all(key.public in excluded for key in signers):
        result.status, result.codes = "untrusted", ["note.untrusted"]
        return result
    result.status, result.codes = "ok", []
    times = {public: time for public, time in said.times.items() if time != 0 and public not in excluded}
    usable = {public: time for public, time in times.items() if time <= at}
    if len(usable) < len(times):
        result.codes.append("time.after-at")
    if policy.quorum != "none" and policy.complete(times) is None:
        result.codes.append("note.quorum")
    result.time = policy.interval(usable)
    return result

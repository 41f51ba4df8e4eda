"""Reading one record element (docs/spec/record.md)."""

import hashlib
import re
from functools import lru_cache

from . import cbor
from .cbor import Fault, is_hash, is_int
from .cose import read_outside
from .paths import cut, json_string
from .payload import Findings, judge_payload
from .schemas import TYPES
from .subjects import is_party, judge_subject

MAX_INSTANT = 253402300799
TYP = "application/vnd.goodorder.record+cose"
CONTENT = re.compile(r"application/vnd\.goodorder\.([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\+cbor")
LABELS = (1, 2, 3, 4, 15, 16, -70001)
_VISIBLE = re.compile(r"[\x20-\x7e]*")
_INNER = ("schema.", "subject.", "link.", "countersign.", "manifest.", "keyevent.")

# The severity of what reading a record can find (codes.md); anything else that it finds is a failure.
MILD = {"record.unsupported", "record.type-unknown", "record.newer-revision"}


class Link:
    __slots__ = ("seq", "prev", "seen", "lane", "anchors")


class Record:
    """What reading gives. `reading`: sound, unsupported, faulty, unreadable."""

    def __init__(self, data):
        self.data = data
        self.id = hashlib.sha256(data).hexdigest()
        self.findings = []  # (code, path, offset in the record)
        self.reading = "unreadable"
        self.statement_hash = None
        self.signed = self.signature = None
        self.alg = self.type = self.kid = self.iss = self.sub = self.iat = None
        self.link = None
        self.revision = None
        self.payload = None  # the node
        self.known_type = None

    @property
    def readable(self):
        return self.reading != "unreadable"

    @property
    def sound(self):
        return self.reading == "sound"

    @property
    def at_known_revision(self):
        return self.known_type is not None and self.revision is not None and self.revision <= self.known_type.revision

    @property
    def values(self):
        return cbor.plain(self.payload)


@lru_cache(maxsize=40000)
def read_record(data):
    record = Record(data)
    out = Findings()
    try:
        outside = read_outside(data)
    except Fault as fault:
        record.findings = [(fault.code, None, fault.offset)]
        return record
    record.statement_hash = outside.statement_hash
    record.signed = outside.signed
    record.signature = outside.signature
    record.payload = outside.payload
    header = outside.header
    typ = header.get(16)
    if typ is None or typ.kind != "text" or typ.value != TYP:
        record.findings = [("record.typ", "typ", header.at if typ is None else typ.at)]
        return record
    header_fault = _read_header(record, header, out)
    unsupported = any(code == "record.unsupported" for code, _, _ in out.list)
    if record.type is not None and not unsupported:
        known = record.kid is not None and record.iss is not None and record.sub is not None
        record.known_type = TYPES.get(record.type)
        record.revision = judge_payload(record.known_type, outside.payload, record.sub, known, out)
    record.findings = out.list
    failures = [code for code, _, _ in out.list if code not in MILD]
    if not failures and not unsupported:
        record.reading = "sound"
    elif unsupported and not header_fault:
        record.reading = "unsupported"
    elif all(code.startswith(_INNER) for code in failures) and None not in (
            record.alg, record.type, record.kid, record.iss, record.sub, record.iat):
        record.reading = "faulty"
    return record


def _label(name):
    return f"header[{name}]" if type(name) is int else f"header[{json_string(cut(name)[0])}]"


def _read_header(record, header, out):
    """Judges the protected header; true if it has a fault other than `record.unsupported`."""
    crit = header.get(2)
    named = set()
    if crit is not None:
        if _crit_ok(crit, header):
            named = {(type(node.value), node.value) for node in crit.value}
        else:
            out.add("record.crit", "crit", crit.at)
    for name, _, value in header.value:
        if type(name) is int and name in LABELS:
            continue
        offset = header.at if type(name) is int and abs(name) > cbor.MAX_SAFE else value.at
        code = "record.unsupported" if (type(name), name) in named else "record.header-label"
        out.add(code, _label(name), offset)
    alg = header.get(1)
    if is_int(alg):
        record.alg = alg.value
    else:
        out.add("record.alg", "alg", _at(alg, header))
    content = header.get(3)
    match = CONTENT.fullmatch(content.value) if content is not None and content.kind == "text" else None
    if match and len(match.group(1)) <= 64:
        record.type = match.group(1)
    else:
        out.add("record.content-type", "content-type", _at(content, header))
    kid = header.get(4)
    if is_hash(kid):
        record.kid = kid.value
    else:
        out.add("record.kid", "kid", _at(kid, header))
    _read_claims(record, header, out)
    _read_link(record, header, out)
    return any(code != "record.unsupported" for code, _, _ in out.list)


def _at(node, container):
    return container.at if node is None else node.at


def _crit_ok(crit, header):
    if crit.kind != "array" or not crit.value or any(node.kind not in ("int", "text") for node in crit.value):
        return False
    order = [(type(name), name) for name, _, _ in header.value]
    positions = []
    for node in crit.value:
        label = (type(node.value), node.value)
        if label[0] is int and label[1] in LABELS:
            return False
        if label not in order:
            return False
        positions.append(order.index(label))
    return all(a < b for a, b in zip(positions, positions[1:]))


def _read_claims(record, header, out):
    claims = header.get(15)
    if claims is None or claims.kind != "map":
        out.add("record.claims", "claims", _at(claims, header))
        return
    if len(claims.value) != 3:
        out.add("record.claims", "claims", claims.at)
    iss, sub, iat = claims.get(1), claims.get(2), claims.get(6)
    if _visible(iss):
        record.iss = iss.value
    if record.iss is None or not is_party(record.iss):
        out.add("record.claims", "claims.iss", _at(iss, claims))
    if _visible(sub):
        record.sub = sub.value
        code = judge_subject(sub.value)[1]
        if code:
            out.add(code, "claims.sub", sub.at)
    else:
        out.add("record.claims", "claims.sub", _at(sub, claims))
    if is_int(iat, 0, MAX_INSTANT):
        record.iat = iat.value
    else:
        out.add("record.claims", "claims.iat", _at(iat, claims))


def _visible(node):
    return node is not None and node.kind == "text" and len(node.value) <= 512 and _VISIBLE.fullmatch(node.value)


def _hashes(node, most):
    if node.kind != "array" or len(node.value) > most or not all(is_hash(item) for item in node.value):
        return False
    values = [item.value for item in node.value]
    return all(a < b for a, b in zip(values, values[1:]))


def _read_link(record, header, out):
    node = header.get(-70001)
    if node is None or node.kind != "array":
        out.add("link.shape", "link", _at(node, header))
        return
    items = node.value
    if not items or items[0].kind != "int" or items[0].value < 0:
        out.add("link.shape", "link[0]", items[0].at if items else node.at)
        return
    if items[0].value != 1:
        out.add("record.unsupported", "link[0]", items[0].at)
        return
    good = len(items) == 6
    if not good:
        out.add("link.shape", "link", node.at)
    rules = (
        None,
        lambda item: is_int(item, 0),
        lambda item: item.kind == "null" or is_hash(item),
        lambda item: _hashes(item, 64),
        lambda item: item.kind == "null" or is_hash(item),
        lambda item: _hashes(item, 16),
    )
    for i in range(1, 6):
        item = items[i] if i < len(items) else None
        if item is None or not rules[i](item):
            good = False
            out.add("link.shape", f"link[{i}]", _at(item, node))
    if not good:
        return
    link = Link()
    link.seq = items[1].value
    link.prev = items[2].value
    link.seen = [item.value for item in items[3].value]
    link.lane = items[4].value
    link.anchors = [item.value for item in items[5].value]
    record.link = link
    if (link.seq == 0) != (link.prev is None):
        out.add("link.seq-prev", "link[2]", items[2].at)
    if link.lane is None and link.seq > 0:
        out.add("link.lane-null", "link[4]", items[4].at)

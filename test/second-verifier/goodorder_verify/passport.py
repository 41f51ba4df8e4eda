"""The outer structure of a passport file (docs/spec/passport-file.md)."""

from . import cbor
from .cbor import Fault
from .subjects import is_subject

MAGIC = bytes.fromhex("89474f5041535301")
DEFAULT_LIMIT = 67108864
RECORDS, KEYS, CREDENTIALS, OPENINGS, NOTES, TOKENS, RECEIPTS, ATTACHMENTS = range(1, 9)
NAMES = {1: "records", 2: "keys", 3: "credentials", 4: "openings", 5: "notes", 6: "tokens", 7: "receipts", 8: "attachments"}


class Fatal(Exception):
    def __init__(self, code, offset, member=None, index=None):
        super().__init__(code)
        self.code = code
        self.offset = offset
        self.member = member
        self.index = index


class Element:
    __slots__ = ("member", "index", "offset", "data")

    def __init__(self, member, index, offset, data):
        self.member = member
        self.index = index
        self.offset = offset
        self.data = data


class Walked:
    def __init__(self):
        self.item = ""
        self.members = {member: [] for member in NAMES}
        self.findings = []  # (code, member, index, offset)


class _Walker:
    def __init__(self, data):
        self.data = data
        self.at = 0
        self.place = (None, None)

    def fatal(self, code, offset):
        raise Fatal(code, offset, *self.place)

    def head(self):
        """(major, argument, offset of the head)."""
        head = self.at
        end = len(self.data)
        good = head < end and self.data[head] & 31 < 28
        argument = 0
        if good:
            argument = self.data[head] & 31
            if argument >= 24:
                size = 1 << (argument - 24)
                good = size <= end - head - 1
                if good:
                    argument = int.from_bytes(self.data[head + 1:head + 1 + size], "big")
                    good = argument >= {1: 24, 2: 2**8, 4: 2**16, 8: 2**32}[size]
                    self.at += size
            self.at += 1
        if not good:
            try:
                cbor.item_end(self.data, head, end)
            except Fault as fault:
                self.fatal(fault.code, fault.offset)
            raise AssertionError("a head that cannot be read begins no item")
        return self.data[head] >> 5, argument, head

    def left(self):
        return len(self.data) - self.at


def walk(data, limit=DEFAULT_LIMIT):
    if len(data) > limit:
        raise Fatal("passport.too-large", limit)
    for i in range(8):
        if data[i:i + 1] != MAGIC[i:i + 1]:
            raise Fatal("passport.magic", i)
    walker = _Walker(data)
    walker.at = 8
    out = Walked()
    major, count, _ = walker.head()
    if major != 5:
        raise Fatal("passport.map", 8)
    if 2 * count > walker.left():
        raise Fatal("cbor.truncated", 8)
    room = max(limit, DEFAULT_LIMIT) // 64
    last = -1
    seen_item = False
    for _ in range(count):
        walker.place = (None, None)
        major, key, offset = walker.head()
        if major not in (0, 1, 3):
            walker.fatal("cbor.key-type", offset)
        if major != 0 or key > 8 or key == last:
            walker.fatal("passport.member", offset)
        if key < last:
            walker.fatal("cbor.key-order", offset)
        last = key
        walker.place = (key, None)
        if key == 0:
            seen_item = True
            _item(walker, out)
        else:
            room = _member(walker, out, key, room)
    walker.place = (None, None)
    if walker.left():
        walker.fatal("cbor.trailing", walker.at)
    if not seen_item:
        raise Fatal("passport.item", 8, 0)
    if not is_subject(out.item):
        out.findings.append(("passport.item", 0, None, None))
    return out


def _item(walker, out):
    head = walker.at
    try:
        end = cbor.item_end(walker.data, head, len(walker.data))
    except Fault as fault:
        walker.fatal(fault.code, fault.offset)
    node = cbor.decode(walker.data, head)
    raw = walker.data[node.start:node.end]
    if node.kind != "text" or not 1 <= len(raw) <= 512 or not all(0x21 <= b <= 0x7E for b in raw):
        walker.fatal("passport.item", head)
    out.item = node.value
    walker.at = end


def _member(walker, out, member, room):
    major, count, head = walker.head()
    if major != 4:
        walker.fatal("passport.member", head)
    if count > walker.left():
        walker.fatal("cbor.truncated", head)
    if count > room:
        walker.fatal("passport.too-large", head)
    if count == 0:
        out.findings.append(("passport.member", member, None, head))
    kept = []
    disordered = False
    for index in range(count):
        walker.place = (member, index)
        major, length, head = walker.head()
        if major != 2:
            walker.fatal("passport.member", head)
        if length > walker.left():
            walker.fatal("cbor.truncated", head)
        start = walker.at
        walker.at += length
        content = walker.data[start:walker.at]
        if kept and content == kept[-1].data:
            out.findings.append(("passport.set", member, index, start))
            continue
        if kept and content < kept[-1].data:
            disordered = True
            out.findings.append(("passport.set-order", member, index, start))
        kept.append(Element(member, index, start, content))
    if disordered:
        first = {}
        for element in kept:
            if element.data in first:
                out.findings.append(("passport.set", member, element.index, element.offset))
            else:
                first[element.data] = element
        kept = sorted(first.values(), key=lambda element: element.data)
    out.members[member] = kept
    return room - count


def write(item, members):
    """The bytes of a passport of an item and of {member: list of contents}."""
    value = {0: item}
    for member, contents in members.items():
        if contents:
            value[member] = sorted(set(contents))
    return MAGIC + cbor.encode(value)

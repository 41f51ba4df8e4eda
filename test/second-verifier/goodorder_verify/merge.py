"""Merging passports and loose elements (docs/spec/passport-file.md, Merge)."""

import hashlib

from . import passport
from .cbor import Fault
from .holding import Holding
from .keys import read_key
from .notes import read_note, read_receipt
from .openings import read_opening
from .passport import Fatal, Walked, walk
from .record import read_record


class MergeFault(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


def _loose(data):
    """The member to which a loose element belongs."""
    if data[:1] == b"\xd2":
        typed = read_record(data)
        if any(code == "record.typ" for code, _, _ in typed.findings):
            return passport.CREDENTIALS
        return passport.RECORDS
    if not isinstance(read_key(data), Fault):
        return passport.KEYS
    if not isinstance(read_opening(data), Fault):
        return passport.OPENINGS
    if not isinstance(read_receipt(data), int):
        return passport.RECEIPTS
    if read_note(data).well_formed:
        return passport.NOTES
    raise MergeFault("file.unreadable")


def merge(inputs):
    """(bytes, [(code, member, sha256 of the element)])."""
    if sum(len(data) for data in inputs) > 4 * passport.DEFAULT_LIMIT:
        raise MergeFault("passport.too-large")
    items, members = set(), {member: set() for member in passport.NAMES}
    for data in inputs:
        if data[:8] == passport.MAGIC:
            try:
                walked = walk(data)
            except Fatal as fatal:
                raise MergeFault(fatal.code) from None
            items.add(walked.item)
            for member, elements in walked.members.items():
                members[member].update(element.data for element in elements)
        else:
            members[_loose(data)].add(data)
    if len(items) != 1:
        raise MergeFault("merge.item")
    item = items.pop()
    union = Walked()
    union.item = item
    for member, contents in members.items():
        union.members[member] = [passport.Element(member, i, 0, data) for i, data in enumerate(sorted(contents))]
    holding = Holding(union)
    kept, left = {}, []
    for held in holding.all:
        element = held.element
        if held.kept:
            kept.setdefault(element.member, []).append(element.data)
        else:
            first = next(f for f in holding.findings if (f.member, f.index) == (element.member, element.index))
            left.append((first.code, element.member, hashlib.sha256(element.data).hexdigest()))
    return passport.write(item, kept), left



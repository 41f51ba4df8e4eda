"""Merging passports and loose elements (docs/spec/passport-file.md, Merge), and uniting volumes (manifests.md, Volumes)."""

import hashlib

from . import codes, credential, passport, record
from .cbor import Fault
from .cose import read_outside
from .holding import Holding
from .keys import read_key
from .notes import read_note, read_receipt
from .openings import read_opening
from .passport import Fatal, Walked, walk


class MergeFault(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


def _typed(data):
    try:
        typ = read_outside(data).header.get(16)
    except Fault:
        typ = None
    text = typ.value if typ is not None and typ.kind == "text" else None
    if text == record.TYP:
        return passport.RECORDS
    if text == credential.TYP:
        return passport.CREDENTIALS
    raise MergeFault("file.unreadable")


def _reason(holding, held):
    """Why an element is left out: a fault that makes it unreadable, or that fails it, or that nothing needs it."""
    here = [f.code for f in holding.findings if (f.member, f.index) == (held.element.member, held.element.index)]
    closed = [code for code in here if code in ("passport.foreign-subject", "passport.unreferenced")]
    if closed:
        return closed[0]
    if held.element.member == passport.RECORDS and held.read.readable:
        inside = [code for code, _, _ in held.read.findings]
        return next(code for code in here if code not in inside)
    return next(code for code in here if codes.severity(code) == "failure")


def _loose(data):
    """The member to which a loose element belongs."""
    if data[:1] == b"\xd2":
        return _typed(data)
    if not isinstance(read_key(data), Fault):
        return passport.KEYS
    if not isinstance(read_opening(data), Fault):
        return passport.OPENINGS
    if not isinstance(read_receipt(data), int):
        return passport.RECEIPTS
    if read_note(data).signed:
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
            left.append((_reason(holding, held), element.member, hashlib.sha256(element.data).hexdigest()))
    return passport.write(item, kept), left




def unite(volumes):
    """(bytes, None), or (None, index of the first volume that breaks a rule of the container by itself)."""
    limit = sum(len(data) for data in volumes)
    walks = []
    for index, data in enumerate(volumes):
        try:
            walked = walk(data, limit)
        except Fatal:
            return None, index
        # What the item is called is no rule of the container.
        if any(code != "passport.item" for code, _, _, _ in walked.findings):
            return None, index
        walks.append(walked)
    if len({walked.item for walked in walks}) != 1:
        raise MergeFault("merge.item")
    members = {}
    for walked in walks:
        for member, elements in walked.members.items():
            members.setdefault(member, set()).update(element.data for element in elements)
    return passport.write(walks[0].item, members), None

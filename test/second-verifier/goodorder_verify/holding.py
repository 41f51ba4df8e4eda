"""What a file holds: its elements read, their signatures, openings and receipts, and the closed world."""

import hashlib

from . import passport
from .cbor import Fault, plain
from .credential import read_credential
from .keys import read_key
from .merkle import inclusion_holds, leaf_hash
from .notes import read_note, read_receipt
from .openings import field_digest, read_opening
from .passport import ATTACHMENTS, CREDENTIALS, KEYS, NOTES, OPENINGS, RECEIPTS, RECORDS, TOKENS
from .paths import write
from .payload import Findings, fits
from .record import read_record
from .schemas import private_type
from .subjects import KEY


class Held:
    """An element with what reading it gave; `kept` by the closed world, `failed` where it verifies to nothing."""

    __slots__ = ("element", "read", "state", "kept", "extra")

    def __init__(self, element, read):
        self.element = element
        self.read = read
        self.state = None
        self.kept = False
        self.extra = None


class Finding:
    __slots__ = ("code", "record", "member", "index", "offset", "path")

    def __init__(self, code, record=None, member=None, index=None, offset=None, path=None):
        self.code = code
        self.record = record
        self.member = member
        self.index = index
        self.offset = offset
        self.path = path


class Holding:
    def __init__(self, walked):
        self.item = walked.item
        self.walked = walked
        self.findings = [Finding(code, None, member, index, offset) for code, member, index, offset in walked.findings]
        self.all = []
        self._read()
        self._signatures()
        self._openings()
        self._receipts()
        self._closed_world()

    # ---- findings

    def at_element(self, code, held, path=None, offset=None, record=None):
        element = held.element
        at = element.offset + (offset or 0)
        self.findings.append(Finding(code, record, element.member, element.index, at, path))

    def at_record(self, code, held, path=None):
        self.at_element(code, held, path, None, held.read.id)

    # ---- 2: elements

    def _hold(self, member, reader):
        helds = [Held(element, reader(element.data) if reader else None) for element in self.walked.members[member]]
        self.all.extend(helds)
        return helds

    def _read(self):
        self.records = self._hold(RECORDS, read_record)
        self.keys = self._hold(KEYS, read_key)
        self.credentials = self._hold(CREDENTIALS, read_credential)
        self.openings = self._hold(OPENINGS, read_opening)
        self.notes = self._hold(NOTES, read_note)
        self.tokens = self._hold(TOKENS, None)
        self.receipts = self._hold(RECEIPTS, read_receipt)
        self.attachments = self._hold(ATTACHMENTS, None)
        for held in self.records:
            for code, path, offset in held.read.findings:
                self.at_element(code, held, path, offset, held.read.id)
        self.key_of, self.bad_keys = {}, set()
        for held in self.keys:
            if isinstance(held.read, Fault):
                self.at_element(held.read.code, held, None, held.read.offset)
                self.bad_keys.add(hashlib.sha256(held.element.data).digest())
            else:
                self.key_of[held.read.kid] = held
        for held in self.credentials:
            for code, path, offset in held.read.findings:
                self.at_element(code, held, path, offset)
        for held in self.openings:
            if isinstance(held.read, Fault):
                self.at_element(held.read.code, held, None, held.read.offset)
        for held in self.notes:
            if not held.read.well_formed:
                self.at_element("note.malformed", held, None, held.read.fault)
        for held in self.receipts:
            if isinstance(held.read, int):
                self.at_element("receipt.malformed", held, None, held.read)
        self.readable = [held for held in self.records if held.read.readable]
        self.by_id = {held.read.id: held for held in self.readable}
        self.readable_credentials = [held for held in self.credentials if held.read.readable]
        self.credential_ids = {held.read.raw_id for held in self.readable_credentials}
        self.note_of = {held.read.hash: held for held in self.notes if held.read.well_formed}
        self.token_hashes = {hashlib.sha256(held.element.data).digest(): held for held in self.tokens}

    # ---- 3: signatures

    def _signatures(self):
        for held in self.readable:
            record = held.read
            result = self._verify(record.kid, record.alg, record)
            if result == "unchecked":
                held.state = "unchecked"
                if not any(code == "record.unsupported" for code, _, _ in record.findings):
                    self.at_record("record.unsupported", held)
            elif result == "verified":
                held.state = "verified"
            else:
                held.state = "failed"
                self.at_record(result, held)
        for held in self.readable_credentials:
            credential = held.read
            result = self._verify(credential.kid, credential.alg, credential)
            if result == "unchecked":
                held.state = "unchecked"
                self.at_element("record.unsupported", held)
            elif result == "verified":
                held.state = "verified"
            else:
                held.state = "failed"
                if result == "key.absent":
                    result = "credential.issuer-absent"
                elif result.startswith("sig."):
                    result = "credential.sig-invalid"
                self.at_element(result, held)

    def _verify(self, kid, alg, signed):
        key = self.key_of.get(kid)
        if key is None:
            return "key.malformed" if kid in self.bad_keys else "key.absent"
        return key.read.verify(alg, signed.signed, signed.signature)

    def verified(self, held):
        return held.read.sound and held.state == "verified"

    # ---- 4: openings, receipts

    def _openings(self):
        self.opened = {}  # (record id, path) -> Held
        readable = [held for held in self.openings if not isinstance(held.read, Fault)]
        places = {}
        for held in readable:
            place = (held.read.record, _typed(held.read.path))
            places[place] = places.get(place, 0) + 1
        for held in readable:
            opening = held.read
            target = self.by_id.get(opening.record.hex())
            if target is None or not self.verified(target):
                continue
            path = write(opening.path)
            place = (opening.record, _typed(opening.path))
            if not self._fits(opening, target.read):
                held.state = "failed"
                self.at_element("field.opening-mismatch", held, path)
                if places[place] > 1:
                    self.at_element("field.opening-twice", held, path)
            elif place in self.opened:
                held.state = "failed"
                self.at_element("field.opening-twice", held, path)
            else:
                held.state = "open"
                held.extra = target
                self.opened[place] = held
                if target.read.at_known_revision:
                    out = Findings()
                    fits(private_type(target.read.known_type, opening.path), opening.value[0], ["value"], out, False)
                    if out.list:
                        self.at_element("schema.value", held, path, None, target.read.id)

    def _fits(self, opening, record):
        if record.at_known_revision and private_type(record.known_type, opening.path) is None:
            return False
        node = record.payload
        for step in opening.path:
            if isinstance(step, str) and node.kind == "map":
                node = node.get(step)
            elif isinstance(step, int) and node.kind == "array" and step < len(node.value):
                node = node.value[step]
            else:
                return False
            if node is None:
                return False
        if node.kind != "bytes" or len(node.value) != 32:
            return False
        return node.value == field_digest(record.kid, record.sub, opening.salt, opening.path, opening.value[1])

    def _receipts(self):
        for held in self.receipts:
            receipt = held.read
            if isinstance(receipt, int):
                continue
            note = self.note_of.get(receipt.note)
            held.extra = note
            if note is None or any(token not in self.token_hashes for token in receipt.tokens):
                held.state = "failed"
                self.at_element("receipt.dangling", held)
            elif note.read.statement != "checkpoint" or not inclusion_holds(
                    leaf_hash(receipt.id), receipt.index, note.read.size, receipt.path, note.read.root):
                held.state = "failed"
                self.at_element("receipt.proof-invalid", held)
            else:
                held.state = "proven"
        self.proven = [held for held in self.receipts if held.state == "proven"]

    # ---- 5: the closed world

    def _closed_world(self):
        self.subjects, self.kids = set(), set()
        self.queue = []
        stands = [held for held in self.readable if held.state in ("verified", "unchecked")]
        self.about = {}
        for held in stands:
            self.about.setdefault(held.read.sub, []).append(held)
        self.parents = {}
        for (_, path), held in self.opened.items():
            target, value = held.extra, held.read.value[0]
            if target.read.type == "aggregation" and path[0] == (str, "children") and value.kind == "text":
                self.parents.setdefault(value.value, []).append(target.read.sub)
        self.granted = {}
        for held in self.readable_credentials:
            if held.state != "failed":
                self.granted.setdefault(held.read.key, []).append(held)
        self._reach(self.item)
        while self.queue:
            self._expand(self.queue.pop())
        self._keep_others()
        for held in stands:
            if not held.kept:
                self.at_element("passport.foreign-subject", held)
        for held in self.all:
            if not held.kept and self._verifies(held):
                self.at_element("passport.unreferenced", held)

    def _reach(self, subject):
        if subject not in self.subjects:
            self.subjects.add(subject)
            self.queue.append(subject)

    def _expand(self, subject):
        for held in self.about.get(subject, []):
            self._keep_record(held)
        for parent in self.parents.get(subject, []):
            self._reach(parent)

    def _keep_record(self, held):
        held.kept = True
        self._keep_key(held.read.kid)
        if held.read.type == "commission" and self.verified(held):
            values = held.read.values
            if "lot" in values:
                self._reach(values["lot"])
            if "predecessor" in values:
                self._reach(values["predecessor"]["sub"])

    def _keep_key(self, kid):
        waiting = [kid]
        while waiting:
            kid = waiting.pop()
            if kid in self.kids:
                continue
            self.kids.add(kid)
            self._reach(KEY + kid.hex())
            if kid in self.key_of:
                self.key_of[kid].kept = True
            for held in self.granted.get(kid, []):
                held.kept = True
                waiting.append(held.read.kid)

    def _keep_others(self):
        records = [held for held in self.readable if held.kept]
        kept_ids = {bytes.fromhex(held.read.id) for held in records}
        kept_ids |= {held.read.raw_id for held in self.readable_credentials if held.kept}
        for held in self.opened.values():
            held.kept = held.extra.kept
        files, notes, tokens, anchors = set(), set(), set(), set()
        for held in records:
            if held.read.link:
                anchors.update(held.read.link.anchors)
            if self.verified(held):
                files.update(named_files(held.read))
                if held.read.type == "manifest" and held.read.values["asOf"] is not None:
                    notes.add(held.read.values["asOf"])
        for held in self.proven:
            if held.read.id in kept_ids:
                held.kept = True
                notes.add(held.read.note)
                tokens.update(held.read.tokens)
        for held in self.attachments:
            held.kept = hashlib.sha256(held.element.data).digest() in files
        for held in self.notes:
            held.kept = held.read.well_formed and (held.read.hash in notes or held.read.hash in anchors)
        for digest, held in self.token_hashes.items():
            held.kept = digest in tokens or (digest in anchors and not read_note(held.element.data).signed)

    def _verifies(self, held):
        member = held.element.member
        if member == RECORDS:
            return False  # foreign subjects have a code of their own
        if member == KEYS:
            return not isinstance(held.read, Fault)
        if member == CREDENTIALS:
            return held.read.readable and held.state != "failed"
        if member == OPENINGS:
            return not isinstance(held.read, Fault) and held.state != "failed"
        if member == RECEIPTS:
            return held.state == "proven"
        if member == NOTES:
            return held.read.well_formed
        return True


def _typed(path):
    return tuple((type(step), step) for step in path)


# Where a record names files, by type (passport-file.md, The closed world).
FILES = {
    "agreement": (("packaging", "testReport"),),
    "authentication": (("sampleImages", None),),
    "countersign": (("photos", None),),
    "handover": (("photos", None),),
    "seal": (("photos", None),),
    "disclosure": (("media", None),),
    "incident": (("media", None),),
    "inspection": (("media", None), ("rawData", None)),
    "return": (("media", None),),
    "notice": (("evidence", None),),
    "recycling": (("certificate", "digest"),),
    "sensor-batch": (("rawFile",),),
    "media": (("files", None, "sha256"),),
}


def named_files(record):
    values = record.values
    found = set()
    for place in FILES.get(record.type, ()):
        at = [values]
        for step in place:
            if step is None:
                at = [item for items in at for item in items]
            else:
                at = [item[step] for item in at if step in item]
        found.update(digest[1] for digest in at)
    return found



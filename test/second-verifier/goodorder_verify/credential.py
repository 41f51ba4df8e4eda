"""Reading one credential element (docs/spec/credential.md)."""

import hashlib
from functools import lru_cache

from .cbor import Fault, is_hash, is_int
from .cose import read_outside
from .paths import write
from .payload import Findings
from .record import MAX_INSTANT
from .schemas import ROLES
from .subjects import KEY, is_party

TYP = "application/vnd.goodorder.credential+cose"


class Credential:
    def __init__(self, data):
        self.data = data
        self.raw_id = hashlib.sha256(data).digest()
        self.id = self.raw_id.hex()
        self.findings = []  # (code, path, offset)
        self.readable = False
        self.signed = self.signature = self.alg = self.kid = None
        self.party = self.key = self.roles = self.start = self.until = None
        self.subjects = None
        self.may_delegate = 0
        self.accreditation = None


@lru_cache(maxsize=20000)
def read_credential(data):
    credential = Credential(data)
    try:
        outside = read_outside(data)
    except Fault as fault:
        credential.findings = [(fault.code, None, fault.offset)]
        return credential
    credential.signed, credential.signature = outside.signed, outside.signature
    for step in (_header, _members, _order):
        out = Findings()
        step(credential, outside, out)
        if out.list:
            credential.findings = out.list
            return credential
    credential.readable = True
    return credential


def _header(credential, outside, out):
    header = outside.header
    at = lambda node: header.at if node is None else node.at  # noqa: E731
    typ, alg, kid = header.get(16), header.get(1), header.get(4)
    if typ is None or typ.kind != "text" or typ.value != TYP:
        out.add("credential.header", "typ", at(typ))
    elif len(header.value) != 3:
        out.add("credential.header", "labels", header.at)
    elif alg is None or alg.kind != "int" or alg.value not in (-19, -9):
        out.add("credential.header", "alg", at(alg))
    elif not is_hash(kid):
        out.add("credential.header", "kid", at(kid))
    else:
        credential.alg, credential.kid = alg.value, kid.value


def prefix_ok(text):
    return 1 <= len(text) <= 512 and all("!" <= c <= "~" for c in text) and text[-1] in "/:"


def _list_of(node, name, least, most, entry_ok, out):
    """The texts of a strictly ascending list; None where it does not fit."""
    bad = len(out.list)
    if node.kind != "array" or len(node.value) > most:
        out.add("credential.shape", name, node.at)
        return None
    if len(node.value) < least:
        out.add("credential.shape", name, node.at)
    for i, item in enumerate(node.value):
        if item.kind != "text" or not entry_ok(item.value):
            out.add("credential.shape", f"{name}[{i}]", item.at)
    values = [item.value for item in node.value]
    if len(out.list) == bad:
        raw = [value.encode("utf-8") for value in values]
        if not all(a < b for a, b in zip(raw, raw[1:])):
            out.add("credential.shape", name, node.at)
    return values


def _members(credential, outside, out):
    root = outside.payload
    if root.has_int_key():
        out.add("credential.unknown-key", "", root.at)
        return
    shape = lambda path, node: out.add("credential.shape", path, node.at)  # noqa: E731
    for name, _, value in root.value:
        if name not in ("party", "key", "roles", "from", "until", "subjects", "mayDelegate", "accreditation"):
            out.add("credential.unknown-key", write([name]), value.at)
    for name in ("party", "key", "roles", "from", "until"):
        if root.get(name) is None:
            shape(name, root)
    party, key = root.get("party"), root.get("key")
    if party is not None:
        if party.kind == "text" and is_party(party.value):
            credential.party = party.value
        else:
            shape("party", party)
    if key is not None:
        if is_hash(key):
            credential.key = key.value
        else:
            shape("key", key)
    if root.get("roles") is not None:
        credential.roles = _list_of(root.get("roles"), "roles", 0, 15, lambda text: text in ROLES, out)
    for name in ("from", "until"):
        node = root.get(name)
        if node is not None and not is_int(node, 0, MAX_INSTANT):
            shape(name, node)
    if root.get("subjects") is not None:
        credential.subjects = _list_of(root.get("subjects"), "subjects", 1, 64, prefix_ok, out)
    depth = root.get("mayDelegate")
    if depth is not None:
        if is_int(depth, 0, 3):
            credential.may_delegate = depth.value
        else:
            shape("mayDelegate", depth)
    if root.get("accreditation") is not None:
        _accreditation(credential, root.get("accreditation"), out)


def _accreditation(credential, node, out):
    if node.kind != "map" or node.has_int_key():
        out.add("credential.shape", "accreditation", node.at)
        return
    limits = {"body": 200, "number": 200, "scope": 4000}
    values = {}
    for name, _, value in node.value:
        path = write(["accreditation", name])
        if name in limits:
            if value.kind != "text" or not 1 <= value.end - value.start <= limits[name]:
                out.add("credential.shape", path, value.at)
        elif name == "until":
            if not is_int(value, 0, MAX_INSTANT):
                out.add("credential.shape", path, value.at)
        else:
            out.add("credential.unknown-key", path, value.at)
        values[name] = value.value
    for name in ("body", "number", "scope", "until"):
        if name not in values:
            out.add("credential.shape", f"accreditation.{name}", node.at)
    credential.accreditation = values


def _order(credential, outside, out):
    root = outside.payload
    start, until = root.get("from"), root.get("until")
    credential.start, credential.until = start.value, until.value
    if start.value > until.value:
        out.add("credential.shape", "until", until.at)
        return
    if credential.party.startswith(KEY) and credential.party != KEY + credential.key.hex():
        out.add("credential.shape", "party", root.get("party").at)

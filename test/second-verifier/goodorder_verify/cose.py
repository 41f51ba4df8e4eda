"""The outside of a COSE_Sign1 element (docs/spec/record.md, Reading the outside)."""

import hashlib

from . import cbor
from .cbor import Fault


class Outside:
    __slots__ = ("header", "payload", "signature", "signed", "statement_hash")


def _string(data, at, code):
    """The byte string node at `at`, of bytes that were scanned."""
    if data[at] >> 5 != 2:
        raise Fault(code, at)
    return cbor.decode(data, at)


def read_outside(data):
    if len(data) > cbor.MAX_ITEM:
        raise Fault("cbor.too-long", 0)
    if data[:1] != b"\xd2":
        raise Fault("cose.start", 0)
    if data[1:2] != b"\x84":
        raise Fault("cose.start", 1)
    cbor.scan_whole(data, 1, len(data))
    protected = _string(data, 2, "cose.protected")
    if data[protected.end] != 0xA0:
        raise Fault("cose.unprotected", protected.end)
    payload = _string(data, protected.end + 1, "cose.payload")
    signature = _string(data, payload.end, "cose.signature")
    for part, code in ((protected, "cose.protected"), (payload, "cose.payload")):
        if part.start == part.end or data[part.start] >> 5 != 5:
            raise Fault(code, part.start)
        cbor.scan_whole(data, part.start, part.end)
    outside = Outside()
    outside.header = cbor.decode(data, protected.start)
    outside.payload = cbor.decode(data, payload.start)
    outside.signature = signature.value
    outside.signed = b"\x84" + cbor.encode("Signature1") + cbor.encode(protected.value) + b"\x40" + cbor.encode(payload.value)
    outside.statement_hash = hashlib.sha256(outside.signed).digest()
    return outside

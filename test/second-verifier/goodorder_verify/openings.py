"""Opening elements and field digests (docs/spec/encoding.md, Private fields)."""

import hashlib
from functools import lru_cache

from . import cbor
from .cbor import Fault, is_hash, is_int


class Opening:
    __slots__ = ("record", "path", "salt", "value")


def field_digest(kid, sub, salt, path, value):
    """`value` is the encoding of the clear value."""
    body = b"\x85" + cbor.encode(kid) + cbor.encode(sub) + cbor.encode(salt) + cbor.encode(list(path)) + value
    return hashlib.sha256(b"goodorder/field/1\x00" + body).digest()


@lru_cache(maxsize=20000)
def read_opening(data):
    """An Opening, or a Fault (returned)."""
    try:
        cbor.scan_whole(data, 0, len(data))
    except Fault as fault:
        return fault
    node = cbor.decode(data, 0)
    bad = Fault("field.opening-mismatch", 0)
    if node.kind != "array" or len(node.value) != 4:
        return bad
    record, path, salt, value = node.value
    if not is_hash(record) or path.kind != "array" or not path.value:
        return bad
    if not all(step.kind == "text" or is_int(step, 0) for step in path.value):
        return bad
    if salt.kind != "bytes" or len(salt.value) != 16:
        return bad
    opening = Opening()
    opening.record = record.value
    opening.path = tuple(step.value for step in path.value)
    opening.salt = salt.value
    opening.value = (value, data[value.at:value.end])
    return opening

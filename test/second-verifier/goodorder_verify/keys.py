"""COSE_Key elements (docs/spec/record.md, Keys)."""

import hashlib
from functools import lru_cache

from . import cbor
from .cbor import Fault
from .signatures import ed25519_point_ok, ed25519_verify, p256_on_curve, p256_verify


class Key:
    __slots__ = ("kty", "kid", "x", "y", "alg")

    def __init__(self, kty, kid, x=None, y=None):
        self.kty = kty  # OKP, EC2, unknown
        self.kid = kid
        self.x = x
        self.y = y
        self.alg = {"OKP": -19, "EC2": -9}.get(kty)

    def verify(self, alg, message, signature):
        """verified, unchecked, or a code."""
        if self.kty == "unknown":
            return "unchecked"
        if alg != self.alg:
            return "alg.key-mismatch"
        if self.kty == "OKP":
            return ed25519_verify(self.x, message, signature)
        return p256_verify(self.x, self.y, message, signature)


@lru_cache(maxsize=20000)
def read_key(data):
    """A Key, or a Fault (returned, not raised)."""
    try:
        return _read(data)
    except Fault as fault:
        return fault


def _read(data):
    cbor.scan_whole(data, 0, len(data))
    node = cbor.decode(data, 0)
    malformed = Fault("key.malformed", 0)
    kid = hashlib.sha256(data).digest()
    if node.kind != "map":
        raise malformed
    kty = node.get(1)
    if kty is None or kty.kind not in ("int", "text"):
        raise malformed
    if kty.value not in (1, 2):
        return Key("unknown", kid)
    crv, x, y = node.get(-1), node.get(-2), node.get(-3)
    if len(node.value) != (3 if kty.value == 1 else 4):
        raise malformed
    if crv is None or crv.kind not in ("int", "text") or x is None or x.kind != "bytes":
        raise malformed
    if kty.value == 2 and y is None:
        raise malformed
    if crv.value != (6 if kty.value == 1 else 1):
        return Key("unknown", kid)
    if kty.value == 1:
        if len(x.value) != 32 or not ed25519_point_ok(x.value):
            raise malformed
        return Key("OKP", kid, x.value)
    if len(x.value) != 32 or y.kind != "bytes" or len(y.value) != 32:
        raise malformed
    if not p256_on_curve(int.from_bytes(x.value, "big"), int.from_bytes(y.value, "big")):
        raise malformed
    return Key("EC2", kid, x.value, y.value)

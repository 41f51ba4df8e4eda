"""Strict Ed25519 and ESP256 (docs/spec/record.md, Signatures).

The equations are computed by the `cryptography` package where it is installed, else here in plain Python.
"""

import hashlib
from functools import lru_cache

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
    BACKEND = "cryptography"
except ImportError:  # the fallback below needs nothing
    BACKEND = "plain Python"

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SMALL_ORDER_Y = frozenset(
    int.from_bytes(bytes.fromhex(text), "little")
    for text in (
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    )
)

P256 = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
N256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B256 = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G256 = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
        0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)


def ed25519_point_ok(raw):
    """An encoded point is canonical and not of small order. Whether it lies on the curve is not asked."""
    number = int.from_bytes(raw, "little")
    y = number & (2**255 - 1)
    # x = 0 only where y is 1 or p - 1, and both are of small order: the sign rule needs no test of its own.
    return y < P and y not in SMALL_ORDER_Y


def p256_on_curve(x, y):
    return x < P256 and y < P256 and (y * y - (x * x * x - 3 * x + B256)) % P256 == 0


def ed25519_verify(public, message, signature):
    """verified, or the code of the first fault. `public` is canonical and not of small order."""
    if len(signature) != 64:
        return "sig.length"
    if int.from_bytes(signature[32:], "little") >= L:
        return "sig.s-range"
    if not ed25519_point_ok(signature[:32]):
        return "sig.r-point"
    return "verified" if _ed25519_equation(public, message, signature) else "sig.invalid"


def p256_verify(x, y, message, signature):
    if len(signature) != 64:
        return "sig.length"
    r = int.from_bytes(signature[:32], "big")
    s = int.from_bytes(signature[32:], "big")
    if s > N256 // 2:
        return "sig.high-s"
    if r == 0 or s == 0 or r >= N256:
        return "sig.invalid"
    return "verified" if _p256_equation(x, y, message, r, s) else "sig.invalid"


if BACKEND == "cryptography":

    @lru_cache(maxsize=20000)
    def _ed25519_equation(public, message, signature):
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
            return True
        except InvalidSignature:
            return False

    @lru_cache(maxsize=20000)
    def _p256_equation(x, y, message, r, s):
        numbers = ec.EllipticCurvePublicNumbers(int.from_bytes(x, "big"), int.from_bytes(y, "big"), ec.SECP256R1())
        try:
            numbers.public_key().verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
            return True
        except InvalidSignature:
            return False

else:

    @lru_cache(maxsize=20000)
    def _ed25519_equation(public, message, signature):
        a = _ed_decode(public)
        if a is None:
            return False
        digest = hashlib.sha512(signature[:32] + public + message).digest()
        k = int.from_bytes(digest, "little") % L
        s = int.from_bytes(signature[32:], "little")
        minus_a = (P - a[0], a[1], 1, (P - a[0]) * a[1] % P)
        point = _ed_add(_ed_multiply(s, _ed_base()), _ed_multiply(k, minus_a))
        return _ed_encode(point) == signature[:32]

    def _ed_recover_x(y, sign):
        square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
        x = pow(square, (P + 3) // 8, P)
        if (x * x - square) % P != 0:
            x = x * pow(2, (P - 1) // 4, P) % P
        if (x * x - square) % P != 0:
            return None
        return P - x if x & 1 != sign else x

    def _ed_decode(raw):
        number = int.from_bytes(raw, "little")
        y = number & (2**255 - 1)
        x = _ed_recover_x(y, number >> 255)
        return None if x is None else (x, y)

    def _ed_base():
        y = 4 * pow(5, P - 2, P) % P
        x = _ed_recover_x(y, 0)
        return (x, y, 1, x * y % P)

    def _ed_add(p, q):
        a = (p[1] - p[0]) * (q[1] - q[0]) % P
        b = (p[1] + p[0]) * (q[1] + q[0]) % P
        c = 2 * p[3] * q[3] * D % P
        d = 2 * p[2] * q[2] % P
        e, f, g, h = b - a, d - c, d + c, b + a
        return (e * f % P, g * h % P, f * g % P, e * h % P)

    def _ed_multiply(scalar, point):
        result = (0, 1, 1, 0)
        while scalar > 0:
            if scalar & 1:
                result = _ed_add(result, point)
            point = _ed_add(point, point)
            scalar >>= 1
        return result

    def _ed_encode(point):
        inverse = pow(point[2], P - 2, P)
        x, y = point[0] * inverse % P, point[1] * inverse % P
        return (y | (x & 1) << 255).to_bytes(32, "little")

    @lru_cache(maxsize=20000)
    def _p256_equation(x, y, message, r, s):
        e = int.from_bytes(hashlib.sha256(message).digest(), "big")
        w = pow(s, N256 - 2, N256)
        public = (int.from_bytes(x, "big"), int.from_bytes(y, "big"))
        point = _ec_add(_ec_multiply(e * w % N256, G256), _ec_multiply(r * w % N256, public))
        return point is not None and point[0] % N256 == r

    def _ec_add(p, q):
        if p is None:
            return q
        if q is None:
            return p
        if p[0] == q[0]:
            if (p[1] + q[1]) % P256 == 0:
                return None
            slope = (3 * p[0] * p[0] - 3) * pow(2 * p[1], P256 - 2, P256) % P256
        else:
            slope = (q[1] - p[1]) * pow(q[0] - p[0], P256 - 2, P256) % P256
        x = (slope * slope - p[0] - q[0]) % P256
        return (x, (slope * (p[0] - x) - p[1]) % P256)

    def _ec_multiply(scalar, point):
        result = None
        while scalar > 0:
            if scalar & 1:
                result = _ec_add(result, point)
            point = _ec_add(point, point)
            scalar >>= 1
        return result

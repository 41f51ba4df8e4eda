"""ML-DSA-44 verification (FIPS 204, ML-DSA.Verify with the empty context), in plain Python.

Used where the `cryptography` package does not offer it.
"""

import hashlib
from functools import lru_cache

Q = 8380417
N = 256
K = L = 4
D = 13
TAU = 39
LAMBDA_BYTES = 32
GAMMA1 = 1 << 17
GAMMA2 = (Q - 1) // 88
BETA = TAU * 2
OMEGA = 80
PUBLIC_BYTES = 1312
SIGNATURE_BYTES = 2420


def _reversed_bits(i):
    return int(f"{i:08b}"[::-1], 2)


ZETAS = [pow(1753, _reversed_bits(i), Q) for i in range(N)]


def _ntt(polynomial):
    w = list(polynomial)
    m, length = 0, 128
    while length >= 1:
        for start in range(0, N, 2 * length):
            m += 1
            z = ZETAS[m]
            for j in range(start, start + length):
                t = z * w[j + length] % Q
                w[j + length] = (w[j] - t) % Q
                w[j] = (w[j] + t) % Q
        length //= 2
    return w


def _inverse_ntt(polynomial):
    w = list(polynomial)
    m, length = N, 1
    while length < N:
        for start in range(0, N, 2 * length):
            m -= 1
            z = -ZETAS[m]
            for j in range(start, start + length):
                t = w[j]
                w[j] = (t + w[j + length]) % Q
                w[j + length] = z * (t - w[j + length]) % Q
        length *= 2
    return [x * 8347681 % Q for x in w]


def _uniform(seed):
    """RejNTTPoly: a polynomial from SHAKE128 of a seed."""
    length = 168 * 6
    while True:
        stream = hashlib.shake_128(seed).digest(length)
        out = []
        for i in range(0, len(stream) - 2, 3):
            value = stream[i] | stream[i + 1] << 8 | (stream[i + 2] & 0x7F) << 16
            if value < Q:
                out.append(value)
                if len(out) == N:
                    return out
        length *= 2


@lru_cache(maxsize=64)
def _matrix(rho):
    return [[_uniform(rho + bytes([s, r])) for s in range(L)] for r in range(K)]


def _challenge(seed):
    """SampleInBall."""
    stream = hashlib.shake_256(seed).digest(8 + 136 * 8)
    signs = int.from_bytes(stream[:8], "little")
    c = [0] * N
    at = 8
    for i in range(N - TAU, N):
        while stream[at] > i:
            at += 1
        j = stream[at]
        at += 1
        c[i] = c[j]
        c[j] = 1 - 2 * (signs & 1)
        signs >>= 1
    return c


def _unpack(data, bits):
    number = int.from_bytes(data, "little")
    mask = (1 << bits) - 1
    return [number >> bits * i & mask for i in range(N)]


def _hints(data):
    """The hint of K polynomials in its one encoding, or None."""
    hints = [[0] * N for _ in range(K)]
    index = 0
    for i in range(K):
        stop = data[OMEGA + i]
        if stop < index or stop > OMEGA:
            return None
        first = index
        while index < stop:
            if index > first and data[index - 1] >= data[index]:
                return None
            hints[i][data[index]] = 1
            index += 1
    return None if any(data[index:OMEGA]) else hints


def _use_hint(hint, r):
    low = r % (2 * GAMMA2)
    if low > GAMMA2:
        low -= 2 * GAMMA2
    if r - low == Q - 1:
        high, low = 0, low - 1
    else:
        high = (r - low) // (2 * GAMMA2)
    if hint:
        return (high + 1) % 44 if low > 0 else (high - 1) % 44
    return high


@lru_cache(maxsize=4096)
def verify(public, message, signature):
    if len(public) != PUBLIC_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    rho = public[:32]
    t1 = [_unpack(public[32 + 320 * i:352 + 320 * i], 10) for i in range(K)]
    seed = signature[:LAMBDA_BYTES]
    z = []
    for i in range(L):
        part = signature[LAMBDA_BYTES + 576 * i:LAMBDA_BYTES + 576 * (i + 1)]
        z.append([GAMMA1 - value for value in _unpack(part, 18)])
    hints = _hints(signature[LAMBDA_BYTES + 576 * L:])
    if hints is None or any(abs(value) >= GAMMA1 - BETA for polynomial in z for value in polynomial):
        return False
    tr = hashlib.shake_256(public).digest(64)
    mu = hashlib.shake_256(tr + b"\x00\x00" + message).digest(64)
    c = _ntt(_challenge(seed))
    z_hat = [_ntt(polynomial) for polynomial in z]
    matrix = _matrix(rho)
    encoded = b""
    for i in range(K):
        t = _ntt([value << D for value in t1[i]])
        row = [sum(matrix[i][s][n] * z_hat[s][n] for s in range(L)) - c[n] * t[n] for n in range(N)]
        w = [_use_hint(hints[i][n], value) for n, value in enumerate(_inverse_ntt([x % Q for x in row]))]
        encoded += sum(value << 6 * n for n, value in enumerate(w)).to_bytes(192, "little")
    return hashlib.shake_256(mu + encoded).digest(LAMBDA_BYTES) == seed

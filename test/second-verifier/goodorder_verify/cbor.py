"""The deterministic CBOR profile (docs/spec/encoding.md): scan, then decode into nodes that keep their offsets."""

import re
import struct

MAX_ITEM = 65535
MAX_LEVELS = 32
MAX_SAFE = 2**53 - 1
_PRINTABLE = re.compile(rb"[\x20-\x7e\t\n]*")


class Fault(Exception):
    """The first fault of some bytes: a code and a byte offset."""

    def __init__(self, code, offset):
        super().__init__(f"{code} at {offset}")
        self.code = code
        self.offset = offset


def scan_whole(data, start, end, maximum=MAX_ITEM):
    if end - start > maximum:
        raise Fault("cbor.too-long", start)
    stop = scan_item(data, start, end)
    if stop != end:
        raise Fault("cbor.trailing", stop)


_LEAST = {1: 24, 2: 2**8, 4: 2**16, 8: 2**32}


def scan_item(data, start, end):
    """The end of the item that begins at start."""
    at = start
    # One entry for each open container: [is map, children left, previous encoded key or None]
    opened = []
    while True:
        head = at
        if at >= end:
            raise Fault("cbor.truncated", end)
        if len(opened) == MAX_LEVELS:
            raise Fault("cbor.depth", head)
        major = data[at] >> 5
        info = data[at] & 31
        at += 1
        if info == 31:
            raise Fault("cbor.indefinite", head)
        if info >= 28:
            raise Fault("cbor.reserved", head)
        is_key = bool(opened) and opened[-1][0] and opened[-1][1] % 2 == 0
        if is_key and major not in (0, 1, 3):
            raise Fault("cbor.key-type", head)
        if major == 6:
            raise Fault("cbor.tag", head)
        if major == 7 and info not in (20, 21, 22):
            raise Fault("cbor.simple", head)
        argument = info
        if info >= 24 and major != 7:
            size = 1 << (info - 24)
            if size > end - at:
                raise Fault("cbor.truncated", head)
            argument = int.from_bytes(data[at:at + size], "big")
            if argument < _LEAST[size]:
                raise Fault("cbor.not-shortest", head)
            if size == 8 and major >= 2:
                raise Fault("cbor.truncated", head)
            at += size
        if major in (2, 3):
            if argument > end - at:
                raise Fault("cbor.truncated", head)
            if major == 3:
                scan_text(data, at, at + argument)
            at += argument
        if is_key:
            key = bytes(data[head:at])
            previous = opened[-1][2]
            if previous is not None:
                if key == previous:
                    raise Fault("cbor.duplicate-key", head)
                if key < previous:
                    raise Fault("cbor.key-order", head)
            opened[-1][2] = key
        if major in (4, 5) and argument > 0:
            children = argument if major == 4 else 2 * argument
            if children > end - at:
                raise Fault("cbor.truncated", head)
            opened.append([major == 5, children, None])
            continue
        # Close this item, and every container that it completes.
        while opened:
            opened[-1][1] -= 1
            if opened[-1][1] > 0:
                break
            opened.pop()
        if not opened:
            return at


def item_end(data, start, end):
    limit = min(end, start + MAX_ITEM)
    try:
        return scan_item(data, start, limit)
    except Fault as fault:
        if fault.code == "cbor.truncated" and limit < end:
            raise Fault("cbor.too-long", start) from None
        raise


def _sequence_length(data, at, end):
    """Length of the well-formed UTF-8 sequence at `at`, or 0 (RFC 3629, section 4)."""
    b0 = data[at]
    if b0 <= 0x7F:
        return 1
    if 0xC2 <= b0 <= 0xDF:
        need, low, high = 2, 0x80, 0xBF
    elif b0 == 0xE0:
        need, low, high = 3, 0xA0, 0xBF
    elif b0 == 0xED:
        need, low, high = 3, 0x80, 0x9F
    elif 0xE1 <= b0 <= 0xEF:
        need, low, high = 3, 0x80, 0xBF
    elif b0 == 0xF0:
        need, low, high = 4, 0x90, 0xBF
    elif 0xF1 <= b0 <= 0xF3:
        need, low, high = 4, 0x80, 0xBF
    elif b0 == 0xF4:
        need, low, high = 4, 0x80, 0x8F
    else:
        return 0
    if at + need > end or not low <= data[at + 1] <= high:
        return 0
    for i in range(2, need):
        if not 0x80 <= data[at + i] <= 0xBF:
            return 0
    return need


def scan_text(data, at, end):
    # Printable ASCII is the common case, and needs no walk.
    if _PRINTABLE.fullmatch(data, at, end):
        return
    while at < end:
        length = _sequence_length(data, at, end)
        if length == 0:
            raise Fault("cbor.text-utf8", at)
        if length == 1:
            b = data[at]
            if (b < 0x20 and b not in (0x09, 0x0A)) or b == 0x7F:
                raise Fault("cbor.text-control", at)
        else:
            point = ord(bytes(data[at:at + length]).decode("utf-8"))
            if point <= 0x9F or point == 0xFEFF:
                raise Fault("cbor.text-control", at)
        at += length


class Node:
    """One decoded item: kind, value, and the offset of its head."""

    __slots__ = ("kind", "value", "at", "start", "end")

    def __init__(self, kind, value, at, start, end):
        self.kind = kind  # int, bytes, text, array, map, bool, null
        self.value = value  # of a map: list of (key, key node, value node)
        self.at = at
        self.start = start  # of the contents
        self.end = end

    def get(self, key):
        """The member of a map under a key of the same kind; None where there is none."""
        for name, _, node in self.value:
            if type(name) is type(key) and name == key:
                return node
        return None

    def has_int_key(self):
        return any(type(name) is int for name, _, _ in self.value)


def decode(data, at):
    """The node at `at` of bytes that were scanned."""
    head = at
    major = data[at] >> 5
    info = data[at] & 31
    at += 1
    argument = info
    if info >= 24 and major != 7:
        size = 1 << (info - 24)
        argument = int.from_bytes(data[at:at + size], "big")
        at += size
    if major == 0:
        return Node("int", argument, head, at, at)
    if major == 1:
        return Node("int", -1 - argument, head, at, at)
    if major == 2:
        return Node("bytes", bytes(data[at:at + argument]), head, at, at + argument)
    if major == 3:
        return Node("text", bytes(data[at:at + argument]).decode("utf-8"), head, at, at + argument)
    if major == 4:
        items = []
        start = at
        for _ in range(argument):
            node = decode(data, at)
            items.append(node)
            at = node.end
        return Node("array", items, head, start, at)
    if major == 5:
        members = []
        start = at
        for _ in range(argument):
            key = decode(data, at)
            node = decode(data, key.end)
            members.append((key.value, key, node))
            at = node.end
        return Node("map", members, head, start, at)
    if info == 22:
        return Node("null", None, head, at, at)
    return Node("bool", info == 21, head, at, at)


def plain(node):
    """A node as Python values."""
    if node.kind == "array":
        return [plain(item) for item in node.value]
    if node.kind == "map":
        return {name: plain(value) for name, _, value in node.value}
    return node.value


def is_int(node, low=-MAX_SAFE, high=MAX_SAFE):
    return node is not None and node.kind == "int" and low <= node.value <= high


def is_hash(node):
    return node is not None and node.kind == "bytes" and len(node.value) == 32


def _head(major, argument):
    if argument < 24:
        return bytes([major << 5 | argument])
    for info, form, limit in ((24, ">B", 2**8), (25, ">H", 2**16), (26, ">I", 2**32), (27, ">Q", 2**64)):
        if argument < limit:
            return bytes([major << 5 | info]) + struct.pack(form, argument)
    raise ValueError("integer too large")


def encode(value):
    """Deterministic encoding of Python values."""
    if value is None:
        return b"\xf6"
    if value is True:
        return b"\xf5"
    if value is False:
        return b"\xf4"
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, str):
        raw = value.encode("utf-8")
        return _head(3, len(raw)) + raw
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(encode(item) for item in value)
    if isinstance(value, dict):
        members = sorted((encode(k), encode(v)) for k, v in value.items())
        return _head(5, len(members)) + b"".join(k + v for k, v in members)
    raise TypeError(type(value).__name__)

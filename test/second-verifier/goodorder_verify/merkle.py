"""RFC 9162 trees (docs/spec/log.md)."""

import hashlib


def leaf_hash(data):
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree_hash(leaves):
    """The tree hash over a list of leaf data."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    # Pairing level by level and carrying a lone last node up gives the same tree as the recursive split.
    level = [leaf_hash(leaf) for leaf in leaves]
    while len(level) > 1:
        above = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        if len(level) % 2:
            above.append(level[-1])
        level = above
    return level[0]


def inclusion_holds(leaf, index, size, path, root):
    if index >= size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0 or len(p) != 32:
            return False
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while fn & 1 == 0 and fn != 0:
                fn >>= 1
                sn >>= 1
        else:
            r = node_hash(r, p)
        fn >>= 1
        sn >>= 1
    return sn == 0 and r == root


def shown_hashes(leaf, index, size, path):
    """What a proof that holds shows: (first leaf, width, hash) of the leaf, of each sibling and of each computed hash."""
    start, end, r = index, index + 1, leaf
    shown = [(start, 1, r)]
    for p, (left, right) in zip(path, _splits(index, size)):
        if left == start:  # the sibling stands to the right
            split = end
            shown.append((split, right - split, p))
            r = node_hash(r, p)
        else:
            split = start
            shown.append((left, split - left, p))
            r = node_hash(p, r)
        start, end = left, right
        shown.append((start, end - start, r))
    return shown


def _splits(index, size):
    """The subtrees that hold a leaf, from the smallest of two leaves up to the whole tree."""
    left, right = 0, size
    ranges = []
    while right - left > 1:
        ranges.append((left, right))
        half = 1 << ((right - left - 1).bit_length() - 1)
        if index < left + half:
            right = left + half
        else:
            left += half
    return reversed(ranges)

"""What the notes of one origin say against each other (docs/spec/log.md, Contradictions)."""

from .merkle import leaf_hash, shown_hashes
from .notes import spoken


def find(holding, policy):
    """{(code, public key, origin)} of the contradictions."""
    if policy is None:
        return set()
    notes = [held.read for held in holding.notes if held.read.well_formed]
    trees = {}
    for note in notes:
        trees.setdefault(_tree(note), []).append(note)
    claims = {}  # (origin, place) -> value -> trees
    for tree in trees:
        note = trees[tree][0]
        if note.statement == "checkpoint":
            _claim(claims, tree, ("root", note.size), note.root)
        else:
            _claim(claims, tree, ("answer", note.size, note.subject), (note.count, note.root))
    for held in holding.proven:
        note, receipt = held.extra.read, held.read
        for start, width, value in shown_hashes(leaf_hash(receipt.id), receipt.index, note.size, receipt.path):
            if width & (width - 1) == 0 and start % width == 0:
                _claim(claims, _tree(note), ("node", width.bit_length() - 1, start // width), value)
    pairs = {}
    for (origin, _), values in claims.items():
        if len(values) < 2:
            continue
        signed = {}  # (kind, public) -> smallest note of each value
        for claimants in values.values():
            smallest = {}
            for note in sorted((n for tree in claimants for n in trees[tree]), key=lambda n: n.hash):
                for signer in _signers(note, policy):
                    smallest.setdefault(signer, note)
            for signer, note in smallest.items():
                signed.setdefault(signer, []).append(note)
        for (kind, public), found in signed.items():
            if len(found) < 2:
                continue
            first, second = sorted(found, key=lambda n: n.hash)[:2]
            code = "witness.equivocation"
            if kind == "log":
                code = "log.split-view" if first.size == second.size else "log.rollback"
            pairs[(code, public, origin)] = True
    return set(pairs)


def _tree(note):
    if note.statement == "checkpoint":
        return (note.origin, "checkpoint", note.size, note.root)
    return (note.origin, "answer", note.size, note.subject, note.count, note.root)


def _claim(claims, tree, place, value):
    claims.setdefault((tree[0], place), {}).setdefault(value, set()).add(tree)


def _signers(note, policy):
    said = spoken(note, policy)
    found = [("log", key.public) for key in said.logs if key.name == note.origin]
    return found + [("witness", public) for public in said.times]

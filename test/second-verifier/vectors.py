"""Runs the vectors of docs/spec/vectors against the second verifier, and prints how many agree.

    PYTHONPATH=test/second-verifier python3 test/second-verifier/vectors.py [file name …]
"""

import base64
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True
VECTORS = HERE.parent.parent / "docs" / "spec" / "vectors"

from goodorder_verify import cbor, merkle  # noqa: E402
from goodorder_verify.cbor import Fault  # noqa: E402
from goodorder_verify.credential import read_credential  # noqa: E402
from goodorder_verify.keys import Key, read_key  # noqa: E402
from goodorder_verify.merge import MergeFault, merge, unite  # noqa: E402
from goodorder_verify.notes import evaluate, read_note, read_receipt  # noqa: E402
from goodorder_verify.openings import field_digest, read_opening  # noqa: E402
from goodorder_verify.passport import DEFAULT_LIMIT  # noqa: E402
from goodorder_verify.policy import PolicyFault, parse_policy  # noqa: E402
from goodorder_verify.record import read_record  # noqa: E402
from goodorder_verify.signatures import ed25519_point_ok, ed25519_verify, p256_on_curve, p256_verify  # noqa: E402
from goodorder_verify.strictjson import JsonFault, base64_padded, base64url, instant, parse  # noqa: E402
from goodorder_verify.subjects import judge_subject, party_kind  # noqa: E402
from goodorder_verify.trustfile import TrustFault, read_trust  # noqa: E402
from goodorder_verify.verify import verify  # noqa: E402


def multiset(findings):
    return sorted(json.dumps(f, sort_keys=True, ensure_ascii=False) for f in findings)


def compact(**members):
    return {name: value for name, value in members.items() if value is not None}


def encoding(case):
    if "hex" in case:
        data = bytes.fromhex(case["hex"])
    else:
        start = bytes.fromhex(case["start"])
        data = start + bytes.fromhex(case["fill"]) * (case["length"] - len(start))
    try:
        cbor.scan_whole(data, 0, len(data))
        cbor.decode(data, 0)
        return {"ok": True}
    except Fault as fault:
        return {"ok": False, "code": fault.code, "offset": fault.offset}


def subjects(case):
    if case["as"] == "party":
        kind = party_kind(case["text"])
        return {"ok": True, "kind": kind} if kind else {"ok": False}
    kind, code = judge_subject(case["text"])
    return {"ok": False, "code": code} if code else {"ok": True, "kind": kind}


def keys(case):
    key = read_key(bytes.fromhex(case["hex"]))
    if isinstance(key, Fault):
        return {"ok": False, "code": key.code, "offset": key.offset}
    return {"ok": True, "kty": key.kty, "kid": key.kid.hex()}


def signatures(case):
    x = bytes.fromhex(case["x"])
    message, signature = bytes.fromhex(case["message"]), bytes.fromhex(case["signature"])
    if case["alg"] == -19:
        key = {1: 1, -1: 6, -2: x}
    else:
        key = {1: 2, -1: 1, -2: x, -3: bytes.fromhex(case["y"])}
    read = read_key(cbor.encode(key))
    if isinstance(read, Fault):
        return {"result": read.code}
    return {"result": read.verify(case["alg"], message, signature)}


def merkle_case(case):
    if "leaves" in case:
        return {"root": merkle.tree_hash([bytes.fromhex(leaf) for leaf in case["leaves"]]).hex()}
    return {"holds": merkle.inclusion_holds(bytes.fromhex(case["leafHash"]), case["index"], case["size"],
                                            [bytes.fromhex(p) for p in case["path"]], bytes.fromhex(case["root"]))}


def records(case):
    record = read_record(bytes.fromhex(case["hex"]))
    findings = [compact(code=code, path=path, offset=offset) for code, path, offset in record.findings]
    out = {"reading": record.reading, "id": record.id, "findings": findings}
    if record.statement_hash is not None:
        out["statementHash"] = record.statement_hash.hex()
    return out


def strict_json(case):
    try:
        parse(base64.b64decode(case["base64"]))
        return {"ok": True}
    except JsonFault as fault:
        return {"ok": False, "code": fault.code}


def instants(case):
    read = instant(case["text"])
    return {"instant": {"utcS": read[0], "offsetMin": read[1]} if read else None}


def base64_case(case):
    both = {"base64": base64_padded(case["text"]), "base64url": base64url(case["text"])}
    return {name: None if value is None else value.hex() for name, value in both.items()}


def field_digests(case):
    parts = [bytes.fromhex(case["kid"]), case["sub"], bytes.fromhex(case["salt"]), case["path"]]
    return {"digest": field_digest(*parts, bytes.fromhex(case["value"])).hex()}


def openings(case):
    opening = read_opening(bytes.fromhex(case["hex"]))
    if isinstance(opening, Fault):
        return {"ok": False, "code": opening.code, "offset": opening.offset}
    return {"ok": True}


def credentials(case):
    credential = read_credential(bytes.fromhex(case["hex"]))
    findings = [compact(code=code, path=path, offset=offset) for code, path, offset in credential.findings]
    return {"ok": credential.readable, "id": credential.id, "findings": findings}


def receipts(case):
    receipt = read_receipt(bytes.fromhex(case["hex"]))
    return {"ok": False, "offset": receipt} if isinstance(receipt, int) else {"ok": True}


def policies(case):
    try:
        policy = parse_policy(case["policy"])
    except PolicyFault:
        return {"ok": False, "code": "trust.malformed"}

    def times(witnesses):
        spoken = {key.public: 100 * ("abcd".index(key.name[0]) + 1) for key in witnesses}
        interval = policy.interval(spoken)
        return {"lower": interval[0], "upper": interval[1]} if interval else None

    return {"ok": True, "logs": len(policy.logs), "witnesses": len(policy.witnesses),
            "timeIfAllSpoke": times(policy.witnesses), "timeIfFirstIsSilent": times(policy.witnesses[1:])}


def notes(case, document):
    policy = parse_policy(json.loads(re.search(r'The policy: (".*")$', document["about"]).group(1)))
    at = int(re.search(r"policy at (\d+)", document["about"]).group(1))
    note = read_note(base64.b64decode(case["note"]))
    out = {"hash": note.hash.hex()}
    if not note.well_formed:
        return {**out, "status": "malformed", "time": None, "findings": [{"code": "note.malformed", "offset": note.fault}]}
    said = evaluate(note, policy, at, frozenset())
    time = {"lower": said.time[0], "upper": said.time[1]} if said.time else None
    return {**out, "status": said.status, "time": time, "findings": [{"code": code} for code in said.codes],
            "statement": note.statement, "origin": note.origin}


def trust_files(case):
    try:
        trust = read_trust(case["text"].encode("utf-8"))
    except JsonFault as fault:
        return {"ok": False, "code": fault.code}
    except TrustFault:
        return {"ok": False, "code": "trust.malformed"}
    return {"ok": True, "sha256": trust.sha256, "sequence": trust.sequence, "issued": trust.issued,
            "nextUpdate": trust.next_update, "kids": [authority.key.hex() for authority in trust.authorities],
            "revoked": {kid.hex(): since for kid, since in trust.revoked}}


def passports(case):
    trust = None if case["trust"] is None else read_trust(case["trust"].encode("utf-8"))
    report = verify(base64.b64decode(case["passport"]), trust, case["at"], case.get("trustMinSequence"),
                    case.get("limit", DEFAULT_LIMIT))
    return {"expected": report}


def merges(case):
    try:
        output, left = merge([base64.b64decode(data) for data in case["inputs"]])
    except MergeFault as fault:
        return {"ok": False, "code": fault.code}
    return {"ok": True, "output": base64.b64encode(output).decode(),
            "leftOut": multiset({"code": code, "member": member, "sha256": sha256} for code, member, sha256 in left)}


def volumes(case):
    try:
        united, irregular = unite([base64.b64decode(data) for data in case["volumes"]])
    except MergeFault as fault:
        return {"ok": False, "code": fault.code}
    if united is None:
        return {"ok": False, "irregular": irregular}
    return {"ok": True, "united": base64.b64encode(united).decode()}


RUNNERS = {
    "volumes.json": volumes,
    "merges.json": merges,
    "strict-json.json": strict_json,
    "instants.json": instants,
    "base64.json": base64_case,
    "field-digests.json": field_digests,
    "openings.json": openings,
    "credentials.json": credentials,
    "receipts.json": receipts,
    "policies.json": policies,
    "notes.json": notes,
    "trust-files.json": trust_files,
    "records.json": records,
    "encoding.json": encoding,
    "subjects.json": subjects,
    "keys.json": keys,
    "signatures.json": signatures,
    "merkle.json": merkle_case,
}

def differences(want, got, place):
    """Where two JSON values part."""
    if isinstance(want, dict) and isinstance(got, dict):
        for key in sorted(set(want) | set(got)):
            yield from differences(want.get(key), got.get(key), f"{place}.{key}" if place else key)
    elif isinstance(want, list) and isinstance(got, list) and want != got:
        if all(isinstance(item, str) for item in want + got):
            yield place, [item for item in want if item not in got], [item for item in got if item not in want]
        elif len(want) == len(got):
            for i, (a, b) in enumerate(zip(want, got)):
                yield from differences(a, b, f"{place}[{i}]")
        else:
            yield place, want, got
    elif want != got:
        yield place, want, got


PASSPORTS = re.compile(r"passports-\w+\.json")


def run(name, runner, show):
    document = json.loads((VECTORS / name).read_text(encoding="utf-8"))
    wrong = 0
    for case in document["cases"]:
        actual = runner(case) if runner.__code__.co_argcount == 1 else runner(case, document)
        expected = {key: case[key] for key in case if key in actual or key in ("code", "offset", "ok")}
        for side in (actual, expected, actual.get("expected", {}), expected.get("expected", {})):
            for member in ("findings", "leftOut"):
                if isinstance(side.get(member), list) and side[member] and isinstance(side[member][0], dict):
                    side[member] = multiset(side[member])
        if actual != expected:
            wrong += 1
            if wrong <= show:
                print(f"  {name}: {case['name']}")
                for place, want, got in differences(expected, actual, ""):
                    print(f"    {place}: expected {want}, got {got}")
    total = len(document["cases"])
    print(f"{name}: {total - wrong} of {total} agree")
    return total, wrong


def record_fixtures():
    """The records of fixtures/records: id, statement hash and codes as their authors state them."""
    total = wrong = 0
    for path in sorted((VECTORS.parents[2] / "fixtures" / "records").glob("*/*/*.cbor")):
        expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        record = read_record(path.read_bytes())
        findings = [compact(code=code, path=place, offset=offset) for code, place, offset in record.findings]
        total += 1
        same_text = expected.get("statementHash") in (None, record.statement_hash.hex())
        if record.id != expected["id"] or not same_text or multiset(findings) != multiset(expected["expect"]):
            wrong += 1
            print(f"  {path.name}: expected {expected}, got {findings}")
    print(f"fixtures/records: {total - wrong} of {total} agree")
    return total, wrong


def main():
    names = sys.argv[1:] or sorted(path.name for path in VECTORS.glob("*.json"))
    total = wrong = 0
    for name in names:
        runner = passports if PASSPORTS.fullmatch(name) else RUNNERS.get(name)
        if runner is None:
            print(f"{name}: no runner")
            wrong += 1
            continue
        count, bad = run(name, runner, 10)
        total += count
        wrong += bad
    if not sys.argv[1:]:
        count, bad = record_fixtures()
        total += count
        wrong += bad
    print(f"all: {total - wrong} of {total} agree")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

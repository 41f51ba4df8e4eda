"""Fields of a payload against its type's page, and the rules across fields (docs/spec/record.md, records/README.md)."""

from . import cbor, merkle
from .cbor import MAX_SAFE, is_hash, is_int
from .paths import write
from .subjects import KEY, is_party, is_subject


class Findings:
    """Of one place and one code there is one finding."""

    def __init__(self):
        self.list = []
        self._seen = set()

    def add(self, code, path, offset):
        if (code, path) not in self._seen:
            self._seen.add((code, path))
            self.list.append((code, path, offset))


def fits(spec, node, steps, out, newer, code="schema.value"):
    """Judges one value; adds findings at it and inside it."""
    kind = spec.kind
    if node.kind == "null" and spec.nullable:
        return
    bad = lambda: out.add(code, write(steps), node.at)  # noqa: E731
    if kind == "map":
        judge_map(spec, node, steps, out, newer)
    elif kind == "list":
        if node.kind != "array" or (spec.high is not None and len(node.value) > spec.high):
            bad()
            return
        if len(node.value) < spec.low:
            bad()
        for i, item in enumerate(node.value):
            fits(spec.of, item, steps + [i], out, newer)
    elif kind == "tuple":
        if node.kind != "array" or len(node.value) < len(spec.of):
            bad()
            return
        if len(node.value) > len(spec.of):
            bad()
        for i, item in enumerate(node.value[:len(spec.of)]):
            fits(spec.of[i], item, steps + [i], out, newer)
    elif kind == "digest":
        if node.kind != "array" or len(node.value) < 2:
            bad()
            return
        if len(node.value) > 2:
            bad()
        if not is_int(node.value[0], -16, -16):
            out.add(code, write(steps + [0]), node.value[0].at)
        if not is_hash(node.value[1]):
            out.add(code, write(steps + [1]), node.value[1].at)
    elif kind == "recording":
        _recording(spec, node, steps, out, newer)
    elif kind == "legs":
        if node.kind == "text" and node.value == "all":
            return
        if node.kind != "array" or any(item.kind != "text" for item in node.value):
            bad()
            return
        fits(spec.of, node, steps, out, newer)
    elif not _scalar_fits(spec, node):
        bad()


def _scalar_fits(spec, node):
    kind = spec.kind
    if kind == "int":
        low = -MAX_SAFE if spec.low is None else spec.low
        return is_int(node, low, MAX_SAFE if spec.high is None else spec.high)
    if kind == "text":
        return node.kind == "text" and spec.low <= node.end - node.start <= spec.high
    if kind == "bytes":
        return node.kind == "bytes" and spec.low <= len(node.value) <= spec.high
    if kind == "bool":
        return node.kind == "bool"
    if kind == "true":
        return node.kind == "bool" and node.value
    if kind in ("hash", "private"):
        return is_hash(node)
    if kind == "word":
        return node.kind == "text" and node.value in spec.words
    if kind == "party":
        return node.kind == "text" and is_party(node.value)
    if kind == "subject":
        return node.kind == "text" and is_subject(node.value)
    if kind == "pattern":
        return node.kind == "text" and spec.of.fullmatch(node.value) is not None
    if kind == "extension":
        return node.kind == "map" and not node.has_int_key()
    raise ValueError(kind)


def judge_map(spec, node, steps, out, newer):
    if node.kind != "map" or (steps and node.has_int_key()) or (spec.filled and not node.value):
        out.add("schema.value", write(steps), node.at)
        return
    for name, _, value in node.value:
        if type(name) is int:
            continue  # of the root: judged by the caller
        if name in spec.fields:
            fits(spec.fields[name][1], value, steps + [name], out, newer)
        elif not newer:
            out.add("schema.unknown-key", write(steps + [name]), value.at)
    for name, (required, _) in spec.fields.items():
        if required and node.get(name) is None:
            out.add("schema.missing", write(steps + [name]), node.at)


def _recording(spec, node, steps, out, newer):
    if node.kind != "map" or node.has_int_key():
        out.add("schema.value", write(steps), node.at)
        return
    mode = node.get("mode")
    if mode is None:
        out.add("schema.missing", write(steps + ["mode"]), node.at)
        return
    if mode.kind != "text" or mode.value not in ("continuous", "triggered"):
        out.add("schema.value", write(steps + ["mode"]), mode.at)
        return
    allowed = {"mode"}
    if mode.value == "triggered":
        allowed.add("thresholdMilliG")
        threshold = node.get("thresholdMilliG")
        if threshold is None:
            out.add("schema.missing", write(steps + ["thresholdMilliG"]), node.at)
        else:
            fits(spec.of, threshold, steps + ["thresholdMilliG"], out, newer)
    for name, _, value in node.value:
        if name not in allowed and not newer:
            out.add("schema.unknown-key", write(steps + [name]), value.at)


# ---- Rules across fields ------------------------------------------------------------------------------------------


class Across:
    """The rules across fields of one payload whose fields fit."""

    def __init__(self, root, sub, out):
        self.root = root
        self.p = cbor.plain(root)
        self.sub = sub
        self.out = out

    def broken(self, code, *steps):
        node = self.root
        for step in steps:
            inner = None
            if isinstance(step, str) and node.kind == "map":
                inner = node.get(step)
            elif isinstance(step, int) and node.kind == "array" and step < len(node.value):
                inner = node.value[step]
            if inner is None:
                break
            node = inner
        self.out.add(code, write(list(steps)), node.at)

    def value(self, *steps):
        self.broken("schema.value", *steps)

    def missing(self, *steps):
        self.broken("schema.missing", *steps)


def ascending(values):
    return all(a < b for a, b in zip(values, values[1:]))


def _before(a, b):
    return a["utcS"] < b["utcS"]


def _acknowledgement(a):
    if not ascending(a.p["received"]):
        a.value("received")


def _agreement(a):
    p = a.p
    parties = p["parties"]
    if len(set(parties)) != len(parties):
        a.value("parties")
    for i, entry in enumerate(p.get("capacityOf", [])):
        if entry["party"] not in parties:
            a.value("capacityOf", i, "party")
    for i, entry in enumerate(p.get("undertakings", [])):
        if entry["by"] not in parties:
            a.value("undertakings", i, "by")
    for name in ("fragility", "handlingEnvelope"):
        axes = [entry["axis"] for entry in p.get(name, [])]
        if len(set(axes)) != len(axes):
            a.value(name)
    cap = p.get("liabilityCap")
    if cap is not None:
        if ("times" in cap) == ("rateMinor" in cap):
            a.value("liabilityCap")
        if "rateMinor" in cap and "currency" not in cap:
            a.missing("liabilityCap", "currency")
    if "currency" not in p and any(n in p for n in ("valueDeclaredMinor", "freightMinor", "insuredMinor")):
        a.missing("currency")
    if "unitPriceMinor" in p.get("goods", {}) and "currency" not in p["goods"]:
        a.missing("goods", "currency")


def _issued(a):
    if _before(a.p["issuedAt"], a.p["checkedAt"]):
        a.value("issuedAt")


def _commission(a):
    if "materials" not in a.p and "materialsReference" not in a.p:
        a.missing("materials")
    if a.sub.startswith("urn:uuid:"):
        for name in ("manufacturer", "serial", "selfIssued"):
            if name not in a.p:
                a.missing(name)


def _span(a):
    if _before(a.p["to"], a.p["from"]):
        a.value("to")


def _handover(a):
    p = a.p
    if p["from"] == p["to"] and p["fromCapacity"] == p["toCapacity"]:
        a.value("to")
    if p["toCapacity"] in ("carrier", "contracting-carrier", "operator"):
        for name in ("leg", "mode"):
            if name not in p:
                a.missing(name)


def _inspection(a):
    _issued(a)
    seen = set()
    for i, check in enumerate(a.p.get("checks", [])):
        if check["id"] in seen:
            a.value("checks", i, "id")
        seen.add(check["id"])


def _key_event(a):
    p = a.p
    if a.sub != KEY + p["key"].hex():
        a.broken("keyevent.sub", "key")
    if p["action"] == "revoke":
        required, refused = "suspectFrom", ("nextKey",)
    else:
        required, refused = "nextKey", ("suspectFrom", "lastGood")
    if required not in p:
        a.missing(required)
    for name in refused:
        if name in p:
            a.broken("schema.unknown-key", name)


def _manifest(a):
    p = a.p
    ids, withheld = p["ids"], [entry["id"] for entry in p["withheld"]]
    both = True
    for name, values in (("ids", ids), ("withheld", withheld)):
        if not ascending(values):
            both = False
            a.broken("manifest.shape", name)
    if len(ids) + len(withheld) > 1024 or (both and set(ids) & set(withheld)):
        a.broken("manifest.shape", "withheld")
    for i, entry in enumerate(p["withheld"]):
        if "at" not in entry and entry["reason"] != "not-held":
            a.broken("manifest.shape", "withheld", i, "at")
    heads = p["heads"]
    if not ascending([head[0] for head in heads]) or sum(len(head[1]) for head in heads) > 256:
        a.broken("manifest.shape", "heads")
    for i, head in enumerate(heads):
        if not head[1] or not ascending([pair[0] for pair in head[1]]):
            a.broken("manifest.shape", "heads", i)
    part = p.get("part", [1, 1])
    if part[0] > part[1]:
        a.broken("manifest.shape", "part")
    if (part[0] > 1) != ("continues" in p):
        a.broken("manifest.shape", "continues")
    if p["count"] != len(ids):
        a.broken("manifest.root", "count")
    elif p["root"] != merkle.tree_hash(ids):
        a.broken("manifest.root", "root")


def _media(a):
    _span(a)
    p = a.p
    if len(set(p["coverage"])) != len(p["coverage"]):
        a.value("coverage")
    for i, entry in enumerate(p["identified"]):
        if entry["what"] == "waybill" and "shown" in entry:
            a.value("identified", i, "shown")
        if entry["what"] != "waybill" and "waybill" in entry:
            a.value("identified", i, "waybill")
    seen = set()
    for i, entry in enumerate(p["files"]):
        digest = entry["sha256"][1]
        if digest in seen:
            a.value("files", i, "sha256")
        seen.add(digest)


def _notice(a):
    if _before(a.p["raisedAt"], a.p["discoveredAt"]):
        a.value("raisedAt")


_UNITS = {"temperature": "milliC", "humidity": "rhPermille", "acceleration": "milliG", "tilt": "milliDeg",
          "light": "lux", "pressure": "pascal"}


def _sensor_batch(a):
    _span(a)
    p = a.p
    start, end = p["from"]["utcS"], p["to"]["utcS"]
    within = lambda instant: start <= instant["utcS"] <= end  # noqa: E731
    if p["unit"] != _UNITS[p["quantity"]]:
        a.value("unit")
    for name in ("min", "max"):
        if p["sampleCount"] > 0 and name not in p:
            a.missing(name)
        if p["sampleCount"] == 0 and name in p:
            a.value(name)
    if "min" in p and "max" in p and p["min"] > p["max"]:
        a.value("max")
    for name in ("gaps", "excursions"):
        for i, entry in enumerate(p.get(name, [])):
            if _before(entry["to"], entry["from"]) or not within(entry["from"]) or not within(entry["to"]):
                a.value(name, i)
    for name in ("exceedances", "pulses"):
        for i, entry in enumerate(p.get(name, [])):
            if p["quantity"] != "acceleration" or not within(entry["at"]):
                a.value(name, i, "at")
    ordered = "min" in p and "max" in p and p["min"] <= p["max"]
    for name in ("mean", "kineticMean"):
        if name not in p or (p["sampleCount"] > 0 and not ordered):
            continue
        within_extremes = ordered and p["min"] <= p[name] <= p["max"]
        if not within_extremes or (name == "kineticMean" and p["quantity"] != "temperature"):
            a.value(name)
    signature = p.get("deviceSignature")
    if signature is not None and ("key" in signature) == (signature["verdict"] == "absent"):
        if "key" in signature:
            a.value("deviceSignature", "key")
        else:
            a.missing("deviceSignature", "key")
    told = p.get("readOut")
    if told is not None and told["refused"] + told["events"] > told["rows"]:
        a.value("readOut", "rows")
    samples = p.get("samples")
    if samples is None:
        return
    if len(samples) != p["sampleCount"]:
        a.value("sampleCount")
        return
    for i in range(1, len(samples)):
        if samples[i][0] < samples[i - 1][0]:
            a.value("samples", i)
    if samples:
        values = [value for sample in samples for value in sample[1:]]
        for name, right in (("min", min(values)), ("max", max(values))):
            if p.get(name) != right:
                a.value(name)
    if p["root"] != merkle.tree_hash([cbor.encode(sample) for sample in samples]):
        a.value("root")


def _statement(a):
    about = a.p["about"]
    if sum(name in about for name in ("party", "record", "item")) != 1:
        a.value("about")


ACROSS = {
    "acknowledgement": _acknowledgement,
    "agreement": _agreement,
    "authentication": _issued,
    "commission": _commission,
    "disclosure": _span,
    "handover": _handover,
    "inspection": _inspection,
    "key-event": _key_event,
    "manifest": _manifest,
    "media": _media,
    "notice": _notice,
    "sensor-batch": _sensor_batch,
    "statement": _statement,
}


def judge_payload(record_type, root, sub, known, out):
    """`record_type` None: a type without a page. `known`: kid, iss and sub could be read. Returns the revision, or None."""
    first = root.at
    fields = Findings()
    revision = None
    node = root.get(0)
    if node is None:
        out.add("schema.missing", "0", first)
    elif not is_int(node, 1):
        out.add("schema.value", "0", first)
    else:
        revision = node.value
    if record_type is None:
        out.add("record.type-unknown", None, None)
        return revision
    newer = revision is not None and revision > record_type.revision
    if newer:
        out.add("record.newer-revision", None, None)
    else:
        for name, _, _ in root.value:
            if type(name) is int and name != 0:
                out.add("schema.unknown-key", str(name), first)
    judge_map(record_type.root, root, [], fields, newer)
    for finding in fields.list:
        out.add(*finding)
    if not fields.list and known and record_type.name in ACROSS:
        ACROSS[record_type.name](Across(root, sub, out))
    return revision

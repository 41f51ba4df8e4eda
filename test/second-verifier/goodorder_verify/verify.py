"""The whole verification and its report (docs/spec/verification.md)."""

import hashlib

from . import codes, contradictions
from .binding import Grants, Revocations, bind
from .graph import Graph, judge_countersigns, judge_sensor_batches
from .holding import Finding, Holding
from .manifests import Manifests
from .notes import evaluate
from .passport import DEFAULT_LIMIT, NAMES, Fatal, walk
from .times import Times


class _NoPolicy:
    """Without a policy no key is known."""

    logs = ()
    witnesses = ()
    quorum = "none"


def verify(data, trust, at, trust_min_sequence=None, limit=DEFAULT_LIMIT):
    """The report on the bytes of a passport. `trust`: a Trust or None."""
    try:
        walked = walk(data, limit)
    except Fatal as fatal:
        return _not_readable(data, fatal, trust, at, trust_min_sequence)
    return _Verification(Holding(walked), data, trust, at, trust_min_sequence).report()


def _trust_findings(trust, at, least):
    if trust is None:
        return [Finding("trust.none")]
    found = []
    if at > trust.next_update:
        found.append(Finding("trust.stale"))
    if least is not None and trust.sequence < least:
        found.append(Finding("trust.sequence-too-old"))
    return found


class _Verification:
    def __init__(self, holding, data, trust, at, least):
        self.holding, self.data, self.trust, self.at = holding, data, trust, at
        self.graph = Graph(holding)
        self._notes()
        self.times = Times(self.graph, self.evaluations, at)
        self.graph.judge_links()
        self.graph.build_chains()
        self.graph.judge_chains()
        self._bindings()
        Manifests(self.graph, self.evaluations, self._trusted_party).judge()
        judge_countersigns(holding)
        judge_sensor_batches(holding)
        self.times.judge()
        holding.findings += _trust_findings(trust, at, least)
        self.about = [held for held in holding.readable if holding.verified(held) and held.read.sub == holding.item]
        if trust is not None and not any(self.bound[held.read.id].binding == "path" for held in self.about):
            holding.findings.append(Finding("trust.no-path", None, 0))

    # ---- 7

    def _notes(self):
        holding = self.holding
        policy = self.trust.policy if self.trust else None
        found = contradictions.find(holding, policy)
        for code, _, _ in found:
            holding.findings.append(Finding(code))
        excluded = frozenset(public for _, public, _ in found)
        self.evaluations = {}
        for held in holding.notes:
            if held.read.well_formed:
                said = evaluate(held.read, policy or _NoPolicy, self.at, excluded)
                self.evaluations[held.read.hash] = said
                for code in said.codes:
                    holding.at_element(code, held)
        for held in holding.proven:
            if self.evaluations[held.read.note].status != "ok":
                holding.at_element("receipt.origin", held)
        for held in holding.tokens:
            holding.at_element("token.not-checked", held)

    # ---- 10

    def _bindings(self):
        holding = self.holding
        revocations = Revocations(holding, self.graph, self.times, self.trust)
        for code, held in revocations.findings:
            holding.at_record(code, held)
        self.grants = Grants(holding, self.trust, revocations.disputed_credentials)
        for code, held in self.grants.ignored:
            holding.at_element(code, held)
        verified = [held for held in holding.readable if held.state == "verified"]
        signed_as = {}
        for held in verified:
            signed_as.setdefault(held.read.kid, set()).add(held.read.iss)
        self.bound, self.disputed = {}, {}
        for held in verified:
            record = held.read
            bound = bind(record, self.times.interval(held).upper, self.grants, signed_as[record.kid])
            self.bound[record.id] = bound
            for code in bound.codes:
                holding.at_record(code, held)
            dispute = revocations.dispute(held)
            if dispute:
                self.disputed[record.id] = dispute
                holding.at_record(dispute, held)

    def _trusted_party(self, statement):
        record = statement.lead
        bound = self.bound.get(record.id)
        return record.iss if bound and bound.trusted and record.id not in self.disputed else None

    # ---- the report

    def _lowers(self, finding):
        if finding.record is None:
            return True
        held = self.holding.by_id.get(finding.record)
        return held is None or held.state == "failed" or bool(self.grants.of.get(held.read.kid))

    def report(self):
        holding = self.holding
        worst = {axis: 0 for axis in codes.AXES}
        of_record = {}
        for finding in holding.findings:
            axis, rank = codes.axis(finding.code), codes.rank(finding.code)
            if self._lowers(finding):
                worst[axis] = max(worst[axis], rank)
            if finding.record:
                answers = of_record.setdefault(finding.record, {axis: 0 for axis in codes.AXES})
                answers[axis] = max(answers[axis], rank)
        answers = {axis: _answer(rank) for axis, rank in worst.items()}
        trusted = any(self.bound[held.read.id].trusted for held in self.about)
        if "failed" in answers.values():
            verdict = "TOTAL-FAILED"
        elif "limited" in answers.values() or not trusted:
            verdict = "INDETERMINATE"
        else:
            verdict = "TOTAL-PASSED"
        self._pinning()
        records = []
        for number, held in enumerate(self.graph.display_order(), 1):
            records.append(self._record(number, held, of_record.get(held.read.id, {})))
        elements = {NAMES[member]: len(holding.walked.members[member]) for member in NAMES}
        out = _head(self.data, holding.item, self.trust, self.at, verdict, answers, elements)
        out["records"] = records
        _list_findings(out, holding.findings, self._lowers)
        out["wouldLeaveOut"] = sum(not held.kept for held in holding.all)
        return out

    def _pinning(self):
        """By statement: is it pinned by the log, and by which trusted parties."""
        logged = 0
        for held in self.holding.proven:
            statement = self.graph.by_id.get(held.read.id)
            if statement is not None and self.evaluations[held.read.note].status == "ok":
                logged |= 1 << statement.number | statement.ancestors
        self.logged = logged
        self.pinned_by_party = {}
        for s in self.graph.statements:
            party = self._trusted_party(s)
            if party is not None:
                self.pinned_by_party[party] = self.pinned_by_party.get(party, 0) | s.ancestors

    def _pinned_by(self, held):
        statement = self.graph.by_id.get(bytes.fromhex(held.read.id))
        if statement is None:
            return []
        found = ["log"] if self.logged >> statement.number & 1 else []
        if any(bits >> statement.number & 1 for party, bits in self.pinned_by_party.items() if party != held.read.iss):
            found.append("record")
        return found

    def _standing(self, held):
        record = held.read
        if not self.holding.verified(held) or record.known_type is None:
            return "none"
        if {"iss.not-bound", "credential.disputed"} & set(self.bound[record.id].codes):
            return "none"
        dispute = self.disputed.get(record.id)
        if dispute == "key.disputed":
            return "none"
        s = self.graph.by_id[bytes.fromhex(record.id)]
        if dispute or s.forked or s.badly_linked or s.beyond_gap:
            return "adverse-only"
        return "full"

    def _state(self, held, bound):
        record = held.read
        if held.state == "failed" or record.reading == "faulty":
            return "invalid"
        if held.state == "unchecked" or record.reading == "unsupported":
            return "unchecked"
        return "trusted" if bound and bound.trusted else "valid"

    def _record(self, number, held, ranks):
        record = held.read
        bound = self.bound.get(record.id)
        time = self.times.interval(held)
        statement = self.graph.by_id.get(bytes.fromhex(record.id))
        pins = []
        if statement is not None:
            for target in statement.pins:
                pins += [twin.read.id for twin in self.graph.statements[target].helds[:16]]
        binding = bound.binding if bound else "none"
        return {
            "number": number,
            "id": record.id,
            "offset": held.element.offset,
            "length": len(held.element.data),
            "state": self._state(held, bound),
            "standing": self._standing(held),
            "claimed": {
                "type": record.type,
                "revision": record.revision if record.sound else 0,
                "iss": record.iss,
                "sub": record.sub,
                "iat": record.iat,
                "seq": record.link.seq if record.link else 0,
            },
            "verified": {
                "kid": record.kid.hex(),
                "statementHash": record.statement_hash.hex(),
                "party": None if binding == "none" else record.iss,
                "binding": binding,
                "roles": bound.roles if bound else [],
                "rolePermitted": bound.role_permitted if bound else False,
                "accreditation": bound.accreditation if bound else None,
                "time": {
                    "lower": time.lower,
                    "upper": time.upper,
                    "lowerFrom": time.lower_from,
                    "upperFrom": time.upper_from,
                    "widthS": None if time.lower is None else time.upper - time.lower,
                },
                "pins": sorted(pins),
                "pinnedBy": self._pinned_by(held),
                "answers": {axis: _answer(ranks.get(axis, 0)) for axis in codes.AXES},
            },
        }


def _answer(rank):
    return "failed" if rank == 4 else "limited" if rank == 3 else "passed"


def _head(data, item, trust, at, verdict, answers, elements):
    return {
        "verdict": verdict,
        "passport": {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "item": item},
        "at": at,
        "trust": None if trust is None else {
            "name": trust.name, "sha256": trust.sha256, "sequence": trust.sequence, "nextUpdate": trust.next_update},
        "answers": answers,
        "elements": elements,
    }


def _list_findings(out, findings, lowers):
    listed, counts = [], {}
    for finding in findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
        entry = {"code": finding.code, "axis": codes.axis(finding.code), "severity": codes.severity(finding.code),
                 "lowers": codes.rank(finding.code) >= 3 and lowers(finding)}
        for name in ("record", "member", "index", "offset", "path"):
            value = getattr(finding, name)
            if value is not None:
                entry[name] = value
        listed.append(entry)
    order = ("code", "record", "member", "index", "offset", "path")
    listed.sort(key=lambda entry: tuple(str(entry.get(name, "")) for name in order))
    out["findings"] = listed
    out["counts"] = dict(sorted(counts.items()))


def _not_readable(data, fatal, trust, at, least):
    findings = [Finding(fatal.code, None, fatal.member, fatal.index, fatal.offset)] + _trust_findings(trust, at, least)
    worst = {axis: 0 for axis in codes.AXES}
    for finding in findings:
        axis = codes.axis(finding.code)
        worst[axis] = max(worst[axis], codes.rank(finding.code))
    answers = {axis: _answer(rank) for axis, rank in worst.items()}
    out = _head(data, "", trust, at, "TOTAL-FAILED", answers, {NAMES[member]: 0 for member in NAMES})
    out["records"] = []
    _list_findings(out, findings, lambda finding: True)
    out["wouldLeaveOut"] = 0
    return out

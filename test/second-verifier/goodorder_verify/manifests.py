"""Manifests, gaps explained, omissions (docs/spec/manifests.md)."""

import hashlib

from .merkle import tree_hash


class Manifest:
    def __init__(self, statement):
        self.statement = statement
        self.record = statement.lead
        self.values = self.record.values
        self.part = self.values.get("part", [1, 1])
        self.listed = self.values["ids"]
        self.withheld = [entry["id"] for entry in self.values["withheld"]]
        self.declared = self.listed + self.withheld

    @property
    def held(self):
        return self.statement.helds[0]


class Manifests:
    def __init__(self, graph, evaluations, trusted_party):
        self.graph, self.holding = graph, graph.holding
        self.evaluations = evaluations
        self.trusted_party = trusted_party  # of a statement, or None
        self.all = [Manifest(s) for s in graph.statements if s.verified and s.lead.sound and s.lead.type == "manifest"]
        self.by_statement = {m.statement.number: m for m in self.all}

    def at(self, code, manifest):
        self.holding.at_record(code, manifest.held)

    def name(self, identity):
        """One name for all twins."""
        statement = self.graph.by_id.get(identity)
        return identity if statement is None else statement.number

    def judge(self):
        self._series()
        for manifest in self.all:
            self._each(manifest)
        if not any(m.record.sub == self.holding.item for m in self.all):
            self.holding.findings.append(_bare("manifest.none"))
        self._gaps()
        for series in self.complete:
            self._silent(series)
            self._other_key(series)
            self._logged(series)

    def _series(self):
        group = {m.statement.number: {m.statement.number} for m in self.all}
        for b in self.all:
            before = self.graph.by_id.get(b.values.get("continues"))
            a = self.by_statement.get(before.number) if before is not None else None
            if a is None or a is b or a.record.kid != b.record.kid or a.record.sub != b.record.sub:
                continue
            if a.part[1] == b.part[1] and b.part[0] == a.part[0] + 1:
                joined = group[a.statement.number] | group[b.statement.number]
                for number in joined:
                    group[number] = joined
        self.complete = []
        for numbers in {frozenset(numbers) for numbers in group.values()}:
            parts = sorted((self.by_statement[n] for n in numbers), key=lambda m: (m.part[0], m.record.id))
            if {m.part[0] for m in parts} >= set(range(1, min(parts[0].part[1], len(parts) + 1) + 1)):
                self.complete.append(parts)
            else:
                self.at("manifest.part-absent", parts[-1])

    def _each(self, m):
        if any(i not in self.graph.by_id and i not in self.holding.credential_ids for i in m.listed):
            self.at("manifest.record-missing", m)
        as_of = m.values["asOf"]
        if as_of is not None and as_of not in self.holding.note_of:
            self.at("manifest.asof-absent", m)
        if "after" in m.values and not any(other.values["root"] == m.values["after"] for other in self.all):
            self.at("manifest.volume-absent", m)
        if any(self._unnamed(i, m) for i in m.withheld):
            self.at("manifest.withheld-unproven", m)

    def _unnamed(self, identity, m):
        if identity in self.graph.by_id:
            return False
        for s in self.graph.statements:
            if s.link and identity in s.link.seen:
                return False
            if s.lead.sound and s.lead.type == "acknowledgement" and identity in s.lead.values["received"]:
                return False
        return not any(identity in other.declared for other in self.all if other.record.kid != m.record.kid)

    def _gaps(self):
        explained = set()
        for m in self.all:
            if self.trusted_party(m.statement) is None or m.statement.forked or m.statement.badly_linked:
                continue
            for entry in m.values["withheld"]:
                if "at" in entry:
                    explained.add(tuple(entry["at"]))
        smallest = {}
        for (kid, sub), after, start, end in self.graph.gaps():
            subject = hashlib.sha256(sub.encode("utf-8")).digest()
            # A gap may be very long; more numbers than explanations cannot all be explained.
            if end - start < len(explained) and all((kid, subject, n) in explained for n in range(start, end + 1)):
                self.holding.at_record("chain.withheld", after.helds[0])
            else:
                self.holding.at_record("chain.gap", after.helds[0])
                smallest[(kid, sub)] = min(end, smallest.get((kid, sub), end))
        for key, end in smallest.items():
            for s in self.graph.chains[key]:
                if s.link.seq > end:
                    s.beyond_gap = True

    # ---- omissions

    def _mentions(self, s):
        found = list(s.link.seen) if s.link else []
        if s.lead.sound and s.lead.type == "acknowledgement":
            found += s.lead.values["received"]
        if s.lead.sound and s.lead.type == "manifest":
            values = s.lead.values
            found += values["ids"] + [entry["id"] for entry in values["withheld"]]
        return {self.name(i) for i in found if i not in self.holding.credential_ids}

    def _before(self, s):
        target = self.graph.by_hash.get(s.link.prev) if s.link else None
        return set() if target is None else {target.number}

    def _declared(self, series):
        names = {self.name(i) for m in series for i in m.declared}
        return names | {m.statement.number for m in series}

    def _silent(self, series):
        declared = self._declared(series)
        absent = any(i not in self.graph.by_id for m in series for i in m.declared)
        for m in series:
            own = m.statement
            known = {self.name(i) for i in own.link.seen if i not in self.holding.credential_ids}
            chain = self.graph.chains[(m.record.kid, m.record.sub)]
            told = [s for s in chain if s.link.seq < own.link.seq]
            for i in m.listed:
                s = self.graph.by_id.get(i)
                if s is not None and s.verified and s.lead.kid == m.record.kid:
                    told.append(s)
            for s in told:
                known |= self._mentions(s)
            if not absent:
                for s in [own] + told:
                    known |= self._before(s)
            if known - declared:
                self.at("manifest.silent-omission", m)

    def _other_key(self, series):
        declared = self._declared(series)
        for m in series:
            party = self.trusted_party(m.statement)
            if party is None:
                continue
            for s in self.graph.statements:
                if not s.verified or not s.link or s.lead.kid == m.record.kid or self.trusted_party(s) != party:
                    continue
                if self.graph.is_ancestor(s, m.statement) and self._mentions(s) - declared:
                    self.at("manifest.omission-other-key", m)

    def _logged(self, series):
        first = series[0]
        subject = hashlib.sha256(first.record.sub.encode("utf-8")).digest()
        about = {i for i, s in self.graph.by_id.items() if s.lead.sub == first.record.sub}
        withheld = {i for m in series for i in m.withheld}
        absent = {i for m in series for i in m.listed if i not in self.graph.by_id}
        declared = self._declared(series)
        for as_of in sorted({m.values["asOf"] for m in series if m.values["asOf"] is not None}):
            held = self.holding.note_of.get(as_of)
            if held is None or self.evaluations[as_of].status != "ok":
                continue
            note = held.read
            if note.statement != "subject-answer" or note.subject != subject:
                continue
            found = self._answered(note, about, withheld, absent)
            for i in found or ():
                s = self.graph.by_id.get(i)
                if s is not None and self.trusted_party(s) is not None and self.name(i) not in declared:
                    self.at("manifest.logged-omission", first)
                    return

    def _answered(self, note, about, withheld, absent):
        logged = set()
        for held in self.holding.proven:
            receipt, under = held.read, held.extra.read
            if receipt.id in about and receipt.index < note.size and under.origin == note.origin:
                if self.evaluations[under.hash].status == "ok":
                    logged.add(receipt.id)
        for base in (logged, about):
            for more in (set(), withheld, withheld | absent):
                ids = sorted(base | more)
                if len(ids) == note.count and tree_hash(ids) == note.root:
                    return ids
        return None


def _bare(code):
    from .holding import Finding
    return Finding(code)

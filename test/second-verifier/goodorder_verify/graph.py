"""Statements, pins, links, chains, gaps and forks (docs/spec/graph.md)."""

import heapq


class Statement:
    def __init__(self, hash_):
        self.hash = hash_
        self.helds = []
        self.pins = set()  # numbers of statements
        self.pinned_by = set()
        self.ancestors = 0  # bits
        self.forked = self.badly_linked = self.beyond_gap = False
        self.fork_findings = []

    @property
    def lead(self):
        return self.helds[0].read

    @property
    def link(self):
        return self.lead.link

    @property
    def verified(self):
        return self.helds[0].state == "verified"

    @property
    def seq(self):
        return self.link.seq if self.link else 0


class Graph:
    def __init__(self, holding):
        self.holding = holding
        by_hash = {}
        for held in holding.readable:
            if held.state in ("verified", "unchecked"):
                by_hash.setdefault(held.read.statement_hash, Statement(held.read.statement_hash)).helds.append(held)
        for statement in by_hash.values():
            statement.helds.sort(key=lambda held: held.read.id)
        self.statements = sorted(by_hash.values(), key=lambda statement: statement.lead.id)
        for number, statement in enumerate(self.statements):
            statement.number = number
        self.by_hash = by_hash
        self.by_id = {bytes.fromhex(held.read.id): statement for statement in self.statements for held in statement.helds}
        self._pins()
        self._order()

    def committed(self, statement):
        """Ids that a statement commits to by seen, received or ids."""
        record = statement.lead
        ids = list(record.link.seen) if record.link else []
        if record.sound and record.type == "acknowledgement":
            ids += record.values["received"]
        if record.sound and record.type == "manifest":
            ids += record.values["ids"]
        return ids

    def _pins(self):
        for statement in self.statements:
            targets = [self.by_id.get(identity) for identity in self.committed(statement)]
            if statement.link:
                targets += [self.by_hash.get(statement.link.prev), self.by_hash.get(statement.link.lane)]
            for target in targets:
                if target is not None and target is not statement:
                    statement.pins.add(target.number)
                    target.pinned_by.add(statement.number)

    def _order(self):
        """Topological order, pinned ones first; and ancestors."""
        waiting = {s.number: len(s.pins) for s in self.statements}
        ready = [number for number, count in waiting.items() if count == 0]
        self.topological = []
        while ready:
            statement = self.statements[ready.pop()]
            self.topological.append(statement)
            for number in statement.pins:
                statement.ancestors |= 1 << number | self.statements[number].ancestors
            for number in statement.pinned_by:
                waiting[number] -= 1
                if waiting[number] == 0:
                    ready.append(number)

    def is_ancestor(self, earlier, later):
        return bool(later.ancestors >> earlier.number & 1)

    def display_order(self):
        heap = []
        missing = {}
        for statement in self.statements:
            missing[statement.number] = sum(len(self.statements[n].helds) for n in statement.pins)
            if not statement.pins:
                for held in statement.helds:
                    heapq.heappush(heap, (held.read.id, statement.number, held.element.index))
        held_at = {(s.number, h.element.index): h for s in self.statements for h in s.helds}
        order = []
        while heap:
            _, number, index = heapq.heappop(heap)
            order.append(held_at[(number, index)])
            for above in self.statements[number].pinned_by:
                missing[above] -= 1
                if missing[above] == 0:
                    for held in self.statements[above].helds:
                        heapq.heappush(heap, (held.read.id, above, held.element.index))
        failed = [held for held in self.holding.readable if held.state == "failed"]
        return order + sorted(failed, key=lambda held: held.read.id)

    # ---- 9: links, chains, forks

    def everywhere(self, code, statement, path=None):
        for held in statement.helds:
            self.holding.at_record(code, held, path)

    def judge_links(self):
        for s in self.statements:
            if not s.verified:
                continue
            if len(s.helds) > 1:
                self.everywhere("record.twin", s)
            if s.link:
                self._links(s)
            if s.lead.sound:
                self._references(s)

    def _links(self, s):
        record = s.lead
        prev = self.by_hash.get(s.link.prev)
        if prev is not None:
            target_seq = prev.link.seq if prev.link else -1
            if prev.lead.kid != record.kid or prev.lead.sub != record.sub or target_seq != s.link.seq - 1:
                self.everywhere("link.prev-mismatch", s)
                s.badly_linked = True
        lane = self.by_hash.get(s.link.lane)
        if lane is not None:
            if lane.lead.kid != record.kid:
                self.everywhere("link.lane-foreign", s)
                s.badly_linked = True
            elif record.iat < lane.lead.iat:
                self.everywhere("time.iat-regress", s)
        present = [self.by_id[identity] for identity in s.link.seen if identity in self.by_id]
        if any(t.lead.kid == record.kid and t.lead.sub == record.sub for t in present):
            self.everywhere("link.seen-own", s)
            s.badly_linked = True
        if any(i not in self.by_id and i not in self.holding.credential_ids for i in s.link.seen):
            self.everywhere("link.absent", s)

    def _references(self, s):
        record = s.lead
        seen = set(record.link.seen) if record.link else set()
        for path, identity in references(record):
            if identity in seen:
                continue
            target = self.by_id.get(identity)
            if target is None:
                self.everywhere("link.ref-unproven", s, path)
                continue
            if any(bytes.fromhex(held.read.id) in seen for held in target.helds):
                continue
            target_seq = target.link.seq if target.link else -1
            if target.lead.kid == record.kid and target.lead.sub == record.sub and target_seq < s.seq:
                continue
            self.everywhere("link.ref-not-seen", s, path)
            s.badly_linked = True

    def build_chains(self):
        self.chains = {}
        for s in self.statements:
            if s.verified and s.link:
                self.chains.setdefault((s.lead.kid, s.lead.sub), []).append(s)
        for chain in self.chains.values():
            chain.sort(key=lambda s: (s.link.seq, s.lead.id))

    def judge_chains(self):
        forked = set()
        for chain in self.chains.values():
            by_seq = {}
            for s in chain:
                by_seq.setdefault(s.link.seq, []).append(s)
            for s in chain:
                before = by_seq.get(s.link.seq - 1)
                if before and all(s.link.prev != other.hash for other in before):
                    self.everywhere("chain.prev-other", s)
                    forked.add(s.number)
                    forked.update(other.number for other in before[:16])
        for numbers in self._forks():
            smallest = self.statements[min(numbers)]
            self.holding.at_record("chain.fork", smallest.helds[0])
            forked.update(numbers)
        self._spread(forked)

    def _forks(self):
        groups = {}
        for chain in self.chains.values():
            for s in chain:
                groups.setdefault(("seq", s.lead.kid, s.lead.sub, s.link.seq), set()).add(s.number)
                groups.setdefault(("lane", s.lead.kid, s.link.lane), set()).add(s.number)
        return {frozenset(group) for group in groups.values() if len(group) > 1}

    def _spread(self, forked):
        """A statement whose prev or lane names a forked one of its kid is forked too."""
        for s in self.topological:
            if s.number not in forked and s.link:
                for name in (s.link.prev, s.link.lane):
                    target = self.by_hash.get(name)
                    if target is not None and target.number in forked and target.lead.kid == s.lead.kid:
                        forked.add(s.number)
        for number in forked:
            self.statements[number].forked = True

    def gaps(self):
        """(chain key, statement after, from, to) of each gap."""
        found = []
        for (kid, sub), chain in self.chains.items():
            expected = 0 if sub == self.holding.item else chain[0].link.seq
            for s in chain:
                if s.link.seq > expected:
                    found.append(((kid, sub), s, expected, s.link.seq - 1))
                expected = max(expected, s.link.seq + 1)
        return found


def references(record):
    """(path, id) of each reference of a sound record (records/README.md)."""
    if record.known_type is None:
        return []
    values = record.values
    found = []
    single = {"countersign": "of", "notice": "against", "payment": "against", "return": "authorisation",
              "handover": "lastSensorRecord"}.get(record.type)
    if single in values:
        found.append((single, values[single]))
    if record.known_type.observing and "of" in values.get("occasion", {}):
        found.append(("occasion.of", values["occasion"]["of"]))
    return found


def judge_countersigns(holding):
    for held in holding.readable:
        record = held.read
        if record.type != "countersign" or not holding.verified(held):
            continue
        target = holding.by_id.get(record.values["of"].hex())
        if target is None or not holding.verified(target):
            continue
        answered = target.read
        if answered.sub != record.sub:
            holding.at_record("countersign.other-subject", held, "of")
        elif answered.iss == record.iss or answered.kid == record.kid:
            holding.at_record("countersign.own", held, "of")
        elif record.iss not in _may_answer(answered):
            holding.at_record("countersign.not-party", held, "of")


def _may_answer(record):
    if record.known_type is None:
        return []
    values = record.values
    if record.type in ("handover", "delivery"):
        return [values["from"] if record.iss == values["to"] else values["to"]]
    if record.type == "agreement":
        return [party for party in values["parties"] if party != record.iss]
    if record.type == "inspection":
        return values.get("partiesPresent", []) + ([values["requestedBy"]] if "requestedBy" in values else [])
    return []


def judge_sensor_batches(holding):
    groups = {}
    for held in holding.readable:
        if held.read.type == "sensor-batch" and holding.verified(held):
            v = held.read.values
            group = (v["device"].get("maker", ""), v["device"]["id"], v["quantity"])
            batch = (v["from"]["utcS"], v["to"]["utcS"], held.read.id, v["root"], held)
            groups.setdefault(group, []).append(batch)
    for batches in groups.values():
        batches.sort(key=lambda batch: batch[:3])
        furthest = second = None
        for batch in batches:
            start, end, _, root, held = batch
            other = second if furthest and furthest[3] == root else furthest
            if other and start < other[1]:
                holding.at_record("sensor.overlap", held)
            if not furthest or end > furthest[1]:
                if furthest and furthest[3] != root:
                    second = furthest
                furthest = batch
            elif root != furthest[3] and (not second or end > second[1]):
                second = batch

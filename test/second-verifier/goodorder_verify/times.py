"""Intervals of records and credentials (docs/spec/time.md)."""


class Interval:
    __slots__ = ("lower", "upper", "lower_from", "upper_from")

    def __init__(self, lower, upper, lower_from, upper_from):
        self.lower = lower  # None: nothing proves an earliest time
        self.upper = upper
        self.lower_from = lower_from
        self.upper_from = upper_from


class Times:
    def __init__(self, graph, evaluations, at):
        self.graph = graph
        self.holding = graph.holding
        self.at = at
        self.evaluations = evaluations  # note hash -> Evaluation
        self.shown_under = {}  # id -> hashes of notes under which a proven receipt shows it
        for held in self.holding.proven:
            self.shown_under.setdefault(held.read.id, []).append(held.read.note)
        self._intervals()

    def _uppers(self, identity):
        """(upper, note hash) of the notes with a time that show an id."""
        found = []
        for note in self.shown_under.get(identity, []):
            said = self.evaluations[note]
            if said.status == "ok" and said.time:
                found.append((said.time[1], note))
        return found

    def _own_upper(self, statement):
        found = [pair for held in statement.helds for pair in self._uppers(bytes.fromhex(held.read.id))]
        return min(found) if found else None

    def _own_lower(self, statement):
        found = []
        for anchor in statement.link.anchors if statement.link else []:
            said = self.evaluations.get(anchor)
            if said and said.status == "ok" and said.time:
                found.append((-said.time[0], anchor))
        return min(found) if found else None

    def _intervals(self):
        statements, order = self.graph.statements, self.graph.topological
        own_upper = {s.number: self._own_upper(s) for s in statements}
        own_lower = {s.number: self._own_lower(s) for s in statements}
        # Lowers are kept negated, so that the best of both is the least (bound, id of the statement that holds it).
        upper = self._spread(reversed(order), own_upper, lambda s: s.pinned_by)
        lower = self._spread(order, own_lower, lambda s: s.pins)
        self.of = {}
        for s in statements:
            top, top_from = self._say(own_upper[s.number], upper[s.number])
            low, low_from = self._say(own_lower[s.number], lower[s.number])
            if top_from is None or top > self.at:
                top, top_from = self.at, "at"
            self.of[s.number] = Interval(None if low is None else -low, top, low_from or "none", top_from)

    def _spread(self, order, own, nearer):
        best = {}
        for s in order:
            found = [best[number] for number in nearer(s) if best[number]]
            best[s.number] = min(found) if found else None
            if own[s.number] and (not found or own[s.number][0] <= best[s.number][0]):
                best[s.number] = (own[s.number][0], s.lead.id)
        return best

    @staticmethod
    def _say(own, best):
        if best is None:
            return None, None
        if own and own[0] == best[0]:
            return own[0], "note:" + own[1].hex()
        return best[0], "record:" + best[1]

    def interval(self, held):
        statement = self.graph.by_id.get(bytes.fromhex(held.read.id))
        if statement is None:
            return Interval(None, self.at, "none", "at")
        return self.of[statement.number]

    def credential_upper(self, credential):
        found = [self.at] + [upper for upper, _ in self._uppers(credential.raw_id)]
        for s in self.graph.statements:
            if s.link and credential.raw_id in s.link.seen:
                found.append(self.of[s.number].upper)
        return min(found)

    def judge(self):
        for s in self.graph.statements:
            time, iat = self.of[s.number], s.lead.iat
            if time.lower is None:
                self.graph.everywhere("time.no-anchor", s)
            elif time.lower > time.upper:
                self.graph.everywhere("time.contradiction", s)
            elif iat < time.lower:
                self.graph.everywhere("time.iat-before-lower", s)
            if iat > time.upper and (time.lower is None or time.lower <= time.upper):
                self.graph.everywhere("time.iat-after-upper", s)

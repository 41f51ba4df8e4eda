"""Grants, revocations and binding (docs/spec/credential.md)."""

from . import codes
from .schemas import SELF_BOUND
from .subjects import KEY

LIMITED = {
    "commission": {"producer", "importer"},
    "inspection": {"inspector", "laboratory", "seller"},
    "authentication": {"laboratory", "platform", "inspector"},
}


class Grant:
    __slots__ = ("party", "roles", "start", "until", "subjects", "may_delegate", "path", "disputed", "key", "branch",
                 "credential", "above")


def _lies_within(credential, grant):
    """Empty where it does, else the ways in which it does not."""
    ways = set()
    if credential.may_delegate >= grant.may_delegate:
        ways.add("depth")
    if not set(credential.roles) <= set(grant.roles):
        ways.add("roles")
    if grant.subjects is not None and (credential.subjects is None or not all(
            any(mine.startswith(theirs) for theirs in grant.subjects) for mine in credential.subjects)):
        ways.add("subjects")
    if credential.start < grant.start or credential.until > grant.until:
        ways.add("validity")
    return ways


class Grants:
    """The grants of every key, given the ids of disputed credentials."""

    def __init__(self, holding, trust, disputed=frozenset()):
        self.of = {}
        self.ignored = []  # (code, Held)
        for authority in trust.authorities if trust else []:
            grant = Grant()
            grant.party, grant.roles = authority.party, authority.roles
            grant.start, grant.until = authority.start, authority.until
            grant.subjects, grant.may_delegate = authority.subjects, authority.may_delegate
            grant.path, grant.disputed, grant.credential = [], False, None
            grant.key, grant.branch, grant.above = authority.key, None, frozenset()
            self.of.setdefault(authority.key, []).append(grant)
        verified = [held for held in holding.readable_credentials if held.state == "verified"]
        verified.sort(key=lambda held: (-held.read.may_delegate, held.read.id))
        lost = []
        for held in verified:
            if not self._give(held.read, disputed):
                lost.append(held)
        for held in lost:
            issuers = self.of.get(held.read.kid, [])
            if issuers:
                deep = all(held.read.may_delegate >= grant.may_delegate for grant in issuers)
                self.ignored.append(("credential.depth" if deep else "credential.widens", held))

    def _give(self, credential, disputed):
        parents = [grant for grant in self.of.get(credential.kid, []) if not _lies_within(credential, grant)]
        if not parents:
            return False
        first = next((parent for parent in parents if not parent.disputed), parents[0])
        grant = Grant()
        grant.party, grant.roles = credential.party, credential.roles
        grant.start, grant.until = credential.start, credential.until
        grant.subjects, grant.may_delegate = credential.subjects, credential.may_delegate
        grant.path = first.path + [credential.id]
        grant.disputed = credential.id in disputed or all(parent.disputed for parent in parents)
        grant.key, grant.credential = credential.key, credential
        root = first.branch[0] if first.branch else first.key
        grant.branch = first.branch or (root, credential.key)
        grant.above = frozenset({credential.kid}).union(*(parent.above for parent in parents))
        given = self.of.setdefault(credential.key, [])
        if sum(other.branch == grant.branch for other in given) < 64:
            given.append(grant)
        return True

    def paths(self, kid):
        return self.of.get(kid, [])[:256]

    def above(self, kid):
        found = set()
        for grant in self.of.get(kid, []):
            found |= grant.above
        return found


# ---- Revocation ---------------------------------------------------------------------------------------------------


class Revocation:
    __slots__ = ("suspect_from", "last_good", "own")


class Revocations:
    def __init__(self, holding, graph, times, trust):
        self.holding, self.graph, self.times = holding, graph, times
        self.grants = Grants(holding, trust)
        self.entitled = set()  # ids of entitled key-events
        self.findings = []  # (code, Held)
        events = [held for held in holding.readable if held.read.type == "key-event" and holding.verified(held)]
        successors = set()
        for held in events:
            values = held.read.values
            if values["action"] == "rotate" and held.read.kid == values["key"]:
                successors.add((values["key"], values["nextKey"]))
        words = {}  # kid -> [(above, suspectFrom, lastGood or None)]
        for kid, since in trust.revoked if trust else []:
            words.setdefault(kid, []).append((True, since, None))
        for held in events:
            values = held.read.values
            key, signer = values["key"], held.read.kid
            above = signer in self.grants.above(key)
            if not above and signer != key and (key, signer) not in successors:
                self.findings.append(("keyevent.not-entitled", held))
                continue
            self.entitled.add(held.read.id)
            if values["action"] != "revoke":
                continue
            last_good = values.get("lastGood")
            words.setdefault(key, []).append((above, values["suspectFrom"]["utcS"], last_good))
            if last_good is not None:
                target = graph.by_id.get(last_good)
                if target is None or not target.verified:
                    self.findings.append(("keyevent.last-good-absent", held))
        self.of = {}
        for kid, said in words.items():
            counted = [word for word in said if word[0]] or said
            revocation = Revocation()
            revocation.own = not counted[0][0]
            revocation.suspect_from = min(word[1] for word in counted)
            revocation.last_good = {word[2] for word in counted if word[1] == revocation.suspect_from and word[2]}
            self.of[kid] = revocation
        self.disputed_credentials = frozenset(
            held.read.id for held in holding.readable_credentials if self._credential_disputed(held))

    def _credential_disputed(self, held):
        revocation = self.of.get(held.read.kid)
        return revocation is not None and self.times.credential_upper(held.read) > revocation.suspect_from

    def dispute(self, held):
        """key.disputed, key.self-disputed or None, of a record with a verified signature."""
        record = held.read
        revocation = self.of.get(record.kid)
        if revocation is None:
            return None
        if record.id in self.entitled and record.values["key"] == record.kid:
            return None
        statement = self.graph.by_id[bytes.fromhex(record.id)]
        if self.times.of[statement.number].upper <= revocation.suspect_from:
            return None
        for identity in revocation.last_good:
            good = self.graph.by_id.get(identity)
            if good is not None and (good is statement or self.graph.is_ancestor(statement, good)):
                return None
        return "key.self-disputed" if revocation.own else "key.disputed"


# ---- Binding ------------------------------------------------------------------------------------------------------


class Bound:
    __slots__ = ("binding", "trusted", "role_permitted", "roles", "accreditation", "codes")


def _signers_allow(record):
    if not record.sound or record.known_type is None or record.type != "handover":
        return True
    values = record.values
    return record.iss in (values["from"], values["to"])


def _judge(grant, record, upper):
    found = []
    if grant.disputed:
        found.append("credential.disputed")
    if record.iat > grant.until:
        found.append("credential.expired")
    elif upper > grant.until:
        found.append("credential.unproven-before-expiry")
    if record.iat < grant.start:
        found.append("credential.not-yet")
    if record.type in ("commission", "authentication") and grant.subjects is not None:
        if not any(record.sub.startswith(prefix) for prefix in grant.subjects):
            found.append("credential.subject-outside")
    asked = LIMITED.get(record.type) if record.sound and record.known_type else None
    if (asked is not None and not asked & set(grant.roles)) or not _signers_allow(record):
        found.append("role.not-permitted")
    return found


def _worst(found):
    return max((codes.rank(code) for code in found), default=0)


def bind(record, upper, grants, signed_as):
    """`signed_as`: the parties under which the record's key signed readable records with a verified signature."""
    out = Bound()
    out.roles, out.accreditation, out.trusted, out.codes = [], None, False, []
    paths = grants.paths(record.kid)
    matching = [(grant, _judge(grant, record, upper)) for grant in paths if grant.party == record.iss]
    own = record.iss == KEY + record.kid.hex()
    if matching:
        best, out.codes = min(matching, key=lambda pair: (
            _worst(pair[1]), pair[0].disputed, len(pair[1]), -pair[0].until, ",".join(pair[0].path)))
        good = [grant for grant, found in matching if _worst(found) <= 1]
        two = {grant.party for grant in paths if not grant.disputed and grant.party in signed_as}
        out.codes = list(out.codes)
        several = len(two) > 1 and record.iss in two
        if several:
            out.codes.append("credential.two-parties")
        out.trusted = bool(good) and not several
        out.binding = "path"
        out.role_permitted = "role.not-permitted" not in out.codes
        if out.trusted:
            out.roles = sorted({role for grant in good for role in grant.roles})
            out.accreditation = best.credential.accreditation if best.credential else None
        if out.trusted or not own:
            return out
        out.roles, out.accreditation = [], None
    if own:
        out.binding, out.trusted, out.codes = "self", False, ["trust.self-asserted"]
        typed = record.sound and record.known_type is not None
        out.role_permitted = (not typed or record.type in SELF_BOUND) and _signers_allow(record)
        if not out.role_permitted:
            out.codes.append("role.not-permitted")
        return out
    out.binding, out.trusted = "none", False
    out.role_permitted = _signers_allow(record)
    if record.iss.startswith(KEY) or any(not grant.disputed for grant in paths):
        out.codes = ["iss.not-bound"]
    else:
        out.codes = ["trust.no-path"]
    return out

"""The trust file (docs/spec/credential.md, Trust file)."""

import hashlib
import re
from functools import lru_cache

from .cbor import MAX_SAFE, Fault
from .credential import prefix_ok
from .keys import Key, read_key
from .policy import PolicyFault, parse_policy
from .schemas import ROLES
from .strictjson import base64url, instant, parse
from .subjects import KEY, is_party


_WHITE = "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"


class TrustFault(Exception):
    pass


class Authority:
    __slots__ = ("party", "key", "roles", "subjects", "may_delegate", "start", "until")


class Trust:
    def __init__(self):
        self.authorities = []
        self.policy = None
        self.revoked = []  # (kid, suspectFrom)


def _need(ok):
    if not ok:
        raise TrustFault()


def _members(value, required, optional=()):
    _need(isinstance(value, dict))
    _need(all(name in value for name in required))
    _need(all(name in required or name in optional for name in value))


def _int(value, low, high):
    _need(isinstance(value, int) and not isinstance(value, bool) and low <= value <= high)
    return value


def _list(value, low, high):
    _need(isinstance(value, list) and low <= len(value) <= high)
    return value


def _instant(value):
    _need(isinstance(value, str))
    read = instant(value)
    _need(read is not None)
    return read[0]


@lru_cache(maxsize=5000)
def read_trust(data):
    """The Trust of some bytes; raises TrustFault, or JsonFault of the text."""
    _need(len(data) <= 16 * 1024 * 1024)
    value = parse(data)
    _members(value, ("format", "name", "sequence", "issued", "nextUpdate", "authorities"), ("logs", "tsas", "revoked"))
    trust = Trust()
    trust.sha256 = hashlib.sha256(data).hexdigest()
    _int(value["format"], 1, 1)
    _need(isinstance(value["name"], str) and 1 <= len(value["name"].encode("utf-8")) <= 200)
    trust.name = value["name"]
    trust.sequence = _int(value["sequence"], 0, MAX_SAFE)
    trust.issued = _instant(value["issued"])
    trust.next_update = _instant(value["nextUpdate"])
    _need(trust.next_update >= trust.issued)
    publics = set()
    for entry in _list(value["authorities"], 0, 1024):
        trust.authorities.append(_authority(entry, publics))
    logs = value.get("logs", "")
    _need(isinstance(logs, str))
    if logs.strip(_WHITE):
        _policy(trust, logs, publics)
    for entry in _list(value.get("tsas", []), 0, 256):
        _members(entry, ("certificates",), ("accuracyDefaultS",))
        for text in _list(entry["certificates"], 1, 16):
            _need(isinstance(text, str) and base64url(text) is not None)
        _int(entry.get("accuracyDefaultS", 0), 0, 86400)
    kids = set()
    for entry in _list(value.get("revoked", []), 0, 65536):
        _members(entry, ("kid", "suspectFrom"))
        kid = entry["kid"]
        _need(isinstance(kid, str) and re.fullmatch(r"[0-9a-f]{64}", kid) and kid not in kids)
        kids.add(kid)
        trust.revoked.append((bytes.fromhex(kid), _instant(entry["suspectFrom"])))
    return trust


def _policy(trust, text, publics):
    try:
        trust.policy = parse_policy(text)
    except PolicyFault:
        raise TrustFault() from None
    for key in trust.policy.logs + trust.policy.witnesses:
        _need(key.public not in publics)
        publics.add(key.public)


def _authority(entry, publics):
    _members(entry, ("party", "key", "roles", "from", "until"), ("subjects", "mayDelegate"))
    authority = Authority()
    _need(isinstance(entry["party"], str) and is_party(entry["party"]))
    authority.party = entry["party"]
    _need(isinstance(entry["key"], str))
    raw = base64url(entry["key"])
    _need(raw is not None)
    key = read_key(raw)
    _need(not isinstance(key, Fault) and isinstance(key, Key) and key.kty != "unknown")
    _need(key.x not in publics)
    publics.add(key.x)
    authority.key = key.kid
    _need(not authority.party.startswith(KEY) or authority.party == KEY + key.kid.hex())
    roles = entry["roles"]
    _need(isinstance(roles, list) and all(isinstance(role, str) and role in ROLES for role in roles))
    authority.roles = roles
    authority.subjects = None
    if "subjects" in entry:
        prefixes = _list(entry["subjects"], 1, 64)
        _need(all(isinstance(prefix, str) and prefix_ok(prefix) for prefix in prefixes))
        _need(all(a < b for a, b in zip(prefixes, prefixes[1:])))
        authority.subjects = prefixes
    authority.may_delegate = _int(entry.get("mayDelegate", 0), 0, 3)
    authority.start, authority.until = _instant(entry["from"]), _instant(entry["until"])
    _need(authority.start <= authority.until)
    return authority

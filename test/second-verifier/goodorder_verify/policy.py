"""vkeys and log policies (docs/spec/log.md)."""

import hashlib
import re
from functools import lru_cache

from .signatures import ed25519_point_ok
from .strictjson import base64_padded


class PolicyFault(Exception):
    pass


_NAME_SPACE = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")


def key_name_ok(name):
    return name != "" and "+" not in name and not _NAME_SPACE.search(name)


class LogKey:
    __slots__ = ("name", "key_id", "type", "public")

    def __init__(self, name, key_id, kind, public):
        self.name = name
        self.key_id = key_id
        self.type = kind
        self.public = public


def parse_vkey(text):
    parts = text.split("+", 2)
    if len(parts) != 3 or not key_name_ok(parts[0]) or not re.fullmatch(r"[0-9a-f]{8}", parts[1]):
        raise PolicyFault("vkey")
    body = base64_padded(parts[2])
    if not body or len(body) < 2:
        raise PolicyFault("vkey")
    key_id = hashlib.sha256(parts[0].encode("utf-8") + b"\n" + body).digest()[:4]
    if key_id.hex() != parts[1]:
        raise PolicyFault("key id")
    kind, public = body[0], body[1:]
    if kind in (1, 4):
        if len(public) != 32 or not ed25519_point_ok(public):
            raise PolicyFault("key")
    elif kind == 6:
        if len(public) != 1312 or len(parts[0].encode("utf-8")) > 255:
            raise PolicyFault("key")
    else:
        raise PolicyFault("type")
    return LogKey(parts[0], key_id, kind, public)


class Policy:
    def __init__(self):
        self.logs = []
        self.witnesses = []
        self.nodes = {}  # name -> ("witness", LogKey) or ("group", k, [names])
        self.quorum = None  # a name, or "none"

    def complete(self, times, name=None):
        """The time at which a name is complete, given a time for each public key; None is never."""
        name = self.quorum if name is None else name
        if name == "none":
            return None
        node = self.nodes[name]
        if node[0] == "witness":
            return times.get(node[1].public)
        inner = sorted(t for t in (self.complete(times, member) for member in node[2]) if t is not None)
        return inner[node[1] - 1] if len(inner) >= node[1] else None

    def interval(self, times):
        """[lower, upper] of the quorum, or None."""
        upper = self.complete(times)
        if upper is None:
            return None
        return (-self.complete({public: -time for public, time in times.items()}), upper)


@lru_cache(maxsize=2000)
def parse_policy(text):
    policy = Policy()
    if len(text) > 1000000 or re.search("[\x00-\x08\x0b-\x1f\x7f]", text):
        raise PolicyFault("text")
    used, publics, identities, grouped = {"none"}, set(), set(), set()
    groups = 0

    def vkey(word, types):
        key = parse_vkey(word)
        if key.type not in types or key.public in publics or (key.name, key.key_id) in identities:
            raise PolicyFault("key")
        publics.add(key.public)
        identities.add((key.name, key.key_id))
        return key

    def define(name, node):
        if name in used:
            raise PolicyFault("name")
        used.add(name)
        policy.nodes[name] = node

    for line in text.split("\n"):
        words = [word for word in re.split("[ \t]+", line) if word]
        if not words or words[0].startswith("#"):
            continue
        if words[0] == "log" and len(words) in (2, 3):
            policy.logs.append(vkey(words[1], (1,)))
        elif words[0] == "witness" and len(words) in (3, 4):
            key = vkey(words[2], (4, 6))
            policy.witnesses.append(key)
            define(words[1], ("witness", key))
        elif words[0] == "group" and len(words) >= 4:
            members = words[3:]
            for member in members:
                if member not in policy.nodes or member in grouped:
                    raise PolicyFault("member")
                grouped.add(member)
            if words[2] == "all":
                k = len(members)
            elif words[2] == "any":
                k = 1
            elif re.fullmatch(r"[1-9][0-9]{0,8}", words[2]) and int(words[2]) <= len(members):
                k = int(words[2])
            else:
                raise PolicyFault("group")
            define(words[1], ("group", k, members))
            groups += 1
        elif words[0] == "quorum" and len(words) == 2:
            if policy.quorum is not None or (words[1] != "none" and words[1] not in policy.nodes):
                raise PolicyFault("quorum")
            policy.quorum = words[1]
        else:
            raise PolicyFault("line")
    if policy.quorum is None or len(policy.logs) > 256 or len(policy.witnesses) > 256 or groups > 256:
        raise PolicyFault("policy")
    return policy

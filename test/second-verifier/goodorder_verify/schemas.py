"""The record types, read from the tables of docs/spec/records themselves.

No field stands here: if a page left something out, or said it in a way that no reader could follow, this file
would fail to load or the vectors would disagree.
"""

import re
from pathlib import Path

PAGES = Path(__file__).resolve().parents[3] / "docs" / "spec" / "records"

_ROW = re.compile(r"^\| `([^`]+)` \| ([RO]) \| (.*?) \| (.*) \|$")
_MINUS = "−"


class Type:
    def __init__(self, kind, **given):
        self.kind = kind
        self.low = given.get("low")
        self.high = given.get("high")
        self.words = given.get("words")
        self.of = given.get("of")
        self.fields = given.get("fields")  # name -> (required, Type)
        self.filled = given.get("filled", False)  # a map that must not be empty
        self.nullable = given.get("nullable", False)
        self.opened = given.get("opened")  # of a private place: the type of the opened value


class RecordType:
    def __init__(self, name, revision, root, observing):
        self.name = name
        self.revision = revision
        self.root = root
        self.observing = observing


def _number(text):
    return int(text.strip().replace(_MINUS, "-"))


def _aspects_and_regions(readme):
    aspects = re.search(r"^Aspects: (.*?)\.", readme, re.M).group(1).split()
    regions = re.search(r"Regions: (.*?);", readme).group(1).split()
    return aspects, regions


def _fields(**fields):
    return {name.rstrip("_"): spec for name, spec in fields.items()}


class _Loader:
    def __init__(self):
        self.readme = (PAGES / "README.md").read_text(encoding="utf-8")
        self.aspects, self.regions = _aspects_and_regions(self.readme)
        self.roles = re.search(r"^.*Roles: (.*?)\.$", self.readme, re.M).group(1).split()
        self_bound = re.search(r"under the own key alone may sign (.*?)\.", self.readme).group(1)
        self.self_bound = frozenset(re.split(r", | and ", self_bound))
        instant = {"utcS": (True, Type("int", low=0, high=253402300799)), "offsetMin": (True, Type("int", low=-1439, high=1439))}
        scope = {"aspect": (True, Type("word", words=self.aspects)), "region": (False, Type("word", words=self.regions))}
        climate = {
            "minMilliC": (False, Type("int")), "maxMilliC": (False, Type("int")),
            "maxRhPermille": (False, Type("int", low=0, high=1000)),
        }
        shock = {
            "axis": (True, Type("word", words=["x", "y", "z", "any"])),
            "maxPeakMilliG": (True, Type("int", low=1)), "maxDeltaVUmPerS": (True, Type("int", low=1)),
        }
        extent = {"count": (True, Type("int", low=0)), "of": (True, Type("int", low=0))}
        self.named = {
            "int": Type("int"),
            "bool": Type("bool"),
            "true": Type("true"),
            "hash": Type("hash"),
            "digest": Type("digest"),
            "instant": Type("map", fields=instant),
            "party": Type("party"),
            "subject": Type("subject"),
            "country": Type("pattern", of=re.compile(r"[A-Z]{2}")),
            "currency": Type("pattern", of=re.compile(r"[A-Z]{3}")),
            "unit code": Type("pattern", of=re.compile(r"[A-Z0-9]{1,3}")),
            "media type": Type("pattern", of=re.compile(
                r"(?=.{1,127}\Z)[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*")),
            "extent": Type("map", fields=extent),
            "scope list": Type("list", low=0, high=256, of=Type("map", fields=scope)),
            "climate limit": Type("map", fields=climate, filled=True),
            "shock limit": Type("map", fields=shock),
            "extension": Type("extension"),
        }

    def type(self, text, meaning=""):
        text = text.strip()
        if text in self.named:
            return self.named[text]
        if text == "private":
            return Type("private", opened=self.opened(meaning))
        if text in ("map", "map, not empty", "map or null"):
            return Type("map", fields={}, filled=text == "map, not empty", nullable=text == "map or null")
        if text == "hash or null":
            return Type("hash", nullable=True)
        if text.startswith("{mode: continuous} or {mode: triggered"):
            least = _number(re.search(r"thresholdMilliG: int ≥ (\d+)", text).group(1))
            return Type("recording", of=Type("int", low=least))
        if text.startswith("all or list"):
            return Type("legs", of=self.type(text[len("all or "):]))
        if text.startswith("["):
            return Type("tuple", of=[self.type(part) for part in _split(text[1:-1])])
        match = re.fullmatch(r"list((?:,? [≥≤] \d+)*) of (.*)", text)
        if match:
            bounds = dict(re.findall(r"([≥≤]) (\d+)", match.group(1)))
            return Type("list", low=int(bounds.get("≥", 0)), high=int(bounds["≤"]) if "≤" in bounds else None,
                        of=self.type(match.group(2), meaning))
        match = re.fullmatch(r"int ≥ (\d+)", text)
        if match:
            return Type("int", low=int(match.group(1)))
        match = re.fullmatch(rf"int ([{_MINUS}\d]+)…([{_MINUS}\d]+)", text)
        if match:
            return Type("int", low=_number(match.group(1)), high=_number(match.group(2)))
        match = re.fullmatch(r"text ≤ (\d+)", text)
        if match:
            return Type("text", low=1, high=int(match.group(1)))
        match = re.fullmatch(r"bytes (\d+)…(\d+)", text)
        if match:
            return Type("bytes", low=int(match.group(1)), high=int(match.group(2)))
        if re.fullmatch(r"\d+", text):
            return Type("int", low=int(text), high=int(text))
        if " · " in text:
            return Type("word", words=[word.strip() for word in text.split(" · ")])
        raise ValueError(f"unknown value `{text}`")

    def opened(self, meaning):
        if meaning.endswith("(text)"):
            return Type("text", low=1, high=500)
        if meaning.endswith("(int)"):
            return Type("int", low=0)
        if "(subject)" in meaning:
            return self.named["subject"]
        match = re.search(r"\{(.*)\}(, not empty)?$", meaning)
        if not match:
            raise ValueError(f"what is opened? `{meaning}`")
        fields = {}
        for part in _split(match.group(1)):
            name, value = part.split(": ")
            fields[name.strip().rstrip("?")] = (not name.strip().endswith("?"), self.type(value))
        return Type("map", fields=fields, filled=bool(match.group(2)))

    def table(self, page):
        rows = []
        for line in page.splitlines():
            match = _ROW.match(line)
            if match:
                rows.append(match.groups())
        return rows

    def place(self, root, rows):
        for path, need, value, meaning in rows:
            holder = root
            steps = path.split(".")
            for step in steps[:-1]:
                name = step.removesuffix("[]")
                holder = holder.fields[name][1]
                if step.endswith("[]"):
                    holder = holder.of
            holder.fields[steps[-1]] = (need == "R", self.type(value, meaning))

    def load(self):
        observing_page = (PAGES / "observing-fields.md").read_text(encoding="utf-8")
        observing_rows = self.table(observing_page)
        types = {}
        for path in sorted(PAGES.glob("*.md")):
            if path.name in ("README.md", "observing-fields.md"):
                continue
            page = path.read_text(encoding="utf-8")
            name = path.stem
            media, revision = re.search(r"Content type `([^`]+)`, revision (\d+)", page).groups()
            if media != f"application/vnd.goodorder.{name}+cbor":
                raise ValueError(f"{path.name} states the content type {media}")
            observing = "(observing-fields.md)" in page
            rows = self.table(page)
            root = Type("map", fields={})
            self.place(root, rows)
            if observing:
                self.place(root, observing_rows)
            types[name] = RecordType(name, int(revision), root, observing)
        # "as in an inspection" stands in the meaning of repair's checks, not in rows of their own.
        check = types["inspection"].root.fields["checks"][1].of
        for record_type in types.values():
            self._fill_checks(record_type.root, check)
        return types

    def _fill_checks(self, root, check):
        for _, spec in root.fields.values():
            if spec.kind == "list" and spec.of.kind == "map" and not spec.of.fields:
                spec.of.fields = check.fields


def _split(text):
    """Parts between commas that stand outside brackets; a bound's comma belongs to its part."""
    parts, depth, current = [], 0, ""
    for piece in re.split(r"(, (?![≥≤])|[\[\]{}])", text):
        if piece in ("[", "{"):
            depth += 1
        elif piece in ("]", "}"):
            depth -= 1
        if piece == ", " and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += piece
    parts.append(current)
    return parts


_LOADER = _Loader()
TYPES = _LOADER.load()
ROLES = frozenset(_LOADER.roles)
SELF_BOUND = _LOADER.self_bound


def private_type(record_type, path):
    """The opened type of a private place of a known type; None where the path leads to none."""
    spec = record_type.root
    for step in path:
        if isinstance(step, str) and spec.kind == "map":
            if step not in spec.fields:
                return None
            spec = spec.fields[step][1]
        elif isinstance(step, int) and spec.kind == "list":
            spec = spec.of
        else:
            return None
    return spec.opened if spec.kind == "private" else None

"""What the cells of a column are like, where its heading says little: identifiers, days, addresses, places, names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Sequence
from typing import Final

from graphsvc import identifiers
from graphsvc.errors import InvalidValue
from graphsvc.identifiers import fold
from graphsvc.ingest import places, values
from graphsvc.ingest.columns import words
from graphsvc.ingest.heading_words import Meant, values_words
from graphsvc.ingest.mapping import IGNORE
from graphsvc.ingest.sampling import Sample

_MOST: Final = 0.8
"""Share of the cells from which on a column is what most of them are."""
_LOOKED_AT: Final = 200
_LONGEST_NAME: Final = 120
_MAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_SEVERAL: Final = re.compile(r"[;\n]|,\s")
_WORD: Final = re.compile(r"\w+")


def by_values(texts: Sequence[str]) -> Meant | None:
    """Return what a column's cells are, or None where they are nothing that is known here."""
    texts = texts[:_LOOKED_AT]
    if not texts:
        return None
    for is_one, field, confidence, reason in _KINDS:
        if sum(map(is_one, texts)) >= _MOST * len(texts):
            return Meant(field, confidence, reason)
    if bodies_in(texts) >= 0.5 and len(set(texts)) > 1:
        several = sum(bool(_SEVERAL.search(text)) for text in texts) >= 0.3 * len(texts)
        return Meant("partners" if several else "actor.name", 0.65, "values_names")
    return None


def bodies_in(texts: Sequence[str]) -> float:
    """Return the share of texts that look like names of organisations, or several of them: Oy, ry, university …"""
    return sum(map(_is_body, texts[:_LOOKED_AT])) / max(len(texts[:_LOOKED_AT]), 1)


def owner_of(sample: Sample, position: int, actor: int, collaboration: int) -> tuple[str, str]:
    """Return whose a column is, and why: of whom its value is the same in all rows, where there are several rows."""
    by_actor = _follows(sample, position, actor)
    by_collaboration = _follows(sample, position, collaboration)
    if by_collaboration and by_actor is not True:
        return "collaboration", "same_by_collaboration"
    if by_actor and by_collaboration is not True:
        return "actor", "same_by_actor"
    return "participation", "by_row"


def _follows(sample: Sample, position: int, name: int) -> bool | None:
    """Tell whether a column is the same in all rows of a name; None where no name has several rows with values."""
    seen: dict[str, set[str]] = defaultdict(set)
    rows: dict[str, int] = defaultdict(int)
    for row in sample.rows:
        if row[name] and row[position]:
            seen[fold(row[name])].add(row[position])
            rows[fold(row[name])] += 1
    repeated = [key for key, count in rows.items() if count > 1]
    return all(len(seen[key]) == 1 for key in repeated) if repeated else None


def is_filled_down(sample: Sample, positions: Sequence[int]) -> bool:
    """Tell whether names are written once for several rows: the first row has them, a tenth of the others lack one."""
    if not sample.rows or not positions or not all(sample.rows[0][at] for at in positions):
        return False
    lacking = sum(any(not row[at] for at in positions) and any(row[at] for at in positions) for row in sample.rows)
    lacking += sum(all(not row[at] for at in positions) and any(row) for row in sample.rows if len(positions) == 1)
    return lacking >= 2 and lacking >= 0.1 * len(sample.rows)


def is_marked(texts: Sequence[str]) -> bool:
    """Tell whether at least two fifths of a column's cells are marks, and the others short enough for a role."""
    marks = sum(fold(text) in values_words("mark") | values_words("no") for text in texts)
    return bool(texts) and marks >= 0.4 * len(texts) and all(len(text) <= 40 for text in texts)


def _reads(parse: Callable[[str], object]) -> Callable[[str], bool]:
    def is_one(text: str) -> bool:
        try:
            parse(text)
        except InvalidValue:
            return False
        return True

    return is_one


def _is_in(text: str, names: Container[str]) -> bool:
    return len(text) > 2 and fold(text) in names  # two letters may be the code of anything


def _is_body(text: str) -> bool:
    if any(len(part) > _LONGEST_NAME for part in _SEVERAL.split(text)):
        return False
    return any(word in values_words("body") or word.endswith(_ENDINGS) for word in _WORD.findall(fold(text)))


_ENDINGS: Final = (
    "yliopisto",
    "ammattikorkeakoulu",
    "universitet",
    "kaupunki",
    "liitto",
    "yhdistys",
    "saatio",
    "laitos",
)
_ID: Final = "values_identifier"
_KINDS: Final[Sequence[tuple[Callable[[str], bool], str, float, str]]] = (
    (lambda text: bool(_MAIL.search(text)), IGNORE, 0.9, "personal"),
    (_reads(identifiers.business_id), "actor.business_id", 0.9, "values_business_id"),
    (lambda text: "ror.org" in text and _reads(identifiers.ror)(text), "actor.ror", 0.9, _ID),
    (
        lambda text: "wikidata" in text and _reads(identifiers.wikidata)(text),
        "actor.wikidata",
        0.9,
        "values_identifier",
    ),
    (lambda text: bool(_ADDRESS.fullmatch(text)), "?.website", 0.8, "values_address"),
    (lambda text: bool(re.search(r"\d{4}", text)) and _reads(values.day)(text), "", 0.5, "values_day"),
    (lambda text: fold(text) in values_words("mark") | values_words("no"), "member", 0.7, "values_marks"),
    (lambda text: fold(text) in places.reference().municipalities, "actor.municipality", 0.75, "values_place"),
    (
        lambda text: len(text) > 2 and fold(text) in places.reference().region_names,
        "actor.region",
        0.75,
        "values_place",
    ),
    (
        lambda text: len(text) > 2 and fold(text) in places.reference().country_names,
        "actor.country",
        0.75,
        "values_place",
    ),
    (lambda text: fold(text) in words("actor"), "?.kind", 0.7, "values_kind"),
    (lambda text: fold(text) in words("collaboration"), "collaboration.kind", 0.7, "values_kind"),
)

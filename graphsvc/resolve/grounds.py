"""What speaks for and against two entries being one body: each reason with its weight of evidence in log odds.

The weights are set by hand from what the labelled sets show (docs/explanation/matching.md) and are the same for every
graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from graphsvc.model import ActorKind
from graphsvc.resolve.comparing import Likeness, NameMatch, compare
from graphsvc.resolve.names import ParsedName
from graphsvc.resolve.profiles import Profile, Whereabouts, same_town
from graphsvc.resolve.vocabulary import Sort, is_authority, sort_of, weight

_ENOUGH: Final = 1.3
"""Information a name needs to tell a body by itself; less, and the town must be the same."""
_MANY: Final = 30
"""Names of an entry that are compared with all of another."""
_MUCH: Final = 2.0
"""With so much, a slip of the pen or another kind does not put a name in doubt, if the town is the same."""
_LITTLE: Final = 0.85
"""Less than this, and a name alone is next to nothing: University Hospital, Ministry of Health."""
_NO_FAMILY: Final = frozenset({ActorKind.UNKNOWN, ActorKind.OTHER})


@dataclass(frozen=True, slots=True)
class Reason:
    """Becomes a ground only where somebody will read it."""

    kind: str
    points: float
    """Weight of evidence: above 0 for, else against."""
    values: dict[str, str | float]
    """What the sentence names."""
    blocks: bool = False
    """Whatever the sum, the pair is not sure."""
    supports: bool = True


def _for(kind: str, points: float, /, *, blocks: bool = False, **values: str | float) -> Reason:
    return Reason(kind, points, values, blocks)


def _against(kind: str, points: float, /, *, blocks: bool = False, **values: str | float) -> Reason:
    return Reason(kind, points, values, blocks, supports=False)


# Names


def best_names(a: Profile, b: Profile) -> NameMatch | None:
    """Return the two names that are most alike, or None where all have more words apart than together."""
    matches = [compare(one, other) for one in _comparable(a, b) for other in _comparable(b, a)]
    best = max(matches, key=name_points, default=None)
    return best if best is not None and name_points(best) > 0 else None


def _comparable(entry: Profile, other: Profile) -> tuple[ParsedName, ...]:
    """Return the names to compare: all, or of an entry with very many the first ones and those the other has too."""
    if len(entry.names) <= _MANY:
        return entry.names
    keys = {name.key for name in other.names}
    return entry.names[:_MANY] + tuple(name for name in entry.names[_MANY:] if name.key in keys)[:_MANY]


def name_points(match: NameMatch) -> float:
    """Return the weight of evidence of two names: more, the more the shared words tell."""
    told = min(match.information, 3.0)
    extra = sum(map(weight, match.extra))
    if match.likeness is Likeness.SAME:
        return 5.0 + 1.5 * told - (0 if match.literal else 0.2)
    if match.likeness is Likeness.REORDERED:
        return 3.5 + 1.5 * told
    if match.likeness is Likeness.SIMILAR:
        return 3.0 + 1.5 * told
    if match.likeness is Likeness.CONTAINED:
        return 1.0 + 1.2 * told - 1.2 * extra
    return 1.4 * told - 1.6 * extra


NAMED: Final = {
    Likeness.SAME: "same_name",
    Likeness.REORDERED: "reordered_name",
    Likeness.SIMILAR: "similar_name",
    Likeness.CONTAINED: "contained_name",
    Likeness.OVERLAPPING: "shared_words",
}


def of_match(match: NameMatch, a: Profile, b: Profile) -> Iterator[Reason]:
    """Give the reasons that lie in the pair of names that speaks most for the two."""
    complete = match.likeness in (Likeness.SAME, Likeness.REORDERED, Likeness.SIMILAR)
    yield _for(NAMED[match.likeness], name_points(match), blocks=not complete, a=match.a.text, b=match.b.text)
    together = same_town(a.where, b.where)
    yield from _of_words(match, together)
    yield from _of_forms(match, together, apart=_other_countries(a.where, b.where))
    if match.likeness is Likeness.REORDERED and (not together or ActorKind.FIRM in (a.kind, b.kind)):
        yield _against("other_order", -0.5, blocks=True)
    if match.a.text in a.former or match.b.text in b.former:
        yield _against("former_name", -0.5, written=match.a.text if match.a.text in a.former else match.b.text)
    if match.a.remark != match.b.remark:
        yield _against("remark", -0.5, blocks=True, written=(match.a if match.a.remark else match.b).text)


def _of_words(match: NameMatch, together: bool) -> Iterator[Reason]:
    """Give what speaks against in the words that differ; ``together`` where both are in one town."""
    if match.a.numbers != match.b.numbers and not match.literal:
        yield _against("other_number", -3, blocks=True, a=match.a.text, b=match.b.text)
    if any(sort_of(word) is Sort.PART for word in match.extra):
        yield _against("part_of", -3, blocks=True, a=match.a.text, b=match.b.text)
    elif match.extra:
        yield _against("extra_words", 0, blocks=True, a=match.a.text, b=match.b.text)
    if match.misspelt:
        pairs = ((match.a.written.get(a, a), match.b.written.get(b, b)) for a, b in match.misspelt)
        words = ", ".join(f"{a} / {b}" for a, b in pairs)
        firm = together and match.information >= _MUCH and len(match.misspelt) == 1
        yield _against("other_spelling", -0.5 * len(match.misspelt), blocks=not firm, words=words)


def _of_forms(match: NameMatch, together: bool, *, apart: bool) -> Iterator[Reason]:
    """Give what the legal forms say, and whether several may bear the name: a register keeps firms' names apart.

    ``together`` where both are in one town, ``apart`` where they are in two countries.
    """
    forms = match.a.legal & match.b.legal
    registered = match.literal and bool(forms - {"sole_trader"}) and _tells(match)
    if match.a.legal and match.b.legal and not forms:
        yield _against("other_legal_form", -2, blocks=True, a=match.a.text, b=match.b.text)
    if registered and not apart:
        yield _for("same_legal_form", 1.0)
    elif _names_an_authority(match) and not apart:
        yield _for("only_authority", 1.0)
    elif _several_may_bear(match, together):
        points = -1.0 if match.information < _LITTLE else 0.0
        yield _against("generic_name", points, blocks=True, written=match.a.text)


def _several_may_bear(match: NameMatch, together: bool) -> bool:
    if match.information < _ENOUGH:
        return not (together and match.literal)
    return not together and _may_be_a_person(match)


def _tells(match: NameMatch) -> bool:
    return match.information >= _LITTLE and any(sort_of(word) is Sort.PLAIN for word in match.a.words)


def _names_an_authority(match: NameMatch) -> bool:
    if match.likeness is not Likeness.SAME or not any(map(is_authority, match.a.words)):
        return False
    return any(sort_of(word) in (Sort.PLAIN, Sort.TOWN) for word in match.a.words)


def _may_be_a_person(match: NameMatch) -> bool:
    """Say whether nothing in the names tells an organisation: then there may be two people, or a person and a firm."""
    kinds = {sort_of(word) for word in match.a.words}
    return not match.a.legal & match.b.legal - {"sole_trader"} and kinds <= {Sort.PLAIN, Sort.PERSON}


def of_abbreviations(a: Profile, b: Profile) -> Iterator[Reason]:
    """Give the abbreviation that one entry says it has and that is the other's name, or its initials."""
    for one, other in ((a, b), (b, a)):
        for key, text in sorted(one.abbreviations.items()):
            for name in other.names:
                if name.compact == key:
                    yield _for("abbreviation", 3.0, blocks=True, abbreviation=text, written=one.shown)
                    return
                if key in name.initials:
                    yield _for(
                        "initials", 1.0 if len(key) == 3 else 2.0, blocks=True, abbreviation=text, written=name.text
                    )
                    return


# Place, website, kind, identifiers


def _other_countries(a: Whereabouts, b: Whereabouts) -> bool:
    return bool(a.country and b.country and a.country != b.country)


def of_places(a: Whereabouts, b: Whereabouts) -> Iterator[Reason]:
    """Give what the two places say. An unknown one says nothing."""
    if _other_countries(a, b):
        yield _against("other_country", -5, blocks=True, a=a.country_name, b=b.country_name)
    elif same_town(a, b):
        yield _for("same_town", 2.5, town=a.town_name)
    elif a.town and b.town:
        near = a.region and a.region == b.region
        yield _against("other_town", -0.5 if near else -1.5, blocks=True, a=a.town_name, b=b.town_name)
    elif a.country and a.country == b.country:
        yield _for("same_country", 0.8, country=a.country_name)


def of_websites(a: Profile, b: Profile) -> Iterator[Reason]:
    """Give what the registered domains of the two websites say."""
    if a.domain and a.domain == b.domain:
        yield _for("same_website", 2.5, domain=a.domain)
    elif a.domain and b.domain:
        yield _against("other_website", -1, a=a.domain, b=b.domain)


def of_kinds(a: Profile, b: Profile, match: NameMatch | None) -> Iterator[Reason]:
    """Give what the two kinds say; ``other`` and ``unknown`` are no kinds that could differ.

    Sources code the kind of one body differently, so it does not stand against a telling name letter by letter.
    """
    if a.kind in _NO_FAMILY or b.kind in _NO_FAMILY:
        return
    if a.kind is b.kind:
        yield _for("same_kind", 0.5, kind=a.kind.value)
    else:
        telling = match is not None and match.literal and match.information >= _MUCH and same_town(a.where, b.where)
        yield _against("other_kind", -1.5, blocks=not telling, a=a.kind.value, b=b.kind.value)


_DIFFERING: Final = {"isni": -2.0, "wikidata": -2.0, "pic": -0.5}


def of_identifiers(a: Profile, b: Profile) -> Iterator[Reason]:
    """Give what identifiers say that do not tell a body: one may have two PICs, a VAT group may hold several."""
    for scheme, points in _DIFFERING.items():
        mine, other = a.identifiers.get(scheme), b.identifiers.get(scheme)
        if mine and other and mine != other:
            yield _against("other_identifier", points, blocks=scheme != "pic", scheme=scheme, a=mine, b=other)
    mine, other = a.identifiers.get("vat"), b.identifiers.get("vat")
    if not mine or not other or min(map(_digits, (mine, other))) < 5:
        return
    if mine == other:
        yield _for("same_identifier", 2.5, scheme="vat", value=mine)
    elif mine[:2] == other[:2]:
        yield _against("other_identifier", -3, blocks=True, scheme="vat", a=mine, b=other)


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))

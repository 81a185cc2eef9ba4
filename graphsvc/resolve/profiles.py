"""What of an entry is compared with another: its names taken apart, where it is, its website, its identifiers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from rapidfuzz.distance import OSA

from graphsvc.identifiers import fold
from graphsvc.model import Actor, ActorKind, NameKind, Place, PlaceKind
from graphsvc.resolve import names, vocabulary
from graphsvc.resolve.names import ParsedName

_SECOND_LEVEL = frozenset(
    {"ac", "co", "com", "edu", "gob", "gouv", "gov", "govt", "mil", "ne", "net", "nhs", "or", "org"}
)
"""Labels before a country's two letters under which organisations register: ``leeds.ac.uk``."""
_SHARED_HOSTS = frozenset(
    {"blogspot.com", "europa.eu", "facebook.com", "github.io", "google.com", "instagram.com", "interreg.eu"}
    | {"linkedin.com", "squarespace.com", "twitter.com", "weebly.com", "wikipedia.org", "wix.com", "wixsite.com"}
    | {"wordpress.com", "youtube.com"}
)
_SHORTEST_MISSPELT = 6
_NO_TOWN = frozenset({"cedex", "bp", "cs"})


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where an entry is, as far as its source says. Ids where two things are the same only by id, else folded words."""

    town: frozenset[str]
    """Words of the town's name, by one name in all languages, without numbers; empty where unknown."""
    town_name: str
    """The town as written."""
    region: str
    country: str
    country_name: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One entry, ready to be compared."""

    id: str
    shown: str
    """The name that is shown."""
    names: tuple[ParsedName, ...]
    """The shown one first; abbreviations and names without a letter are not among them."""
    former: frozenset[str]
    """Texts of those that it no longer bears."""
    abbreviations: Mapping[str, str]
    """Folded → as written."""
    kind: ActorKind
    where: Whereabouts
    domain: str
    """Registered domain of the website; empty where unknown or a host of many."""
    identifiers: Mapping[str, str]
    """Scheme → value, of those that it has."""


@dataclass(frozen=True, slots=True)
class Borne:
    """What an entry is called: of a :class:`Profile` what a search by name alone needs."""

    id: str
    shown: str
    names: tuple[ParsedName, ...]
    former: frozenset[str]
    abbreviations: Mapping[str, str]


def borne(actor: Actor) -> Borne:
    """Take the names of an entry apart."""
    full = [name for name in actor.names if name.kind is not NameKind.ABBREVIATION]
    parsed = {text: names.parse(text) for text in (actor.name, *(name.text for name in full))}
    telling = tuple(each for each in parsed.values() if each.words)
    short = {names.abbreviated(name.text): name.text for name in actor.names if name.kind is NameKind.ABBREVIATION}
    short |= {each.abbreviation: each.abbreviation.upper() for each in telling if each.abbreviation}
    return Borne(
        id=actor.id,
        shown=actor.name,
        names=telling,
        former=frozenset(name.text for name in full if name.kind is NameKind.FORMER or name.until) - {actor.name},
        abbreviations={key: text for key, text in short.items() if len(key) > 1},
    )


def profile(actor: Actor, places: Mapping[str, Place]) -> Profile:
    """Take an entry apart. ``places`` holds its place and those around it; where it does not, they are unknown."""
    called = borne(actor)
    return Profile(
        id=actor.id,
        shown=actor.name,
        names=called.names,
        former=called.former,
        abbreviations=called.abbreviations,
        kind=actor.kind,
        where=_whereabouts(actor.place, places),
        domain=domain(actor.website or ""),
        identifiers=_identifiers(actor),
    )


def domain(address: str) -> str:
    """Return the registered domain of a web address, or nothing for hosts that many share.

    >>> domain("https://www.uta.fi/kirjasto"), domain("http://www.leeds.ac.uk"), domain("https://facebook.com/x")
    ('uta.fi', 'leeds.ac.uk', '')
    """
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:  # brackets that do not close
        return ""
    labels = host.removeprefix("www.").split(".")
    if len(labels) < 2:
        return ""
    long = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    found = ".".join(labels[-3:] if long else labels[-2:])
    return "" if found in _SHARED_HOSTS else found


def town_words(text: str) -> frozenset[str]:
    """Return a town's name for comparing: ``GENEVE 19`` and ``Genf`` are one, ``Paris Cedex 5`` is Paris.

    >>> town_words("GENEVE 19") == town_words("Genf"), sorted(town_words("Paris Cedex 5"))
    (True, ['paris'])
    """
    tokens = [vocabulary.unmarked(token) for token in fold(text).replace("-", " ").split()]
    clean = ["".join(filter(str.isalnum, token)) for token in tokens]
    kept = [word for word in clean if word and not any(map(str.isdigit, word)) and word not in _NO_TOWN]
    return frozenset(vocabulary.canonical([word for word in kept if not vocabulary.is_small(word)] or kept))


def same_town(a: Whereabouts, b: Whereabouts) -> bool:
    """Say whether two entries are in one town: it may be written with its county, or with a slip of the pen."""
    if not a.town or not b.town or a.country != b.country:
        return False
    if a.town <= b.town or b.town <= a.town:
        return True
    one, other = " ".join(sorted(a.town)), " ".join(sorted(b.town))
    return len(one) > _SHORTEST_MISSPELT and int(OSA.distance(one, other, score_cutoff=1)) <= 1


def _whereabouts(place: str | None, places: Mapping[str, Place]) -> Whereabouts:
    levels: dict[PlaceKind, Place] = {}
    while place and (found := places.get(place)) and found.kind not in levels:
        levels[found.kind] = found
        place = found.parent
    town, region, country = (levels.get(kind) for kind in (PlaceKind.MUNICIPALITY, PlaceKind.REGION, PlaceKind.COUNTRY))
    return Whereabouts(
        town=town_words(town.name) if town else frozenset(),
        town_name=town.name if town else "",
        region=region.id if region else "",
        country=country.id if country else "",
        country_name=country.name if country else "",
    )


def _identifiers(actor: Actor) -> dict[str, str]:
    schemes = ("business_id", "vat", "pic", "ror", "isni", "wikidata")
    found = {scheme: value for scheme in schemes if (value := getattr(actor, scheme))}
    vat = found.get("vat", "")
    if vat.startswith("FI") and len(vat) == 10 and "business_id" not in found:
        found["business_id"] = f"{vat[2:9]}-{vat[9]}"
    return found

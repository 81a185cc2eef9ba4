"""What is known of the words of names: which say the same in several languages, which are towns, which tell little.

From the tables beside this module; the same for every graph, so that a score depends on two entries alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from graphsvc.resolve.legal_forms import read_table

_SHORTEST_MEANT = 7
"""Letters of a word that may be a known one misspelt."""


class Sort(StrEnum):
    """What a word tells."""

    PLAIN = "plain"
    """A word of its own: most names of bodies have one."""
    CONCEPT = "concept"
    """What kind of body, or its field: university, ministry, research."""
    COMMON = "common"
    PERSON = "person"
    """A frequent family or first name."""
    TOWN = "town"
    BODY = "body"
    """Names one body by itself: Geological Survey."""
    PART = "part"
    """Makes the name one of a part: department, osasto."""
    NUMBER = "number"


_WEIGHT = {
    Sort.CONCEPT: 0.35,
    Sort.COMMON: 0.4,
    Sort.PERSON: 0.4,
    Sort.TOWN: 1.0,
    Sort.BODY: 1.3,
    Sort.PART: 0.3,
    Sort.NUMBER: 0.6,
}


def unmarked(word: str) -> str:
    """Return the word without the ``e`` that stands for German and Nordic dots: ``duesseldorf`` → ``dusseldorf``."""
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u")


@lru_cache(maxsize=1 << 17)
def sort_of(word: str) -> Sort:
    """Return what a word of a parsed name tells."""
    if any(character.isdigit() for character in word):
        return Sort.NUMBER
    return _vocabulary().sorts.get(word, Sort.PLAIN)


@lru_cache(maxsize=1 << 17)
def weight(word: str) -> float:
    """Return how much a shared word tells, 0.3 to 1: ``university`` little, ``techila`` much, short words less."""
    sort = sort_of(word)
    return _WEIGHT[sort] if sort is not Sort.PLAIN else min(1.0, 0.25 + 0.15 * len(word))


def canonical(words: Sequence[str]) -> dict[str, str]:
    """Return the words with phrases of several languages as one, each with how it is written.

    A Finnish genitive of a known word is that word. Work grows with the number of words.

    >>> canonical(["tampereen", "yliopisto"])
    {'tampere': 'tampereen', 'university': 'yliopisto'}
    """
    phrases, longest = _vocabulary().phrases, _vocabulary().longest
    found: dict[str, str] = {}
    place = 0
    while place < len(words):
        for length in range(min(longest.get(words[place], 1), len(words) - place), 0, -1):
            meaning = phrases.get(tuple(words[place : place + length]))
            if meaning is None and length == 1 and len(words[place]) > 5 and words[place].endswith("n"):
                meaning = phrases.get((words[place][:-1],))
            if meaning is not None:
                found.setdefault(meaning, " ".join(words[place : place + length]))
                place += length
                break
        else:
            found.setdefault(words[place], words[place])
            place += 1
    return found


@lru_cache(maxsize=1 << 17)
def meant(word: str) -> str | None:
    """Return the kind of body or field that a word says but for a slip of the pen, in whatever language; else None.

    A slip leaves the first letter, and one letter is amiss.

    >>> meant("ylioppisto"), meant("universty"), meant("ammatikorkeakoulu"), meant("yliopisto"), meant("techila")
    ('university', 'university', 'university_of_applied_sciences', None, None)
    """
    if len(word) < _SHORTEST_MEANT or (word,) in _vocabulary().phrases or sort_of(word) is not Sort.PLAIN:
        return None
    near = {each for left in _without_a_letter(word) for each in _misspelt().get(left, ())}
    found = min((each for each in near if each[0] == word[0] and OSA.distance(word, each) == 1), default=None)
    return _vocabulary().phrases[(found,)] if found else None


@cache
def _misspelt() -> Mapping[str, frozenset[str]]:
    """Return the known words by what is left of them without a letter: two that differ by a slip leave the same."""
    found: dict[str, set[str]] = {}
    for phrase, meaning in _vocabulary().phrases.items():
        word = phrase[0]
        if len(phrase) == 1 and len(word) >= _SHORTEST_MEANT and sort_of(meaning) in (Sort.CONCEPT, Sort.BODY):
            for left in _without_a_letter(word):
                found.setdefault(left, set()).add(word)
    return {left: frozenset(words) for left, words in found.items()}


def _without_a_letter(word: str) -> set[str]:
    """Return the word, and what is left of it without each of its letters."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def is_small(word: str) -> bool:
    """Say whether the word may be left out: of, ja, und."""
    return word in _vocabulary().small


def is_article(word: str) -> bool:
    """Say whether a name may begin with the word without being another name."""
    return word in _vocabulary().articles


def begins_remark(words: Sequence[str]) -> bool:
    """Say whether what stands in brackets is a remark on the body's past or future, no part of its name."""
    return bool(words) and words[0] in _vocabulary().remarks


def is_authority(word: str) -> bool:
    """Say whether the word makes a name that of an authority, which no other of its country bears."""
    return word in _vocabulary().authorities


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    phrases: Mapping[tuple[str, ...], str]
    longest: Mapping[str, int]
    """First word of phrases → words of the longest of them."""
    sorts: Mapping[str, Sort]
    small: frozenset[str]
    articles: frozenset[str]
    remarks: frozenset[str]
    authorities: frozenset[str]


@cache
def _vocabulary() -> _Vocabulary:
    words, towns = read_table("words"), read_table("towns")
    small = frozenset(words["small"])
    phrases: dict[tuple[str, ...], str] = {}
    sorts: dict[str, Sort] = {}

    def say(sort: Sort, known: Iterable[str]) -> None:
        for word in known:
            sorts.setdefault(word, sort)

    def phrase(text: str) -> tuple[str, ...]:
        """Return a phrase as it stands in a name: small words are gone by then."""
        written = tuple(map(unmarked, text.replace("_", " ").split()))
        return tuple(word for word in written if word not in small) or written

    for group in towns.values():
        for town, others in group.items():
            say(Sort.TOWN, [town])
            phrases |= dict.fromkeys(map(phrase, [town, *others]), town)
    for sort, table in ((Sort.CONCEPT, words["concepts"]), (Sort.BODY, words["bodies"])):
        for concept, others in table.items():
            say(sort, [concept])
            phrases |= dict.fromkeys(map(phrase, [concept, *others]), concept)
    say(Sort.PART, map(unmarked, words["parts"]["words"]))
    say(Sort.PERSON, words["people"]["words"])
    say(Sort.COMMON, map(unmarked, words["common"]["words"]))
    longest: dict[str, int] = {}
    for each in phrases:
        longest[each[0]] = max(longest.get(each[0], 1), len(each))
    return _Vocabulary(
        phrases,
        longest,
        sorts,
        small=small,
        articles=frozenset(words["articles"]),
        remarks=frozenset(words["remarks"]["words"]),
        authorities=frozenset(words["authorities"]["words"]),
    )

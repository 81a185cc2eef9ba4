"""Finnish and Swedish forms of a person's name, by a simple rule: enough to show a text to a person, not to change it.

*Virtasen Matti*, *Matti Virtaselle*, *Matin ja Virtasen* are words of a language, not letters to compare. The rule
makes the stems that a word may have — Virtanen: virtase-, virtas-; Matti: matti-, mati-; Mäki: mäki-, mäe-; Lahti:
lahti-, lahde-; Susi: sude-; Hannes: hannekse-; Karin: karini- — and takes a stem with an ending of a case for a form.

What it doesn't know: one name alone (no last name near the first), initials and nicknames, words that grow stronger
when they are inflected (Kangas: Kankaan), and other languages. Two words must stand together, in either order, with at
most one between them; so look-alikes are few, and each costs only a look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Final

_WEAK: Final = (
    *(("kk", "k"), ("pp", "p"), ("tt", "t"), ("nt", "nn"), ("nk", "ng"), ("mp", "mm"), ("lt", "ll"), ("rt", "rr")),
    *(("ht", "hd"), ("t", "d"), ("p", "v"), ("k", "")),
)
"""What stands before the last vowel, and what becomes of it where the syllable closes; the longest first."""
_VOWELS: Final = "aeiouyäöå"
_ENDINGS: Final = (
    *("", "n", "a", "ä", "ta", "tä", "tta", "ttä", "ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle"),
    *(
        "na",
        "nä",
        "ksi",
        "t",
        "en",
        "in",
        "an",
        "än",
        "on",
        "un",
        "yn",
        "ön",
        "ten",
        "den",
        "ja",
        "jä",
        "s",
        "hin",
        "seen",
    ),
)
_CLITIC: Final = "(?:kin|kaan|kään|ko|kö|han|hän)?"
_APART: Final = r",?\s+(?:[\w.-]+\s+)?"
"""What may stand between the two words: a space, a comma, another name."""


class Inflected:
    """Looks for a person's first and last name side by side where either is, or may be, inflected."""

    def __init__(self, name: str) -> None:
        """A name of one word is never found: there is nothing near which it would be somebody's."""
        words = name.casefold().split()
        self._pattern: re.Pattern[str] | None = None
        if len(words) > 1:
            first, last = _form(words[0]), _form(words[-1])
            either = "|".join(rf"{one}{_APART}{other}" for one, other in ((first, last), (last, first)))
            self._pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)")
            self._beginning = _common(set(_stems(words[-1])))

    def found_in(self, text: str) -> str:
        """Return the words of a text that are probably the name, folded; nothing where there are none.

        >>> Inflected("Matti Virtanen").found_in("Kerro Virtasen Matille asiasta.")
        'virtasen matille'
        """
        folded = text.casefold()
        if self._pattern is None or self._beginning not in folded:
            return ""
        found = self._pattern.search(folded)
        return found[0] if found else ""


def _common(stems: set[str]) -> str:
    """Return what all stems begin with: a text without it needs no closer look."""
    shortest = min(stems, key=len)
    alike = takewhile(lambda at: len({stem[at] for stem in stems}) == 1, range(len(shortest)))
    return shortest[: sum(1 for _ in alike)]


def _form(word: str) -> str:
    closed = word[-1] not in _VOWELS  # such a word takes few endings itself: Mäkinen is no stem of Mäkinenen
    stems = set(_stems(word)) - ({word} if closed else set())
    itself = rf"{re.escape(word)}(?:s|ta|tä)?|" if closed else ""
    return f"(?:{itself}(?:{_any(map(re.escape, stems))})(?:{_any(_ENDINGS)})){_CLITIC}"


def _any(texts: Iterable[str]) -> str:
    return "|".join(sorted(texts, key=len, reverse=True))


def _stems(word: str) -> Iterator[str]:
    """Yield what a word, folded, may be before an ending of a case: itself, too."""
    yield word
    if word.endswith("nen"):
        yield from (word[:-3] + stem for stem in ("se", "si", "s"))
    elif word[-1] not in _VOWELS:
        yield word + "i"
        if word.endswith("s"):
            yield word[:-1] + "kse"
    elif len(word) > 2:
        kept, vowel = word[:-1], word[-1]
        strong, weak = next(((s, w) for s, w in _WEAK if kept.endswith(s)), ("", ""))
        for stem in dict.fromkeys((kept, kept[: len(kept) - len(strong)] + weak)):
            yield stem + vowel
            if vowel == "i":
                yield stem + "e"
        if word.endswith("si"):
            yield from (word[:-2] + stem for stem in ("de", "te"))

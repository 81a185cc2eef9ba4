"""A name taken apart: the words that count, its legal form, its numbers, its abbreviation.

Capitals, diacritics, punctuation, small words, legal forms and known words of other languages make no difference to
what comes out. Nothing here is for showing; names are shown as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graphsvc.identifiers import fold
from graphsvc.resolve import legal_forms, vocabulary

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_DOTTED = re.compile(r"\b(?:\w[./:])+\w{1,2}\b")
"""``s.p.a``, ``a/s``, ``t:mi``: letters that a dot, slash or colon separates."""
_PARTS = re.compile(r"\s/|/\s|(?<=\w\w)/|[,;()\[\]]|\s[-–—]\s|\s{2,}")
"""What separates the parts of a name: ``Foo ry / Opisto``, ``KETEK, Oy``."""
_PERHAPS_PARTS = re.compile(r"[-–—/,;()\[\]]|\s\s")
"""Found in whatever has parts, and looked for in a fraction of the time: most names have none."""
_WORD = re.compile(r"\w+")
_DOTS = re.compile(r"[./:]")
_ABBREVIATION = re.compile(r"[A-ZÅÄÖÜ][A-Za-zÅÄÖÜåäöü&-]{1,7}")


@dataclass(frozen=True)
class ParsedName:
    """What of a name is compared."""

    text: str
    """As it was written."""
    words: tuple[str, ...]
    """In the order of the name, each once, canonical; never empty unless the text holds no letter or digit."""
    written: Mapping[str, str]
    """Each word → as it is written in the name, folded."""
    compact: str
    """All letters and digits of the name without its legal form: the same however the words are spaced."""
    legal: frozenset[str]
    """Groups of the legal forms that were taken off."""
    abbreviation: str
    """What stands in brackets and looks like an abbreviation, folded; else empty."""
    remark: bool
    """The name said in brackets what it was or became, and that was left out."""
    initials: frozenset[str]
    """First letters of the words as written, with and without small ones; three letters at least."""

    @cached_property
    def key(self) -> str:
        """The words in alphabetical order: the same for ``University of X`` and ``X University``."""
        return " ".join(sorted(self.words))

    @cached_property
    def meant(self) -> str:
        """The key without slips of the pen in known words: these stand there in another language."""
        return " ".join(sorted(vocabulary.meant(word) or word for word in self.words))

    @cached_property
    def information(self) -> float:
        """How much the whole name tells: the sum of its words' weights."""
        return sum(map(vocabulary.weight, self.words))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The words with digits in them."""
        return frozenset(word for word in self.words if vocabulary.sort_of(word) is vocabulary.Sort.NUMBER)


def parse(text: str) -> ParsedName:
    """Take a name apart.

    >>> parse("TAMPEREEN KORKEAKOULUSÄÄTIÖ SR").words, parse("Énergie & Cie S.p.A.").words
    (('tampere', 'higher_education_foundation'), ('energy', 'cie'))
    >>> parse("Geologian tutkimuskeskus (GTK)").abbreviation
    'gtk'
    """
    plain, abbreviation, remark = _brackets(text)
    stripped = _without_forms(plain)
    unmarked = [vocabulary.unmarked(word) for word in stripped.words]
    if len(unmarked) > 2 and vocabulary.is_article(unmarked[0]):
        del unmarked[0]
    # The last word is never small: "Sali A" and "Sali D" are two.
    telling = [word for word in unmarked[:-1] if not vocabulary.is_small(word)] + unmarked[-1:]
    canonical = vocabulary.canonical(telling)
    initials = {"".join(word[0] for word in each) for each in (stripped.words, telling)}
    return ParsedName(
        text=text,
        words=tuple(canonical),
        written=canonical,
        compact="".join(unmarked),
        legal=stripped.groups,
        abbreviation=abbreviation,
        remark=remark,
        initials=frozenset(each for each in initials if len(each) > 2),
    )


def abbreviated(text: str) -> str:
    """Return an abbreviation for comparing: letters and digits only, folded."""
    return "".join(_tokens(text))


def _without_forms(text: str) -> legal_forms.Stripped:
    """Take the legal forms off each part of a name: in ``Foo ry / Opisto`` the form is at an end too."""
    parts = [_tokens(part) for part in (_PARTS.split(text) if _PERHAPS_PARTS.search(text) else (text,))]
    stripped = [legal_forms.strip(tokens) for tokens in parts]
    words = tuple(word for each in stripped for word in each.words)
    if not words:  # "AS Oy": then the form is the name
        return legal_forms.Stripped(tuple(token for tokens in parts for token in tokens), frozenset())
    groups = frozenset[str]().union(*(each.groups for each in stripped))
    return legal_forms.Stripped(words, groups - {"company"} if "partnership" in groups else groups)


def _tokens(text: str) -> list[str]:
    folded = fold(text).replace("_", " ")
    if _DOTS.search(folded):
        folded = _DOTTED.sub(lambda found: _DOTS.sub("", found[0]), folded)
    return _joined_letters(_WORD.findall(folded))


def _joined_letters(words: Sequence[str]) -> list[str]:
    """Join single letters that follow one another: ``s r l`` is ``srl``."""
    joined: list[str] = []
    run = False
    for word in words:
        single = len(word) == 1 and word.isalpha()
        if single and run:
            joined[-1] += word
        else:
            joined.append(word)
        run = single
    return joined


def _abbreviates(inner: str, around: str) -> bool:
    """Say whether what stands in brackets abbreviates what is around it: in ``Foo (UK) Ltd`` it does not."""
    if not _ABBREVIATION.fullmatch(inner) or not inner[0].isupper():
        return False
    letters = iter(fold(around))
    return all(letter in letters for letter in abbreviated(inner))


def _brackets(text: str) -> tuple[str, str, bool]:
    """Return the text without what in brackets is no part of the name, an abbreviation there, whether a remark was."""
    abbreviation, remark = "", False
    plain = text
    for found in _BRACKETS.finditer(text):
        inner = found[1].strip()
        if vocabulary.begins_remark(_tokens(inner)):
            remark = True
        elif _abbreviates(inner, text.replace(found[0], " ")):
            abbreviation = abbreviated(inner)
        else:
            continue
        plain = plain.replace(found[0], " ")
    return (plain, abbreviation, remark) if plain is text or _tokens(plain) else (text, "", False)

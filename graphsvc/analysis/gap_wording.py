"""Gaps → titles and sentences in Finnish, Swedish or English, from ``wordings/gaps.toml``.

A reason about the pair that would close a gap is one of a missing partnership: ``reasons.py`` has its sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from graphsvc.analysis.axes import ELSE
from graphsvc.analysis.coverage import Threshold
from graphsvc.analysis.gaps import Gap, GapKind
from graphsvc.analysis.reasons import NameOf, listing
from graphsvc.analysis.reasons import reason as reason_of_pair
from graphsvc.analysis.results import Evidence, Noun, Ref
from graphsvc.wording import day, number, say, table

_NONE: Final = ("lacks_group", "works_alone")
"""Kinds of evidence that have a wording of their own, ``…_none``, when there is none."""
_PLURAL: Final = {noun: f"{noun.value}s" for noun in Noun}


def title(gap: Gap, language: str, name_of: NameOf) -> str:
    """Return what is missing in a few words. Names come out as they are: whoever makes markup must escape them."""
    names = _names(gap.about, {}, language, name_of)
    kinds = {each.kind for each in gap.evidence}
    if gap.kind is GapKind.COVERAGE:
        key = "coverage_thin" if "some_there" in kinds else "coverage_empty"
        group = say("kinds", f"helix.{gap.group}", language) if gap.group else names["places"]
        return say("gaps", f"title.{key}", language, themes=names["themes"], group=group)
    key = "untied_alone" if "works_alone" in kinds else gap.kind.value
    return say("gaps", f"title.{key}", language, **names)


def pair(gap: Gap, language: str, name_of: NameOf) -> str:
    """Return who should meet to close the gap; nothing where there is no such pair."""
    if gap.pair is None:
        return ""
    a, b = (name_of(Ref(Noun.ACTOR, id_)) for id_ in gap.pair)
    return say("gaps", "title.pair", language, a=a, b=b)


def sentence(evidence: Evidence, language: str, name_of: NameOf) -> str:
    """Return a piece of evidence as one sentence."""
    key = f"{evidence.side.value}.{evidence.kind}"
    if key not in table("gaps"):
        return reason_of_pair(evidence, language, name_of)
    numbers = evidence.numbers
    if evidence.kind in _NONE and not numbers["n"]:
        key += "_none"
    if numbers.get("here") == 0:
        key += "_anywhere"
    parameters: dict[str, object] = dict(_names(evidence.refs, numbers, language, name_of))
    parameters |= {name: _text(value, language) for name, value in numbers.items() if name not in parameters}
    parameters |= {"n": numbers.get("n", 0), "count": _text(numbers.get("n", 0), language)}
    if helix := numbers.get("helix"):
        parameters["helix"] = say("kinds", f"helix.{helix}", language)
    if "first" in numbers:
        parameters |= _sides(evidence, language, name_of)
    text = say("gaps", key, language, **parameters)
    return text[:-1] if text.endswith("..") else text  # the last name may end in a full stop of its own


def group_name(by: str, group: str, language: str, name_of: NameOf) -> str:
    """Return the name of a row of a coverage matrix, which is made ``by`` helix or area."""
    if group == ELSE:
        return say("gaps", "group.else", language)
    return say("kinds", f"helix.{group}", language) if by == "helix" else name_of(Ref(Noun.PLACE, group))


def coverage_method(threshold: Threshold, groups: int, language: str) -> str:
    """Return when a cell is empty or thin, in a sentence; ``groups`` is their number."""
    return say(
        "gaps",
        "method.coverage",
        language,
        fewest=number(threshold.fewest, language),
        elsewhere=number(threshold.needed(groups), language),
    )


def _names(
    refs: Sequence[Ref], totals: Mapping[str, float | int | str | date], language: str, name_of: NameOf
) -> dict[str, str]:
    """Return ``actors``, ``collaborations``, ``themes`` and ``places``: the names, and how many more there are."""
    found = {}
    for noun, plural in _PLURAL.items():
        names = [name_of(ref) for ref in refs if ref.noun is noun]
        found[plural] = listing(names, max(int(str(totals.get(plural, 0))), len(names)), language)
    return found


def _sides(evidence: Evidence, language: str, name_of: NameOf) -> dict[str, str]:
    """Return the names of either side; the first so many actors are of one."""
    names = [name_of(ref) for ref in evidence.refs if ref.noun is Noun.ACTOR]
    first = int(str(evidence.numbers["first"]))
    parts = {"a": names[:first], "b": names[first:]}
    return {
        f"{side}_names": listing(part, int(str(evidence.numbers[f"{side}_n"])), language)
        for side, part in parts.items()
    }


def _text(value: float | str | date, language: str) -> str:
    if isinstance(value, date):
        return day(value, language)
    return value if isinstance(value, str) else number(value, language, 0 if float(value).is_integer() else 1)

"""Missing partnerships as tables for a file: the list, each reason with its facts, and how the list was made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from graphsvc.analysis.reasons import method, silence
from graphsvc.analysis.results import Missing
from graphsvc.answers import Told
from graphsvc.model import Source, View
from graphsvc.render.answer_tables import AnswerTable, Cell

_LIST: Final = ("rank", "name_a", "name_b", "score", "for", "against", "id_a", "id_b")
_REASONS: Final = ("rank", "name_a", "name_b", "side", "kind", "reason", "contribution", "facts")
_APART: Final = " · "


def missing_tables(
    missing: Missing, told: Sequence[Told], view: View, sources: Sequence[Source], language: str
) -> tuple[AnswerTable, ...]:
    """Return the list, one row for each reason, and what a reader needs to trust it; ``told``: the same list in words.

    Only the first 1,000 lines carry reasons. A fact is written as ``collaboration:ID``.
    """
    lines: list[list[Cell]] = [
        [each.rank, each.a_name, each.b_name, each.score, *map(_APART.join, _sides(each)), each.a, each.b]
        for each in told
    ]
    return (
        AnswerTable("missing", _LIST, lines),
        AnswerTable("reasons", _REASONS, list(_reasons(missing, told))),
        AnswerTable("about", ("what", "value"), [list(row) for row in _about(missing, view, sources, language)]),
    )


def _sides(each: Told) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return each.reasons_for, each.reasons_against


def _reasons(missing: Missing, told: Sequence[Told]) -> Iterator[list[Cell]]:
    for line, words in zip(missing.partnerships, told, strict=True):
        sentences = {side: iter(spoken) for side, spoken in zip(("for", "against"), _sides(words), strict=True)}
        for each in line.evidence:
            side = each.side.value
            facts = " ".join(f"{ref.noun.value}:{ref.id}" for ref in each.refs)
            reason: list[Cell] = [side, each.kind, next(sentences[side]), each.contribution, facts]
            yield [words.rank, words.a_name, words.b_name, *reason]


def _about(missing: Missing, view: View, sources: Sequence[Source], language: str) -> Iterator[tuple[str, str]]:
    yield "method", method(missing.how, language) if missing.how else missing.method
    yield "revision", str(missing.revision)
    if missing.how:
        yield "day", missing.how.on.isoformat()
    for name, value in view.model_dump(mode="json", exclude_defaults=True).items():
        yield f"view: {name}", ", ".join(value) if isinstance(value, list) else str(value)
    yield "candidates", str(missing.candidates)
    yield "decided", str(missing.decided)
    for reason, number in missing.left_out.items():
        yield f"left out: {reason}", str(number)
    for sentence in silence(missing.unsuggested, language) if missing.unsuggested else ():
        yield "without a suggestion", sentence
    for source in sources:
        stated = source.stated.isoformat() if source.stated else None
        said = (source.name, source.publisher, stated, source.address, source.terms)
        yield "source", _APART.join(str(each) for each in said if each)

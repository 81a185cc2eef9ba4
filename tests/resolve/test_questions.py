"""A person is asked once for two bodies, however many of their entries may be one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.model import Judgement, Link, LinkKind, Verdict
from graphsvc.resolve.identity import duplicates
from graphsvc.resolve.questions import questions
from graphsvc.store.judging import Log, effective, new_act
from graphsvc.uniting import pair_of
from tests.store.made_up import AT

IDS = "abcdef"
SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE
_pairs = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda p: p[0] != p[1]).map(lambda p: pair_of(*p))


def word(pair: str, verdict: Verdict, score: float | None = None) -> Judgement:
    by = "Maija" if score is None else "matching"
    return Judgement(a=pair[0], b=pair[1], verdict=verdict, by=by, at=AT, score=score)


def asked(found: tuple[tuple[Judgement, ...], ...]) -> list[list[str]]:
    return [[each.a + each.b for each in question] for question in found]


def test_entries_of_one_body_are_asked_about_once_with_the_strongest_pair() -> None:
    words = [word("ab", SAME, 0.99), word("ac", UNSURE, 0.6), word("bc", UNSURE, 0.8), word("cd", UNSURE, 0.7)]
    found = questions(words, ())
    assert asked(found) == [["bc", "ac"], ["cd"]]
    assert found[0] == (words[2], words[1])
    linked = [Link(actor="c", other="d", kind=LinkKind.SAME_AS, source="s")]
    more = [*words[:3], word("ad", UNSURE, 0.7)]
    assert asked(questions(more, linked)) == [["bc", "ad", "ac"]], "both sides may have several entries"
    successor = [Link(actor="c", other="d", kind=LinkKind.SUCCEEDED_BY, source="s")]
    assert asked(questions(more, successor)) == [["bc", "ac"], ["ad"]], "a predecessor is another body"


def test_what_a_person_put_to_review_stands_before_what_the_matching_found() -> None:
    words = [word("ab", SAME), word("ac", UNSURE, 0.9), word("bc", UNSURE)]
    assert asked(questions(words, ())) == [["bc", "ac"]]


def test_doubts_about_entries_that_are_one_body_are_asked_one_by_one() -> None:
    words = [word("ab", SAME), word("bc", SAME), word("cd", SAME), word("ac", UNSURE), word("bd", UNSURE)]
    assert asked(questions(words, ())) == [["ac"], ["bd"]]


_proposals = st.lists(
    st.builds(
        lambda pair, verdict, score: word("".join(pair), verdict, score),
        _pairs,
        st.sampled_from([SAME, UNSURE]),
        st.sampled_from([0.6, 0.8, 0.97]),
    ),
    max_size=10,
)
_links = st.lists(
    st.builds(lambda pair: Link(actor=pair[0], other=pair[1], kind=LinkKind.SAME_AS, source="s"), _pairs), max_size=3
)
_told_apart = st.lists(_pairs, max_size=3, unique=True)


def told(*said: tuple[tuple[str, str], Verdict]) -> Log:
    return Log(new_act(pair, verdict, "Maija", "", number=1, at=AT) for pair, verdict in said)


@given(_told_apart, _proposals, _links)
def test_each_two_bodies_are_asked_about_once_and_no_doubt_is_lost(
    apart: list[tuple[str, str]], proposals: list[Judgement], links: list[Link]
) -> None:
    words = effective(told(*((pair, DIFFERENT) for pair in apart)), proposals, links, set(IDS))
    found = questions(words, links)
    sets = duplicates(links, words)
    bodies = [frozenset((sets.first(of_two[0].a), sets.first(of_two[0].b))) for of_two in found]
    assert len(set(bodies)) == len(bodies)
    said = sorted((each.a, each.b) for question in found for each in question)
    assert said == [(each.a, each.b) for each in words if each.verdict is UNSURE]


@pytest.mark.parametrize("answer", [SAME, DIFFERENT])
@given(_proposals, _links, st.data())
def test_an_answer_settles_all_entries_of_the_two_bodies_and_leaves_every_other_question(
    answer: Verdict, proposals: list[Judgement], links: list[Link], data: st.DataObject
) -> None:
    before = questions(effective(Log(), proposals, links, set(IDS)), links)
    if not before:
        return
    question = data.draw(st.sampled_from(before))
    act = new_act((question[0].a, question[0].b), answer, "Maija", "", number=1, at=AT + timedelta(days=1))
    words = effective(Log([act]), proposals, links, set(IDS))
    left = {(each.a, each.b) for again in questions(words, links) for each in again}
    assert left == {(each.a, each.b) for other in before if other is not question for each in other}

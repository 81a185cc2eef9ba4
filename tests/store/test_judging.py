"""Which word counts: a pure function of acts, proposals, links and the entries that are there."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.model import Judgement, Link, LinkKind, Verdict
from graphsvc.store.judging import Act, Log, effective, new_act
from graphsvc.uniting import Uniting, pair_of
from tests.store.made_up import AT

IDS = "abcdef"
_pairs = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda p: p[0] != p[1]).map(lambda p: pair_of(*p))
_verdicts = st.sampled_from([*Verdict, None])
_said = st.lists(st.tuples(_pairs, _verdicts), max_size=8)
_proposals = st.lists(
    st.builds(
        lambda pair, verdict, score: Judgement(
            a=pair[0], b=pair[1], verdict=verdict, by="matching", at=AT, score=score
        ),
        _pairs,
        st.sampled_from([Verdict.SAME, Verdict.UNSURE]),
        st.sampled_from([0.5, 0.75, 1.0]),
    ),
    max_size=8,
)
_links = st.lists(
    st.builds(
        lambda pair, kind: Link(actor=pair[0], other=pair[1], kind=kind, source="s"),
        _pairs,
        st.sampled_from([LinkKind.SAME_AS, LinkKind.SAME_AS, LinkKind.UNIT_OF]),
    ),
    max_size=4,
)


def acts(said: list[tuple[tuple[str, str], Verdict | None]]) -> list[Act]:
    return [
        new_act(pair, verdict, "Maija", "", number=number, at=AT + timedelta(seconds=number))
        for number, (pair, verdict) in enumerate(said, 1)
    ]


@given(_said, _proposals, _links, st.randoms(use_true_random=False))
def test_the_order_of_what_is_read_does_not_matter(
    said: list[tuple[tuple[str, str], Verdict | None]],
    proposals: list[Judgement],
    links: list[Link],
    chance: random.Random,
) -> None:
    first = effective(Log(acts(said)), proposals, links, set(IDS))
    mixed = acts(said), list(proposals), list(links)
    for each in mixed:
        chance.shuffle(each)
    again = effective(Log(mixed[0]), mixed[1], mixed[2], set(IDS))
    assert [(w.a, w.b, w.verdict, w.score) for w in first] == [(w.a, w.b, w.verdict, w.score) for w in again]
    assert all((one.a, one.b) < (other.a, other.b) for one, other in pairwise(first)), "each pair once, in order"


@given(_said, _proposals, _links)
def test_what_counts_contradicts_itself_nowhere(
    said: list[tuple[tuple[str, str], Verdict | None]], proposals: list[Judgement], links: list[Link]
) -> None:
    log = Log(acts(said))
    words = effective(log, proposals, links, set(IDS))
    sets = Uniting()
    assert all(sets.unite(w.a, w.b) for w in words if w.verdict is Verdict.SAME)
    assert not any(sets.together(w.a, w.b) for w in words if w.verdict is Verdict.DIFFERENT)
    for word in words:
        act = log.of((word.a, word.b))
        if act is not None:
            assert word.by == "Maija", "a person's word is never passed over"
            assert act.verdict in (word.verdict, Verdict.SAME)
    assert {act.pair for act in log.counting().values()} <= {(w.a, w.b) for w in words}


@given(_said, _proposals, _links, st.sets(st.sampled_from(IDS)))
def test_only_entries_that_are_there_are_spoken_of(
    said: list[tuple[tuple[str, str], Verdict | None]],
    proposals: list[Judgement],
    links: list[Link],
    known: set[str],
) -> None:
    there = [link for link in links if {link.actor, link.other} <= known]
    assert all({w.a, w.b} <= known for w in effective(Log(acts(said)), proposals, there, known))


@given(_said)
def test_the_last_word_counts_and_taking_back_goes_back_one_by_one(
    said: list[tuple[tuple[str, str], Verdict | None]],
) -> None:
    stacks: dict[tuple[str, str], list[Verdict]] = {}
    for pair, verdict in said:
        stack = stacks.setdefault(pair, [])
        if verdict is not None:
            stack.append(verdict)
        elif stack:
            stack.pop()
    counting = Log(acts(said)).counting()
    assert {pair: act.verdict for pair, act in counting.items()} == {p: s[-1] for p, s in stacks.items() if s}


def test_a_withdrawal_is_no_judgement() -> None:
    act = new_act(("a", "b"), None, "Maija", "", number=1, at=AT)
    with pytest.raises(ValueError, match="takes back"):
        _ = act.judgement

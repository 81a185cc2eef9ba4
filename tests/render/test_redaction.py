"""Nothing that was hidden is anywhere in the bytes of the page, and what is shown is whole."""

from __future__ import annotations

import base64
import re
import zlib
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.errors import InvalidValue, UnreadableFile
from graphsvc.model import ActorKind
from graphsvc.render.content import Imprint, MapContent, MapStep
from graphsvc.render.map import render_map
from graphsvc.render.map_redaction import Hidden
from graphsvc.render.map_redaction import redacted as redacted_by
from graphsvc.render.redaction import NOTHING, Field, Names, Redaction, read, refuse_unknown
from tests.render.made_up_map import hiding, made_up_map, recorded

MAP = made_up_map(60)


def redacted(content: MapContent, redaction: Redaction) -> tuple[MapContent, Hidden]:
    """Return the content without what is hidden of a graph that has just what the map shows."""
    return redacted_by(content, hiding(content, redaction))


def texts(value: object) -> list[str]:
    """Return every text in a value, however deep."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple | list):
        return [text for each in value for text in texts(each)]
    if is_dataclass(value):
        return [text for each in fields(value) for text in texts(getattr(value, each.name))]
    return []


def page_text(html: str) -> str:
    """Return all that a page says, what it holds packed too."""
    packed = re.findall(r"[A-Za-z0-9+/=]{200,}", html)
    unpacked = []
    for each in packed:
        try:
            unpacked.append(zlib.decompress(base64.b64decode(each + "=" * (-len(each) % 4)), -15).decode())
        except (ValueError, zlib.error):
            continue
    return "\n".join([html, *unpacked])


def with_reasons(content: MapContent) -> MapContent:
    """Name a third actor in the first reason of each suggestion, as evidence does."""
    third = content.actors[5]
    told = [
        replace(each, reasons_for=(f"Both work with {third.name}.", "Both work on energy."))
        for each in content.suggestions
    ]
    return replace(content, suggestions=tuple(told))


def test_nothing_hidden_changes_nothing_but_that_the_summary_is_made_anew() -> None:
    made, hidden = redacted(MAP, NOTHING)
    shown = {id_ for tie in MAP.ties for id_ in tie.collaborations}
    tied = tuple(each for each in MAP.collaborations if each.id in shown)
    assert replace(made, summary=MAP.summary) == replace(MAP, collaborations=tied)
    assert (hidden.actors, hidden.ties, hidden.suggestions, hidden.sentences) == ((), 0, 0, 0)


def test_an_actor_that_is_hidden_is_nowhere_in_the_page() -> None:
    content = with_reasons(MAP)
    third = content.actors[5]
    assert third.name in page_text(render_map(content))
    made, hidden = redacted(content, Redaction(actors=frozenset({third.id})))
    said = page_text(render_map(made))
    assert third.name not in said
    assert f'"{third.id}"' not in said
    assert hidden.actors == (third.name,)
    assert hidden.ties > 0
    assert hidden.sentences >= len(made.suggestions)
    assert [each.rank for each in made.suggestions] == list(range(1, len(made.suggestions) + 1))
    assert all(each.reasons_for == ("Both work on energy.",) for each in made.suggestions)


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from([each.id for each in MAP.actors]), max_size=20), st.sets(st.sampled_from(list(Field))))
def test_no_text_names_who_is_hidden_and_every_reference_is_whole(actors: set[str], hide: set[Field]) -> None:
    content = with_reasons(MAP)
    made, _ = redacted(content, Redaction(actors=frozenset(actors), fields=frozenset(hide)))
    shown = {each.name for each in made.actors}
    for each in content.actors:
        if each.id in actors and each.name not in shown:
            holding = [text for text in texts(made) if re.search(rf"(?<!\w){re.escape(each.name)}(?!\w)", text)]
            assert all(any(each.name in name and name in text for name in shown) for text in holding)
    ids = {each.id for each in made.actors}
    assert ids.isdisjoint(actors)
    assert all({tie.a, tie.b} <= ids for tie in made.ties)
    assert all({each.a, each.b} <= ids for each in made.suggestions)
    known = {each.id for each in made.collaborations}
    assert {id_ for tie in made.ties for id_ in tie.collaborations} == known


@pytest.mark.parametrize("hide", list(Field))
def test_a_field_that_is_hidden_is_empty(hide: Field) -> None:
    content = replace(
        MAP, actors=tuple(replace(each, website="https://a.example", also=("Other",)) for each in MAP.actors)
    )
    made, _ = redacted(content, Redaction(fields=frozenset({hide})))
    empty = {
        Field.OTHER_NAMES: not any(each.also for each in made.actors),
        Field.PLACES: not any(each.place for each in made.actors) and not made.places_above,
        Field.WEBSITES: not any(a.website for a in made.actors) and not any(c.website for c in made.collaborations),
        Field.THEMES: not any(each.themes for each in made.actors) and not any(e.themes for e in made.collaborations),
        Field.YEARS: not any(each.first or each.last for each in made.collaborations),
        Field.COLLABORATIONS: not made.collaborations and len(made.ties) == len(content.ties),
        Field.SUGGESTIONS: not made.suggestions,
        Field.REASONS_AGAINST: not any(each.reasons_against for each in made.suggestions),
        Field.SOURCES: not made.sources,
    }
    follows = {Field.SUGGESTIONS: {Field.REASONS_AGAINST}, Field.COLLABORATIONS: {Field.YEARS}}
    assert {each for each, is_empty in empty.items() if is_empty} == {hide} | follows.get(hide, set())


def test_a_kind_is_hidden_with_all_its_actors() -> None:
    made, hidden = redacted(MAP, Redaction(kinds=frozenset({ActorKind.FIRM})))
    assert hidden.actors
    assert ActorKind.FIRM not in {each.kind for each in made.actors}


def test_a_name_within_the_name_of_someone_shown_does_not_hide_that_one() -> None:
    first, second, *rest = MAP.actors
    content = replace(
        MAP,
        actors=(replace(first, name="Tampere"), replace(second, name="University of Tampere"), *rest),
        suggestions=(
            replace(
                MAP.suggestions[0],
                a=rest[0].id,
                b=rest[1].id,
                reasons_for=("Both know University of Tampere.", "Both know Tampere."),
            ),
        ),
    )
    made, _ = redacted(content, Redaction(actors=frozenset({first.id})))
    assert made.suggestions[0].reasons_for == ("Both know University of Tampere.",)


def test_a_slip_of_the_pen_publishes_nothing() -> None:
    with pytest.raises(InvalidValue, match="no actor 'made-up-9999'"):
        refuse_unknown(Redaction(actors=frozenset({"made-up-9999"})), recorded(MAP))


@pytest.mark.parametrize("where", ["caption", "licence", "alternative"])
def test_own_words_that_name_someone_hidden_are_refused(where: str) -> None:
    actor = MAP.actors[0]
    content = replace(MAP, imprint=Imprint(**{where: f"With thanks to {actor.name}."}))
    with pytest.raises(InvalidValue, match=f"The {where} names"):
        redacted(content, Redaction(actors=frozenset({actor.id})))


def test_a_title_that_names_someone_hidden_is_refused() -> None:
    actor = MAP.actors[0]
    with pytest.raises(InvalidValue, match="title names"):
        redacted(replace(MAP, title=f"The network of {actor.name}"), Redaction(actors=frozenset({actor.id})))


@pytest.mark.parametrize(
    ("text", "error", "why"),
    [
        ("actors = [", UnreadableFile, "can't be read"),
        ('fields = ["websites", "phones"]', InvalidValue, "fields"),
        ('hide = ["a"]', InvalidValue, "hide"),
    ],
)
def test_a_file_that_says_something_else_is_refused(
    tmp_path: Path, text: str, error: type[Exception], why: str
) -> None:
    file = tmp_path / "hide.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(error, match=why):
        read(file)


def test_a_file_says_what_is_hidden(tmp_path: Path) -> None:
    file = tmp_path / "hide.toml"
    file.write_text('actors = ["a"]\nkinds = ["firm"]\nfields = ["websites"]\n', encoding="utf-8")
    assert read(file) == Redaction(
        actors=frozenset("a"), kinds=frozenset({ActorKind.FIRM}), fields=frozenset({Field.WEBSITES})
    )


def test_a_collaboration_named_after_someone_hidden_is_not_told_and_its_ties_stay() -> None:
    tie = next(each for each in MAP.ties if each.collaborations)
    gone = next(each for each in MAP.actors if each.id not in (tie.a, tie.b))
    named = tuple(
        replace(each, name=f"Testbed of {gone.name}") if each.id == tie.collaborations[0] else each
        for each in MAP.collaborations
    )
    source = replace(MAP.sources[0], name=f"Register of {gone.name}")
    content = replace(MAP, collaborations=named, sources=(source, *MAP.sources))
    made, _ = redacted(content, Redaction(actors=frozenset({gone.id})))
    assert not any(re.search(rf"(?<!\w){re.escape(gone.name)}(?!\w)", text) for text in texts(made))
    assert made.sources == MAP.sources
    (left,) = (each for each in made.ties if (each.a, each.b) == (tie.a, tie.b))
    assert left.collaborations == tie.collaborations[1:]


@pytest.mark.parametrize("fragment", ["actor={id}&ties=1", "group=Around+{name}"])
def test_a_story_does_not_show_who_is_hidden(fragment: str) -> None:
    gone = MAP.actors[4]
    step = MapStep("The middle.", fragment.format(id=gone.id, name=quote_plus(gone.name)))
    with pytest.raises(InvalidValue, match="Step 1 of the story shows"):
        redacted(replace(MAP, story=(step,)), Redaction(actors=frozenset({gone.id})))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Both know ACME OY.", "Acme Oy"),
        ("Acme Oy's testbed", "Acme Oy"),
        ("Acme Oyj is another", ""),
        ("The old Acme Oy Finland", ""),
        ("Acme Oy Finland, and Acme Oy", "Acme Oy"),
        ("(Unnamed) is a name", "(Unnamed)"),
        ("un(Unnamed)", ""),
        ("A\u0308a\u0308ni ry", "Ääni ry"),
        ("Straße 5", "STRASSE 5"),
        ("Twin Oy", ""),
        ("", ""),
    ],
)
def test_names_are_found_as_words_of_their_own(text: str, found: str) -> None:
    names = Names(["Acme Oy", "(Unnamed)", "Ääni ry", "STRASSE 5", "Twin Oy", " "], ["Acme Oy Finland", "Twin Oy"])
    assert names.first_in(text) == found


@given(st.lists(st.text("aB ä(-", max_size=5), max_size=6), st.lists(st.text("aB ä(-", max_size=8), max_size=4))
def test_names_are_found_as_a_search_for_each_finds_them(hidden: list[str], said: list[str]) -> None:
    names, text = {each.strip() for each in hidden} - {""}, "".join(said)
    there = any(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text, re.IGNORECASE) for each in names)
    assert bool(Names(names).first_in(text)) == there

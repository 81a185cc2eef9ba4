"""Out and in again: the whole graph as workbook and as CSV tables, loaded into an empty store, is the same graph."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from graphsvc import loading
from graphsvc.cells import neutral
from graphsvc.exporting import Ask, Exported, make
from graphsvc.ingest import values
from graphsvc.ingest.attributes import MAX_TEXT, attribute_name
from graphsvc.ingest.reading import Severity
from graphsvc.model import (
    Actor,
    ActorKind,
    Claim,
    Collaboration,
    CollaborationKind,
    Link,
    LinkKind,
    Money,
    Name,
    NameKind,
    Participation,
    Place,
    PlaceKind,
    Snapshot,
    Source,
    Theme,
)
from graphsvc.samples import sample_path
from graphsvc.settings import Settings
from graphsvc.store.graph_store import GraphStore, snapshot_hash
from graphsvc.store.opening import open_store
from tests.store import made_up

T = TypeVar("T", Actor, Collaboration)
FILE = "file-everything"
WAYS = [Ask("workbook", "fi"), Ask("workbook", "sv"), Ask("tables", "en"), Ask("tables", "fi", style="plain")]


def exported(snapshot: Snapshot, ask: Ask) -> Exported:
    return make(ask, snapshot)


@contextmanager
def empty_store() -> Iterator[GraphStore]:
    store = open_store(Settings(store=":memory:"))
    try:
        yield store
    finally:
        store.close()


def come_back(snapshot: Snapshot, ask: Ask) -> Snapshot:
    """Return what an empty store holds after the export of a snapshot was loaded into it."""
    with TemporaryDirectory() as folder, empty_store() as store:
        path = Path(folder) / f"everything.{ask.form.ending}"
        path.write_bytes(exported(snapshot, ask).content)
        checked = loading.check(store, path)
        assert not [each for each in checked.tally.problems if each.severity is not Severity.NOTE]
        loading.load(store, checked)
        return store.snapshot()


def kept(snapshot: Snapshot) -> Snapshot:
    """Return the part of a snapshot that an export promises to keep: all but what is about the file itself.

    Not promised: judgements, which row says so, the file among the sources, how many zeros end an amount. What names no
    source is then said by the file.
    """

    def amount(money: Money) -> Money:
        return money.model_copy(update={"amount": money.amount.quantize(Decimal("0.01"))})

    def said(thing: T) -> T:
        return thing.model_copy(update={"source": thing.source or FILE})

    return replace(
        snapshot,
        revision=0,
        actors=tuple(map(said, snapshot.actors)),
        collaborations=tuple(map(said, snapshot.collaborations)),
        participations=tuple(
            claim.model_copy(update={"record": None, "money": claim.money and amount(claim.money)})
            for claim in snapshot.participations
        ),
        sources=tuple(source for source in snapshot.sources if source.id != FILE),
        judgements=(),
    )


def assert_same(snapshot: Snapshot, ask: Ask) -> None:
    before, after = kept(snapshot), kept(come_back(snapshot, ask))
    for part in ("sources", "places", "themes", "actors", "collaborations", "participations", "links"):
        assert getattr(after, part) == getattr(before, part), part
    assert snapshot_hash(after) == snapshot_hash(before)


# ---- whatever the model holds

HOSTILE = [
    "=1+1",
    "+358",
    "-1",
    "@x",
    "\t=1",
    "'=1",
    "''",
    "'",
    "＝1",
    "007",
    "1e5",
    "TRUE",
    "#N/A",
    "😀\u202eabc",
    'a"b;c,d',
]
texts = st.one_of(
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"), include_characters="\n\t\r"), max_size=40),
    st.sampled_from(HOSTILE),
    st.sampled_from(
        ["_x000D_", "a\nb", "a\r\nb", "x" * 5000, "=" * 3000, "  two  spaces  ", "\u00a0", "&lt;<b>", "]]>"]
    ),
)


def as_kept(text: str) -> str:
    """Return a text as every reader keeps it: without the spaces around it."""
    return values.paragraph(text)


names = texts.map(lambda text: values.name(text[:1900])).filter(bool)
paragraphs = st.none() | texts.map(as_kept).filter(bool)
own_columns = st.dictionaries(
    st.one_of(st.sampled_from(["kind", "attribute: kind", "E-mail", "id", "=x", "Vuosi; vuosi", "1"]), texts)
    .map(attribute_name)
    .filter(bool),
    texts.map(lambda text: as_kept(text[:MAX_TEXT])).filter(bool),
    max_size=3,
)
days = st.none() | st.dates()
ids = st.from_regex(r"[a-z0-9]([a-zA-Z0-9._:-]{0,8}[a-zA-Z0-9])?", fullmatch=True)
addresses = st.sampled_from([None, "https://example.org/?q=%3D&x=1", "http://www.xn--hyv-uoa.fi/"])


@st.composite
def spans(draw: st.DrawFn) -> tuple[date | None, date | None]:
    first, last = draw(days), draw(days)
    return (last, first) if first and last and last < first else (first, last)


@st.composite
def other_names(draw: st.DrawFn) -> Name:
    since, until = draw(spans())
    language = draw(st.sampled_from([None, "fi", "sv", "smn"]))
    return Name(text=draw(names), kind=draw(st.sampled_from(NameKind)), language=language, since=since, until=until)


@st.composite
def graphs(draw: st.DrawFn) -> list[Claim]:
    """Return claims that hold together: what is spoken of is there."""

    def several(most: int) -> list[str]:
        return draw(st.lists(ids, min_size=1, max_size=most, unique=True))

    def one_of(things: list[Any]) -> str | None:
        return draw(st.none() | st.sampled_from([thing.id for thing in things])) if things else None

    sources = [
        Source(
            id=id_,
            name=draw(names),
            stated=draw(days),
            address=draw(addresses),
            publisher=draw(paragraphs),
            terms=draw(paragraphs),
        )
        for id_ in several(2)
    ]
    places: list[Place] = []
    for id_ in several(3):
        kind = draw(st.sampled_from(PlaceKind))
        places.append(Place(id=id_, name=draw(names), kind=kind, parent=one_of(places)))
    themes: list[Theme] = []
    for id_ in several(3):
        of_languages = {f"name_{language}": draw(st.none() | names) for language in ("fi", "sv", "en")}
        themes.append(Theme(id=id_, name=draw(names), parent=one_of(themes), **of_languages))
    said_by = st.sampled_from([source.id for source in sources])
    identifiers = st.sampled_from([None, "2844561-8"]), st.sampled_from([None, "FI28445618", "CHE-115.635.627"])
    actors = [
        Actor(
            id=id_,
            name=draw(names),
            kind=draw(st.sampled_from(ActorKind)),
            names=tuple(draw(st.lists(other_names(), max_size=4))),
            business_id=draw(identifiers[0]),
            vat=draw(identifiers[1]),
            pic=draw(st.sampled_from([None, "902999288"])),
            ror=draw(st.sampled_from([None, "033003e23"])),
            isni=draw(st.sampled_from([None, "0000000122355150"])),
            wikidata=draw(st.sampled_from([None, "Q56392903"])),
            place=one_of(places),
            website=draw(addresses),
            description=draw(paragraphs),
            source=draw(said_by),
            attributes=draw(own_columns),
        )
        for id_ in several(4)
    ]
    collaborations = []
    for id_ in several(3):
        start, end = draw(spans())
        collaborations.append(
            Collaboration(
                id=id_,
                name=draw(names),
                title=draw(paragraphs),
                kind=draw(st.sampled_from(CollaborationKind)),
                start=start,
                end=end,
                programme=draw(paragraphs),
                topic=draw(paragraphs),
                themes=tuple(draw(st.lists(st.sampled_from([theme.id for theme in themes]), unique=True))),
                website=draw(addresses),
                source=draw(said_by),
                attributes=draw(own_columns),
            )
        )
    some_actor = st.sampled_from([actor.id for actor in actors])
    amounts = st.decimals(0, 10**16 - 1, places=2, allow_nan=False)
    participations = []
    for _ in range(draw(st.integers(0, 4))):
        start, end = draw(spans())
        money = draw(st.none() | st.builds(Money, amount=amounts, currency=st.sampled_from(["EUR", "SEK"])))
        participations.append(
            Participation(
                actor=draw(some_actor),
                collaboration=draw(st.sampled_from([each.id for each in collaborations])),
                role=draw(paragraphs) or "",
                source=draw(said_by),
                start=start,
                end=end,
                money=money,
                attributes=draw(own_columns),
            )
        )
    pairs = st.tuples(some_actor, some_actor).filter(lambda pair: pair[0] != pair[1])
    linked = draw(st.lists(pairs, max_size=3)) if len(actors) > 1 else []
    links = [
        Link(actor=a, other=b, kind=draw(st.sampled_from(LinkKind)), since=draw(days), source=draw(said_by))
        for a, b in linked
    ]
    return [*sources, *places, *themes, *actors, *collaborations, *participations, *links]


@given(graphs(), st.sampled_from(WAYS))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_the_model_holds_comes_back(claims: list[Claim], ask: Ask) -> None:
    with empty_store() as store:
        store.apply(made_up.claims("made", *claims, import_=made_up.run(), finishes=True))
        assert_same(store.snapshot(), ask)


# ---- real graphs


@pytest.fixture(scope="module")
def sample() -> Iterator[Snapshot]:
    with empty_store() as store:
        loading.load(store, loading.check(store, sample_path()))
        yield store.snapshot()


@pytest.mark.parametrize("ask", WAYS, ids=lambda ask: f"{ask.format}-{ask.language}")
def test_the_sample_comes_back(sample: Snapshot, ask: Ask) -> None:
    assert_same(sample, ask)


@pytest.mark.parametrize("ask", WAYS, ids=lambda ask: f"{ask.format}-{ask.language}")
def test_what_several_files_say_comes_back(ask: Ask) -> None:
    """Two files name one actor differently and claim one participation each, and a person judged."""
    other = (
        Source(id="other.csv", name="Another list"),
        Actor(id="aa", name="Abo Akademi", names=(Name(text="ÅA", kind=NameKind.FORMER),), source="other.csv"),
        Participation(actor="aa", collaboration="h2", role="coordinator", source="other.csv"),
        Participation(actor="aa", collaboration="h2", role="coordinator", source="register", start=date(1899, 12, 31)),
    )
    with empty_store() as store:
        store.apply(made_up.region())
        store.apply(made_up.claims("second", *other, import_=made_up.run(1, "other.csv"), finishes=True))
        snapshot = store.snapshot()
    assert snapshot.judgements
    assert sum(claim.actor == "aa" for claim in snapshot.participations) == 3
    assert len({name.kind for actor in snapshot.actors for name in actor.names if name.text == "ÅA"}) == 2
    assert_same(snapshot, ask)


def test_a_part_of_cordis_comes_back(tmp_path: Path) -> None:
    shared = Path(os.environ.get("GRAPHSVC_SHARED", Path(__file__).parents[2] / "../shared")).resolve()
    whole = shared / "data/cordis/cordis-h2020-assembled-csv.zip"
    if not whole.is_file():
        pytest.skip("needs the shared data folder with CORDIS, beside the repository or in GRAPHSVC_SHARED")
    part = tmp_path / "cordis.zip"
    with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(part, "w") as cut:
        organisations, *others = sorted(archive.namelist(), key=lambda name: "organizations" not in name)
        header, *lines = archive.read(organisations).splitlines(keepends=True)
        cut.writestr(organisations, b"".join([header, *lines[:5_000]]))
        projects = {line.split(b";")[1] for line in lines[:5_000]}
        for name in others:
            header, *lines = archive.read(name).splitlines(keepends=True)
            cut.writestr(name, b"".join([header, *(line for line in lines if projects & set(line.split(b";")[:3]))]))
    with empty_store() as store:
        loading.load(store, loading.check(store, part))
        snapshot = store.snapshot()
    assert len(snapshot.actors) > 2_000
    assert len(snapshot.collaborations) > 200
    assert_same(snapshot, Ask("workbook"))


# ---- what the files are like


@pytest.mark.parametrize("ask", WAYS, ids=lambda ask: f"{ask.format}-{ask.language}")
def test_the_same_graph_is_the_same_bytes(sample: Snapshot, ask: Ask) -> None:
    assert exported(sample, ask).content == exported(sample, ask).content
    assert not exported(sample, ask).beyond


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    actor = Actor(id="a", name="=1+1", description="@SUM(A1)", attributes={"=x": "+1"}, source="s")
    source = Source(id="s", name="S", stated=date(2024, 1, 31))
    snapshot = Snapshot(1, (actor,), (), (), (), (), (), (source,))
    book = load_workbook(io.BytesIO(exported(snapshot, Ask("workbook")).content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "d"}
    found = {str(cell.value) for cell in cells}
    assert {neutral("=1+1"), neutral("@SUM(A1)"), neutral("=x"), neutral("+1")} <= found
    assert not {text for text in found if text.startswith(("=", "+", "-", "@"))}


def test_dates_and_amounts_are_dates_and_numbers_where_excel_can_hold_them() -> None:
    collaborations = (
        Collaboration(id="c", name="C", start=date(1899, 12, 31), end=date(1900, 3, 1)),
        Collaboration(id="d", name="D", start=date(9999, 12, 31)),
    )
    amounts = [Decimal("701862.50"), Decimal("9999999999999999.99")]
    claims = tuple(
        Participation(actor="a", collaboration=id_, source="s", money=Money(amount=amount))
        for id_, amount in zip("cd", amounts, strict=True)
    )
    snapshot = Snapshot(1, (Actor(id="a", name="A"),), collaborations, claims, (), (), (), ())
    book = load_workbook(io.BytesIO(exported(snapshot, Ask("workbook")).content))

    def column(sheet: str, title: str) -> list[object]:
        [found] = [cells for cells in book[sheet].iter_cols(values_only=True) if cells[0] == title]
        return [getattr(cell, "date", lambda cell=cell: cell)() for cell in found[1:]]

    assert column("Collaborations", "start") == ["1899-12-31", date(9999, 12, 31)]
    assert column("Collaborations", "end") == [date(1900, 3, 1), None]
    assert column("Participations", "amount") == [701862.5, "9999999999999999.99"]


def test_tables_open_in_a_finnish_excel(sample: Snapshot) -> None:
    with zipfile.ZipFile(io.BytesIO(exported(sample, Ask("tables", "fi")).content)) as archive:
        assert "Readme.txt" in archive.namelist()
        assert {"Toimijat.csv", "Yhteistyöt.csv", "Osallistumiset.csv", "Lähteet.csv"} <= set(archive.namelist())
        text = archive.read("Osallistumiset.csv")
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == len(sample.participations)
    amounts = [row["summa"] for row in rows if row["summa"]]
    assert any("," in amount for amount in amounts)
    assert not any("." in amount for amount in amounts)


def test_the_readme_says_which_revision_and_what_is_left_out(sample: Snapshot) -> None:
    book = load_workbook(io.BytesIO(exported(sample, Ask("workbook")).content))
    text = " ".join(str(row[0]) for row in book["Readme"].iter_rows(values_only=True))
    assert f"Revision of the graph: {sample.revision}." in text
    assert f"what people judged about entries ({len(sample.judgements)})" in text


def test_what_would_not_be_read_back_is_told() -> None:
    columns = {f"column {number}": "x" for number in range(301)}
    wide = Snapshot(1, (Actor(id="a", name="A", attributes=columns),), (), (), (), (), (), ())
    told = exported(wide, Ask("tables")).beyond
    assert any("more than 60 columns" in sentence for sentence in told)
    assert any("300 are read back" in sentence for sentence in told)


@pytest.mark.parametrize(("text", "fault"), [("x" * 32_768, "32,768 characters"), ("a\x0bb", "control character")])
def test_a_text_that_no_cell_can_hold_is_told(text: str, fault: str) -> None:
    odd = Snapshot(1, (Actor(id="a", name="A", description=text),), (), (), (), (), (), ())
    told = exported(odd, Ask("workbook")).beyond
    assert any("1 texts are not read back" in sentence and fault in sentence for sentence in told)

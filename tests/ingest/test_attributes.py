"""Columns and attributes that nothing here understands are kept with what they speak of, in every format; bounded."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graphsvc.ingest.attributes import MAX_ATTRIBUTES, MAX_TEXT, bounded, is_personal
from graphsvc.model import Actor, Collaboration, Participation

ReadFile = Callable[[Path], Any]

GRAPHML = """<graphml><key id="t" for="node" attr.name="turnover"/><key id="b" for="edge" attr.name="budget"/>
<graph edgedefault="undirected"><node id="a"><data key="t">12</data></node><node id="b"/>
<edge source="a" target="b"><data key="b">7</data></edge></graph></graphml>"""
GEXF = """<gexf version="1.3"><graph><attributes class="node"><attribute id="0" title="turnover"/></attributes>
<attributes class="edge"><attribute id="0" title="budget"/></attributes>
<nodes><node id="a" label="A"><attvalues><attvalue for="0" value="12"/></attvalues><viz:size xmlns:viz="x" value="3"/>
</node><node id="b"/></nodes>
<edges><edge id="0" source="a" target="b"><attvalues><attvalue for="0" value="7"/></attvalues></edge></edges>
</graph></gexf>"""
GML = """graph [ node [ id 1 label "a" turnover 12 graphics [ x 1 ] ] node [ id 2 label "b" ]
edge [ source 1 target 2 budget 7 ] ]"""
A, B = {"id": "a", "turnover": 12}, {"id": "b"}
NODE_LINK = {"nodes": [A, B], "links": [{"source": "a", "target": "b", "budget": 7}]}
KUMU = {
    "elements": [{"_id": "1", "attributes": {"label": "a", "turnover": 12}}, {"_id": "2", "label": "b"}],
    "connections": [{"_id": "c", "from": "1", "to": "2", "attributes": {"budget": 7}}],
}
VOS = {
    "network": {
        "items": [{"id": 1, "label": "a", "turnover": 12}, {"id": 2, "label": "b"}],
        "links": [{"source_id": 1, "target_id": 2, "budget": 7}],
    }
}
TEXTS = {
    "a.graphml": GRAPHML,
    "a.gexf": GEXF,
    "a.gml": GML,
    "nodes.json": json.dumps(NODE_LINK),
    "kumu.json": json.dumps(KUMU),
    "vos.json": json.dumps(VOS),
}


@pytest.mark.parametrize("name", TEXTS)
def test_own_attributes_of_nodes_and_links(tmp_path: Path, read: ReadFile, name: str) -> None:
    path = tmp_path / name
    path.write_text(TEXTS[name], encoding="utf-8")
    result = read(path)
    assert not result.problems
    assert [actor.attributes for actor in result.claims(Actor)] == [{"turnover": "12"}, {}]
    [tie] = result.claims(Collaboration)
    assert tie.attributes == {"budget": "7"}
    assert result.notes[0] == "Kept as attributes of actors: turnover."
    assert result.notes[1].startswith("Kept as attributes of collaborations: ")


def test_a_link_that_several_rows_say_keeps_what_differs_in_its_records(tmp_path: Path, read: ReadFile) -> None:
    path = tmp_path / "links.csv"
    path.write_text("source,target,year,grant\nA,B,2020,5\nA,B,2021,6\nA,C,2021,7\n", encoding="utf-8")
    result = read(path)
    assert {claim.name: claim.attributes for claim in result.claims(Collaboration)} == {
        "A → B": {},
        "A → C": {"grant": "7"},
    }
    assert [row.record.values["grant"] for row in result.rows] == ["5", "6", "7"]
    assert any("said by several rows" in note for note in result.notes)


def test_a_list_of_memberships(tmp_path: Path, read: ReadFile) -> None:
    path = tmp_path / "members.csv"
    text = "organisation,country,project,role,share,contact e-mail\nA,FI,P,lead,3 %,a@example.org\n"
    path.write_text(text, encoding="utf-8")
    result = read(path)
    [claim] = result.claims(Participation)
    assert "contact e-mail" not in result.rows[0].record.values
    assert "Not kept, since they name persons: contact e-mail." in result.notes
    assert (claim.role, claim.attributes) == ("lead", {"share": "3 %"})


def test_what_could_not_be_read_is_an_attribute(tmp_path: Path, read: ReadFile) -> None:
    path = tmp_path / "a.json"
    node = {
        "id": "a",
        "type": "wizard",
        "country": "Narnia",
        "business_id": "1234567-8",
        "website": "https://a.example",
    }
    path.write_text(json.dumps({"nodes": [node, {"id": "b"}], "links": []}), encoding="utf-8")
    result = read(path)
    assert result.claims(Actor)[0].attributes == {"type": "wizard", "country": "Narnia", "business_id": "1234567-8"}
    assert {problem.column for problem in result.problems} == {"type", "country", "business_id"}


def test_bounds() -> None:
    kept, beyond = bounded([(f"c{number}", "x") for number in range(MAX_ATTRIBUTES + 2)])
    assert (len(kept), beyond) == (MAX_ATTRIBUTES, (f"c{MAX_ATTRIBUTES}", f"c{MAX_ATTRIBUTES + 1}"))
    assert bounded([("a", "x" * (MAX_TEXT + 1)), ("b", ""), ("", "y")]) == ({}, ("a",))
    assert bounded([("a", "1"), ("a", "2")])[0] == {"a": "1", "a (2)": "2"}
    assert list(bounded([("a\nb" + "c" * 500, "1")])[0]) == ["a b" + "c" * 117]


PERSONAL = (
    "Contact person|contactEmail|E-mail|Sähköpostiosoite|Yhteyshenkilö|Puhelinnumero|Kontaktperson|e-post|Telefon|"
    "Lead partner contact name|Hankepäällikkö|Etunimi"
)


@pytest.mark.parametrize("title", PERSONAL.split("|"))
def test_columns_about_persons(title: str) -> None:
    assert is_personal(title)


@pytest.mark.parametrize("title", ["Organisation", "Postal code"])
def test_columns_not_about_persons(title: str) -> None:
    assert not is_personal(title)

"""Whatever stands in a network file, reading it ends with rows and problems, or with an InputError."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphsvc.errors import InputError
from graphsvc.ingest.confined_opening import open_here
from graphsvc.ingest.reading import Problem, Reading
from graphsvc.model import Actor, Collaboration, Participation

SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
ENDINGS = ["graphml", "gexf", "gml", "net", "paj", "dl", "dat", "json", "ods", "csv", "tsv", "txt", "xlsx", "zip", "gz"]
PARTS = {
    "xml": '<graphml>|<gexf>|<graph>|</graph>|<node id="a"/>|<node id="b" label="é">|</node>|</graphml>|&amp;|<!--x-->|'
    '<edge source="a" target="b"/>|<attvalue for="x" value="1"/>|<key id="k" for="node"/>|<data key="k">|</data>|'
    "<hyperedge/>",
    "gml": 'graph [|node [|edge [|]|id 1|id "1"|source 1|target 2|label "x|label "y"|# x\n|directed 1|9|"|\n',
    "pajek": '*Vertices 3\n|*Vertices 2 1\n|1 "a"\n|2 b 0.1 x\n|3\n|*Arcs :1 "r"\n|*Edges\n|*Matrix\n|*Arcslist\n|'
    '1 2\n|2 3 nan\n|0 1\n|*Network n\n|*Partition p\n|*Vector v\n|1 "\n|x y\n|\n',
    "dl": "dl|n=2|nr=2 nc=1|nm=2|format=edgelist1|format = lowerhalf|\nlabels:\n|\nlabels embedded\n|\ndata:\n|1 |0 |a|"
    'b |-1|na |\n|\x1a|,|"',
    "table": 'source|target|from|to|year|weight|type|name|project|organisation|,|;|\n|a|b|2020|1,5|nan|"|\t',
}


@st.composite
def made_of_parts(draw: st.DrawFn) -> bytes:
    parts = PARTS[draw(st.sampled_from(sorted(PARTS)))].split("|")
    return "".join(draw(st.lists(st.sampled_from(parts), max_size=30))).encode()


plain = st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.sampled_from(["", "a", "b", "\0", "2020"])
values = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "label"]), inner, max_size=2),
    max_leaves=4,
)
KEYS = ["id", "_id", "label", "name", "source", "target", "from", "to", "source_id", "target_id", "attributes"]
entry = st.dictionaries(st.sampled_from(KEYS), values, max_size=5)
entry_lists = st.lists(entry | values, max_size=4) | values
documents = st.dictionaries(
    st.sampled_from(["nodes", "links", "edges", "elements", "connections", "loops", "directed", "graph"]),
    entry_lists | st.dictionaries(st.sampled_from(["nodes", "edges"]), entry_lists, max_size=2),
    max_size=5,
) | st.fixed_dictionaries({"network": st.dictionaries(st.sampled_from(["items", "links"]), entry_lists, max_size=2)})


def check(path: Path) -> None:
    """Read a file twice; claims are whole, and a thing is said before it is spoken of."""
    try:
        reading = open_here(path)
        first = list(reading.rows())
    except InputError as error:
        assert str(error)
        return
    assert first == list(reading.rows())
    check_claims(reading, first)


def check_claims(reading: Reading, items: list[Any]) -> None:
    said = {reading.source.id}
    records: set[str] = set()
    for item in items:
        if isinstance(item, Problem):
            assert item.message
            assert item.remedy
            continue
        assert item.record.id not in records
        records.add(item.record.id)
        assert type(item.record).model_validate(item.record.model_dump()) == item.record
        for claim in item.says:
            needs: list[str | None] = []
            if isinstance(claim, Actor):
                needs = [claim.place, claim.source]
            elif isinstance(claim, Collaboration):
                needs = [claim.source]
            elif isinstance(claim, Participation):
                needs = [claim.actor, claim.collaboration, claim.source]
                assert claim.record == item.record.id
            assert {need for need in needs if need} <= said
            said.add(claim.id)
            assert type(claim).model_validate(claim.model_dump()) == claim


@SAME_FOLDER
@given(st.binary(max_size=200) | made_of_parts())
@pytest.mark.parametrize("ending", ENDINGS)
def test_any_bytes(tmp_path: Path, ending: str, content: bytes) -> None:
    path = tmp_path / f"any.{ending}"
    path.write_bytes(content)
    check(path)


@settings(SAME_FOLDER, max_examples=300)
@given(documents)
def test_any_json(tmp_path: Path, document: Any) -> None:
    path = tmp_path / "any.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    check(path)

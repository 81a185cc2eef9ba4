"""Small files of each network format: what their nodes and ties say, whatever machine this runs on."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from graphsvc.errors import InputError, UnknownFormat
from graphsvc.ingest.opening import open_file
from graphsvc.ingest.reading import ReadRow
from graphsvc.model import Actor, ActorKind, Collaboration, CollaborationKind, Participation
from tests.ingest.made_up_ods import write_ods

Write = Callable[..., Path]
ReadFile = Callable[[Path], Any]
Sheets = dict[str, list[list[Any]]]
Make = Callable[[Sheets], Path]

GRAPHML = """\
<?xml version="1.0"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
 <key id="d0" for="node" attr.name="name" attr.type="string"/>
 <key id="d1" for="node" attr.name="kind" attr.type="string"><default>firm</default></key>
 <key id="d2" for="edge" attr.name="year" attr.type="int"/>
 <key id="d3" for="edge" attr.name="weight" attr.type="double"/>
 <graph edgedefault="undirected">
  <node id="n0"><data key="d0">Nokia</data></node>
  <node id="n1"><data key="d0">Tampere University</data><data key="d1">university</data></node>
  <node id="n2"/>
  <edge source="n0" target="n1"><data key="d2">2021</data><data key="d3">2.5</data></edge>
  <edge source="n1" target="n0"><data key="d2">2023</data></edge>
  <edge source="n1" target="n2" directed="true"/>
 </graph>
</graphml>
"""
GEXF = """\
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">
 <graph defaultedgetype="directed">
  <attributes class="node"><attribute id="0" title="pic" type="string"/></attributes>
  <attributes class="edge"><attribute id="0" title="budget" type="float"><default>7</default></attribute></attributes>
  <nodes>
   <node id="a" label="VTT"><attvalues><attvalue for="0" value="932760440"/></attvalues><viz:size value="3"/></node>
   <node id="b" label="Säätiö"/>
  </nodes>
  <edges>
   <edge id="0" source="a" target="b" start="2020-05-01" end="2021-06-30" label="Robo" weight="2"/>
   <edge id="1" source="b" target="a" type="undirected"/>
  </edges>
 </graph>
</gexf>
"""
GML = """\
Creator "made by hand"
graph [
  # a comment
  directed 0
  node [ id 1 label "A &amp; B" graphics [ x 1.5 ] ]
  node [ id 2 label "two
lines" ]
  edge [ source 1 target 2 type "alliance" ]
  edge [ source 1 target 2 type "alliance" ]
  edge [ source 2 target 2 ]
]
"""
PAJEK = """\
% a comment
*vertices 4
1 "Åbo Akademi" 0.1 0.2 0.5 box
2 Beta
3 "Gamma"
*arcslist
1 2 3
*Edges :2 "funds"
2 3 0.5 l "seed money"
9 1
"""
PAJEK_TWO_MODE = """\
*Vertices 4 2
1 "Firm A"
2 "Firm B"
3 "Board X"
4 "Board Y"
*Edges
1 3
2 3
2 4
"""
DL_LIST = 'dl n=3 format=edgelist1\nlabels embedded\ndata:\n"Firm A" "Firm B" 2\n"Firm B" "Firm C"\n\x1a'
DL_MATRIX = "DL N=3, FORMAT = FULLMATRIX DIAGONAL ABSENT\nLABELS:\nA,B,C\nDATA:\n1 0\n1 1\n0 1\n"
DL_TWO_MODE = "dl nr=2 nc=3\nrow labels:\nA\nB\ncolumn labels:\nX\nY\nA\ndata:\n1 0 1\n0 1 na\n"
KUMU = {
    "elements": [
        {
            "_id": "elem-1",
            "attributes": {"label": "Tampere", "element type": "Public body", "tags": ["a", "b"]},
        },
        {"_id": "elem-2", "attributes": {"label": "NGO", "element type": "NGO"}},
    ],
    "connections": [
        {
            "_id": "conn-1",
            "direction": "directed",
            "reversed": True,
            "from": "elem-1",
            "to": "elem-2",
            "attributes": {"connection type": "agreement"},
        }
    ],
    "loops": [{"_id": "loop-1"}],
    "maps": [],
}
VOSVIEWER = {
    "network": {
        "items": [{"id": 1, "label": "A", "weights": {"Docs": 3.0}}, {"id": 2, "label": "B"}],
        "links": [{"source_id": 1, "target_id": 2, "strength": 4}],
    }
}


@pytest.fixture
def file(tmp_path: Path) -> Write:
    """Write a file, text as UTF-8 and objects as JSON."""

    def write(name: str, content: object) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


def named(result: Any, kind: type[Any]) -> list[str]:
    return [claim.name for claim in result.claims(kind)]


def roles(result: Any) -> list[tuple[str, str, str]]:
    names = {claim.id: claim.name for kind in (Actor, Collaboration) for claim in result.claims(kind)}
    return [(names[p.actor], names[p.collaboration], p.role) for p in result.claims(Participation)]


def test_graphml(file: Write, read: ReadFile) -> None:
    result = read(file("network.graphml", GRAPHML))
    actors = {actor.name: actor.kind for actor in result.claims(Actor)}
    # a default holds for what is not given; a node without a name is called by its id
    assert actors == {"Nokia": ActorKind.FIRM, "Tampere University": ActorKind.UNIVERSITY, "n2": ActorKind.FIRM}
    first, second = result.claims(Collaboration)
    assert (first.name, first.kind) == ("Nokia – Tampere University", CollaborationKind.NETWORK)
    assert (first.start, first.end) == (date(2021, 1, 1), date(2023, 12, 31))
    assert second.name == "Tampere University → n2"
    assert [role for _, _, role in roles(result)] == ["", "", "source", "target"]
    weights = [row.record.values.get("weight") for row in result.rows if row.record.sheet == "links"]
    assert weights == ["2.5", None, None]
    assert [row.record.collaboration for row in result.rows[3:]] == [first.id, first.id, second.id]


def test_graphml_whose_links_come_first(file: Write, read: ReadFile) -> None:
    lines = GRAPHML.splitlines(keepends=True)
    turned = "".join([*lines[:7], *lines[10:13], *lines[7:10], *lines[13:]])
    result = read(file("turned.graphml", turned))
    assert sorted(named(result, Actor)) == ["Nokia", "Tampere University", "n2"]
    assert len(result.claims(Collaboration)) == 2
    said = [type(claim).__name__ for row in result.rows for claim in row.says]
    assert said.index("Collaboration") > said.index("Actor")


def test_gexf(file: Write, read: ReadFile) -> None:
    result = read(file("network.gexf", GEXF))
    vtt, foundation = result.claims(Actor)
    assert (vtt.pic, foundation.name) == ("932760440", "Säätiö")
    assert result.rows[0].record.values["viz.size.value"] == "3"
    robo, other = result.claims(Collaboration)
    assert (robo.name, robo.start, robo.end) == ("Robo", date(2020, 5, 1), date(2021, 6, 30))
    assert other.name == "Säätiö – VTT", "the link says that it has no direction"
    assert result.rows[2].record.values["budget"] == "7"


def test_gml(file: Write, read: ReadFile) -> None:
    result = read(file("network.gml", GML))
    assert named(result, Actor) == ["A & B", "two lines"]
    assert result.rows[0].record.values["graphics.x"] == "1.5"
    (alliance,) = result.claims(Collaboration)
    assert (alliance.name, alliance.kind) == ("alliance: A & B – two lines", CollaborationKind.ALLIANCE)
    assert len(result.rows) == 5, "the second of two equal links and the loop are records, too"
    assert [problem.message for problem in result.problems] == [
        "The link joins 'two lines' with itself; it says nothing of a partnership."
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "utf-8-sig"])
def test_pajek(file: Write, read: ReadFile, encoding: str) -> None:
    result = read(file("network.net", PAJEK.encode(encoding)))
    assert named(result, Actor) == ["Åbo Akademi", "Beta", "Gamma", "4"]
    assert result.rows[0].record.values == {
        "vertex": "1",
        "x": "0.1",
        "y": "0.2",
        "z": "0.5",
        "parameters": "box",
    }
    assert named(result, Collaboration) == ["Åbo Akademi → Beta", "Åbo Akademi → Gamma", "seed money"]
    (problem,) = result.problems
    assert (problem.row, problem.message) == (10, "There is no vertex '9'; there are 1 to 4.")


def test_pajek_with_two_modes(file: Write, read: ReadFile) -> None:
    result = read(file("boards.net", PAJEK_TWO_MODE))
    assert named(result, Actor) == ["Firm A", "Firm B"]
    assert named(result, Collaboration) == ["Board X", "Board Y"]
    assert roles(result) == [("Firm A", "Board X", ""), ("Firm B", "Board X", ""), ("Firm B", "Board Y", "")]


def test_pajek_that_does_not_say_its_two_modes(file: Write, read: ReadFile) -> None:
    """Every tie from a first part of the nodes to the rest is taken as two modes, and told; it can be overruled."""
    vertices = "".join(f'{number} "N{number}"\n' for number in range(1, 13))
    ties = "".join(f"{first} {second}\n" for first in range(1, 7) for second in range(7, 11))
    result = read(file("unsaid.net", f"*Vertices 12\n{vertices}*Edges\n{ties}"))
    assert (len(result.claims(Actor)), len(result.claims(Collaboration))) == (6, 6)
    (problem,) = result.problems
    assert "one of the first 6 nodes" in problem.message
    assert "*Vertices 12 12" in problem.remedy
    result = read(file("said.net", f"*Vertices 12 12\n{vertices}*Edges\n{ties}"))
    assert (len(result.claims(Actor)), len(result.claims(Collaboration)), result.problems) == (12, 24, [])


def test_a_star_is_not_taken_for_two_modes(file: Write, read: ReadFile) -> None:
    ties = "".join(f"1 {number}\n" for number in range(2, 60))
    assert len(read(file("star.net", f"*Vertices 59\n*Edges\n{ties}")).claims(Actor)) == 59


def test_pajek_project_whose_networks_have_other_vertices(file: Write, read: ReadFile) -> None:
    project = """\
        *Network knows
        *Vertices 2
        1 "A"
        2 "B"
        *Arcs
        1 2
        *Network trusts
        *Vertices 2
        1 "A"
        2 "B"
        *Matrix
        0 1
        1 0
        *Network others
        *Vertices 3
        *Edges
        1 3
        *Partition sector
        *Vertices 2
        4
        5
        """
    result = read(file("project.paj", dedent(project)))
    assert named(result, Actor) == ["A", "B", "1", "2", "3"]
    assert named(result, Collaboration) == ["knows: A → B", "trusts: A → B", "trusts: B → A", "others: 1 – 3"]
    assert [row.record.values.get("sector") for row in result.rows[:2]] == ["4", "5"]


def test_dl(file: Write, read: ReadFile) -> None:
    result = read(file("list.dl", DL_LIST))
    assert named(result, Actor) == ["Firm A", "Firm B", "Firm C"]
    assert named(result, Collaboration) == ["Firm A → Firm B", "Firm B → Firm C"]
    result = read(file("matrix.dat", DL_MATRIX))
    assert named(result, Collaboration) == ["A – B", "B – C"], "a symmetric matrix has no direction"
    result = read(file("modes.txt", DL_TWO_MODE))
    assert (named(result, Actor), named(result, Collaboration)) == (["A", "B"], ["X", "Y", "A"])
    assert roles(result) == [("A", "X", ""), ("A", "A", ""), ("B", "Y", "")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("dl n=3\ndata:\n1 0 0 1", "line 0|the end of the data where the number of row 2, column 2"),
        ("dl n=2\ndata:\n1 0 0 1 7", "'7' behind the last number"),
        ("dl n=2\ndata:\n1 0 zero 1", "'zero' where a number is expected"),
        ("dl n=0\ndata:\n1", "no size"),
        ("dl n=2 format=blockmatrix\ndata:\n1", "DL format 'blockmatrix'"),
        ("dl n=2\n1 0 0 1", "no line DATA:"),
        ("dl n=1\nlabels:\na,b\ndata:\n1", "a list of 2 labels for 1 nodes"),
        ("dl n=2 format=edgelist1\ndata:\n1 2 3 4", "4 words where two ends"),
        ("dl n=2 format=edgelist1\ndata:\n1 3", "there is no node '3'"),
        ("dl n=1 format=edgelist1\nlabels embedded\ndata:\na b", "the node 'b' is one more than 1"),
    ],
)
def test_dl_that_is_broken(file: Write, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        open_file(file("broken.dl", text))


def test_kumu_json(file: Write, read: ReadFile) -> None:
    result = read(file("project.json", KUMU))
    assert [actor.kind for actor in result.claims(Actor)] == [ActorKind.PUBLIC_BODY, ActorKind.CIVIL_SOCIETY]
    (agreement,) = result.claims(Collaboration)
    assert (agreement.name, agreement.kind) == ("agreement: NGO → Tampere", CollaborationKind.AGREEMENT)
    assert result.rows[0].record.values["tags"] == "a; b"
    assert "1 feedback loops" in result.problems[0].message


def test_vosviewer_json(file: Write, read: ReadFile) -> None:
    result = read(file("vos.json", VOSVIEWER))
    assert (named(result, Actor), named(result, Collaboration)) == (["A", "B"], ["A – B"])
    assert result.rows[0].record.values["weights.Docs"] == "3"


def test_vosviewer_pair(file: Write, read: ReadFile, tmp_path: Path) -> None:
    map_ = file("pair/uni_map.txt", "id\tlabel\tx\ty\tcluster\n1\tA\t0\t0\t1\n2\tB\t1\t1\t1\n")
    with pytest.raises(UnknownFormat, match="one half of a VOSviewer network") as caught:
        open_file(map_)
    assert "uni_network.txt" in caught.value.remedy
    network = file("pair/uni_network.txt", "1\t2\t3.5\n1\t7\n1 two\n")
    result = read(map_)
    assert (named(result, Actor), named(result, Collaboration)) == (["A", "B"], ["A – B"])
    assert [problem.row for problem in result.problems] == [2, 3]
    for way in (network, network.parent):
        assert list(open_file(way).rows()) == list(open_file(map_).rows())
    before = open_file(map_).fingerprint
    network.write_text("1\t2\t4\n")
    assert open_file(map_).fingerprint != before


@pytest.mark.parametrize(
    "document",
    [
        {"nodes": [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}], "links": [{"source": "a", "target": "b"}]},
        {"nodes": [{"name": "A"}, {"name": "B"}], "links": [{"source": 0, "target": 1, "value": 1}]},
        {"nodes": [{"name": "A"}, {"name": "B"}], "edges": [{"source": "A", "target": "B"}]},
        {"graph": {"nodes": [{"id": 1, "label": "A"}, {"id": 2, "label": "B"}], "edges": [{"source": 1, "target": 2}]}},
        {
            "nodes": [{"key": "a", "attributes": {"label": "A"}}, {"key": "b", "attributes": {"label": "B"}}],
            "edges": [{"source": "a", "target": "b", "attributes": {"weight": 1}}],
        },
        {
            "elements": {
                "nodes": [{"data": {"id": "a", "name": "A"}}, {"data": {"id": "b", "name": "B"}}],
                "edges": [{"data": {"source": "a", "target": "b"}}],
            }
        },
        {
            "nodes": [{"id": "a", "name": "A", "index": 0}, {"id": "b", "name": "B", "index": 1}],
            "links": [{"source": {"id": "a", "index": 0}, "target": {"id": "b", "index": 1}}],
        },
    ],
    ids=["ids", "places", "names", "JSON Graph", "Gephi Lite", "Cytoscape", "D3 after drawing"],
)
def test_node_link_json(file: Write, read: ReadFile, document: dict[str, Any]) -> None:
    result = read(file("graph.json", document))
    assert (named(result, Actor), named(result, Collaboration), result.problems) == (["A", "B"], ["A – B"], [])


def test_two_modes_by_an_attribute(file: Write, read: ReadFile) -> None:
    """NetworkX marks the modes of a network with ``bipartite``; a mark that a link contradicts is none."""
    nodes = [{"id": "e", "bipartite": 1}, {"id": "a", "bipartite": 0}, {"id": "b", "bipartite": 0}]
    links = [{"source": "a", "target": "e"}, {"source": "e", "target": "b"}]
    result = read(file("modes.json", {"nodes": nodes, "links": links}))
    assert (named(result, Actor), named(result, Collaboration)) == (["a", "b"], ["e"])
    result = read(file("other.json", {"nodes": nodes, "links": [*links, {"source": "a", "target": "b"}]}))
    assert (len(result.claims(Actor)), len(result.claims(Collaboration))) == (3, 3)


def test_a_list_of_links_in_any_order_of_columns(file: Write, read: ReadFile) -> None:
    text = (
        "Year;Target;Weight;Source;Note\n2020;B;1,5;A;x\n2019;B;2;A;y\n2019;A;;B;z\n;;;A;\n2021;C;inf;C;\n20x;C;;A;\n"
    )
    result = read(file("links.csv", text))
    assert named(result, Actor) == ["A", "B", "C"]
    spans = {claim.name: (claim.start, claim.end) for claim in result.claims(Collaboration)}
    assert spans == {
        "A → B": (date(2019, 1, 1), date(2020, 12, 31)),
        "B → A": (date(2019, 1, 1), date(2019, 12, 31)),
        "A → C": (None, None),
    }
    assert [row.record.values.get("Note") for row in result.rows] == ["x", "y", "z", None, None]
    assert [(problem.row, problem.message.split(";")[0]) for problem in result.problems] == [
        (5, "The link has no target."),
        (6, "The weight 'inf' is not a number."),
        (6, "The link joins 'C' with itself"),
        (7, "'20x' is not a date."),
    ]


def test_a_list_as_gephi_exports_it(file: Write, read: ReadFile) -> None:
    text = "Source,Target,Type,Id,Label,timeset,Weight\na,b,Undirected,0,,,1\nb,a,Undirected,1,,,1\n"
    assert named(read(file("edges.csv", text)), Collaboration) == ["a – b"]


def test_a_list_of_memberships(file: Write, read: ReadFile) -> None:
    text = "Organisaatio;Y-tunnus;Kunta;Hanke;Rooli;Alkaa\n"
    text += "Nokia;0112038-9;Tampere;Robo;vetäjä;1.1.2020\nVTT;;Espoo;Robo;;\nNokia;;;6G;;\n"
    result = read(file("jasenyydet.csv", text))
    nokia, vtt = result.claims(Actor)
    assert (nokia.business_id, nokia.place, vtt.place) == ("0112038-9", "fi-tampere", "fi-espoo")
    assert roles(result) == [("Nokia", "Robo", "vetäjä"), ("VTT", "Robo", ""), ("Nokia", "6G", "")]
    robo = result.claims(Collaboration)[0]
    assert robo.start == date(2020, 1, 1)


def test_workbooks_of_kumu_onodo_and_nodexl(workbook: Make, read: ReadFile) -> None:
    kumu: Sheets = {
        "Elements": [["Label", "Type", "Description"], ["A", "firm", "**bold**\nline"], ["B", "NGO", ""]],
        "Connections": [
            ["From", "To", "Direction", "Type"],
            ["A", "B", "undirected", ""],
            ["B", "New", "directed", "x"],
        ],
    }
    result = read(workbook(kumu))
    assert open_file(workbook(kumu)).format == "Kumu workbook"
    assert (named(result, Actor), named(result, Collaboration)) == (["A", "B", "New"], ["A – B", "x: B → New"])
    onodo: Sheets = {
        "Nodes": [["Name", "Type"], ["A", "firm"], ["B", ""]],
        "Relations": [["Source", "Type", "Target", "Directed"], ["A", "owns", "B", 1], ["B", "knows", "A", 0]],
    }
    result = read(workbook(onodo))
    assert named(result, Collaboration) == ["owns: A → B", "knows: B – A"]
    nodexl: Sheets = {
        "Edges": [["", "", "Labels"], ["Vertex 1", "Vertex 2", "Label"], ["A", "B", ""]],
        "Vertices": [["", "Labels", "Do Not Edit"], ["Vertex", "Label", "ID"], ["A", "Firm A", 3], ["B", "", 4]],
        "Misc": [["Per-Workbook Setting", "Value"], ["Graph Directedness", "Undirected"]],
    }
    result = read(workbook(nodexl))
    assert (named(result, Actor), named(result, Collaboration)) == (["Firm A", "B"], ["Firm A – B"])
    assert result.problems[0].message == "Sheets that hold no nodes and no links are not read: Misc."


def test_ods(tmp_path: Path, read: ReadFile) -> None:
    path = tmp_path / "verkosto.ods"
    write_ods(path, {"Toimijat": [["nimi", "kunta"], ["Nokia", "Tampere"]]}, tail=True)
    result = read(path)
    assert [(actor.name, actor.place) for actor in result.claims(Actor)] == [("Nokia", "fi-tampere")]


def test_ids_depend_on_the_file_and_the_nodes_alone(file: Write) -> None:
    """A link more, or another order of the links, changes no id; a newer file of the same name updates."""

    def ids(text: str) -> set[str]:
        rows = [item for item in open_file(file("links.csv", text)).rows() if isinstance(item, ReadRow)]
        return {claim.id for row in rows for claim in row.says if not isinstance(claim, Participation)}

    before = ids("source,target\nA b/c,Ä\nB,Ä\n")
    assert before < ids("source,target\nC,D\nB,Ä\nA b/c,Ä\n")
    assert len(before) == 5
    assert all(id_.isascii() for id_ in before)


def test_equal_labels_stay_two_actors(file: Write, read: ReadFile) -> None:
    result = read(file("same.net", '*Vertices 2\n1 "City"\n2 "City"\n*Edges\n1 2\n'))
    assert named(result, Actor) == ["City", "City"]
    assert len({actor.id for actor in result.claims(Actor)}) == 2


def test_a_node_listed_twice_and_a_link_to_nowhere(file: Write, read: ReadFile) -> None:
    nodes = [{"id": "a", "label": "A"}, {"id": "a", "label": "Other"}, "b", {"id": "", "label": "no id"}]
    links = [{"source": "a", "target": "x"}, {"source": "a"}, 7]
    result = read(file("odd.json", {"nodes": nodes, "edges": links}))
    assert (named(result, Actor), result.claims(Collaboration)) == (["A"], [])
    assert [(problem.sheet, problem.row, problem.message) for problem in result.errors] == [
        ("nodes", 2, "The node 'a' is listed before, in row 1."),
        ("nodes", 3, "The entry is no object with attributes."),
        ("nodes", 4, "The node has no id."),
        ("links", 1, "A link joins 'a' and 'x', but the file lists no node 'x'."),
        ("links", 2, "The link has no target."),
        ("links", 3, "The entry is no object with attributes."),
    ]

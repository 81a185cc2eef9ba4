"""GraphML and GEXF 1.3 of a network, made node by node and tie by tie (docs/decisions/0033-bounded-requests.md).

The network is gone through twice: once for the type of each attribute, which both formats declare at their head, and
once to write it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from graphsvc.render.network_rows import RowByRow, Scalar, nodes_of, scalars, some_of, text_of, ties_of

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.Graph[str]
    Types = dict[str, type[Scalar]]

GEXF: Final = "http://gexf.net/1.3"
GRAPHML: Final = "http://graphml.graphdrawing.org/xmlns"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA: Final = f"{GRAPHML} http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd"
_KINDS: Final[dict[type[Scalar], str]] = {bool: "boolean", int: "long", float: "double", str: "string"}
_AS_IDS: Final = {("node", "name"): "label"}
"""Attributes that Gephi knows by the id of their key: what a node is called becomes its label."""
_TOKEN: Final = re.compile(r"[\w.-]+")


def graphml(graph: Graph | RowByRow, meta: Mapping[str, str]) -> Iterator[bytes]:
    """Yield GraphML. Ids of keys are unique in the document; ``name`` of a node is what Gephi takes for its label."""
    about = scalars(meta)
    scopes = {
        "node": _types(attributes for _, attributes in nodes_of(graph)),
        "edge": _types(attributes for *_, attributes in ties_of(graph)),
        "graph": _types([about]),
    }
    keys = _keys(scopes)
    xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    yield f'{_HEAD}<graphml xmlns="{GRAPHML}" {xsi} xsi:schemaLocation="{_SCHEMA}">\n'.encode()
    for (scope, name), id_ in keys.items():
        described = f"attr.name={quoteattr(name)} attr.type={quoteattr(_KINDS[scopes[scope][name]])}"
        yield f'  <key id={quoteattr(id_)} for="{scope}" {described}/>\n'.encode()
    yield b'  <graph edgedefault="undirected">\n'
    starts: dict[str, dict[str, str]] = {scope: {} for scope in scopes}
    for (scope, name), id_ in keys.items():
        starts[scope][name] = f"<data key={quoteattr(id_)}>"

    def data(scope: str, attributes: Mapping[str, Scalar]) -> str:
        types, start = scopes[scope], starts[scope]
        return "".join([f"{start[name]}{_content(value, types[name])}</data>" for name, value in attributes.items()])

    quoted = _Quoted()
    yield f"    {data('graph', about)}\n".encode()
    yield from _lines(f"    <node id={quoted[id_]}>{data('node', each)}</node>\n" for id_, each in nodes_of(graph))
    yield from _lines(
        f"    <edge source={quoted[a]} target={quoted[b]}>{data('edge', each)}</edge>\n"
        for a, b, each in ties_of(graph)
    )
    yield b"  </graph>\n</graphml>\n"


def gexf(graph: Graph | RowByRow, meta: Mapping[str, str]) -> Iterator[bytes]:
    """Yield GEXF 1.3 (gexf.net); ``name`` becomes the label and ``weight`` the weight that Gephi reads."""
    nodes = _types(attributes for _, attributes in nodes_of(graph))
    edges = _types(attributes for *_, attributes in ties_of(graph))
    nodes.pop("name", None)
    weights = edges.pop("weight", float)
    said = "; ".join(f"{name}: {value}" for name, value in scalars(meta).items())
    yield f'{_HEAD}<gexf xmlns="{GEXF}" version="1.3">\n'.encode()
    yield f"  <meta>\n    <creator>graphsvc</creator>\n    <description>{_content(said, str)}</description>\n".encode()
    yield b'  </meta>\n  <graph defaultedgetype="undirected" mode="static">\n'
    for scope, types in (("node", nodes), ("edge", edges)):
        columns = "".join(_column(name, types[name]) for name in sorted(types))
        yield f'    <attributes class="{scope}" mode="static">\n{columns}    </attributes>\n'.encode()
    yield b"    <nodes>\n"
    yield from _lines(
        f"      <node id={quoteattr(id_)} label={quoteattr(text_of(each.get('name', id_)))}>"
        f"{_values(each, nodes)}</node>\n"
        for id_, each in nodes_of(graph)
    )
    yield b"    </nodes>\n    <edges>\n"
    quoted = _Quoted()
    yield from _lines(
        f'      <edge id="{number}" source={quoted[a]} target={quoted[b]}'
        + (f" weight={_quoted(each['weight'], weights)}>" if "weight" in each else ">")
        + f"{_values(each, edges)}</edge>\n"
        for number, (a, b, each) in enumerate(ties_of(graph))
    )
    yield b"    </edges>\n  </graph>\n</gexf>\n"


def _types(items: Iterable[Mapping[str, Scalar]]) -> Types:
    """Return one type for each attribute: a reader takes the first that it sees."""
    found: dict[str, set[type[Scalar]]] = {}
    # Few sets of names and types come at every node and tie.
    for names, types in {(tuple(each), tuple(map(type, each.values()))) for each in items}:
        for name, type_ in zip(names, types, strict=True):
            found.setdefault(name, set()).add(type_)
    return {name: _common(types) for name, types in sorted(found.items())}


def _common(types: set[type[Scalar]]) -> type[Scalar]:
    if len(types) == 1:
        return next(iter(types))
    return float if types == {int, float} else str


def _keys(scopes: Mapping[str, Types]) -> dict[tuple[str, str], str]:
    """Return (scope, name) → id, each id once: nodes, ties and the network may have attributes of one name."""
    ids: dict[tuple[str, str], str] = {}
    for scope, types in scopes.items():
        for name in types:
            id_ = _AS_IDS.get((scope, name), name)
            free = _TOKEN.fullmatch(id_) and id_ not in ids.values()
            ids[scope, name] = id_ if free else f"{scope}-{len(ids)}"
    return ids


def _written(value: Scalar, type_: type[Scalar]) -> str:
    return text_of(value if type(value) is type_ else type_(value))


def _content(value: Scalar, type_: type[Scalar]) -> str:
    text = _written(value, type_)
    # No number is escaped; and a reader makes a line feed of a bare carriage return.
    return escape(text, {"\r": "&#13;"}) if isinstance(value, str) else text


def _quoted(value: Scalar, type_: type[Scalar]) -> str:
    text = _written(value, type_)
    return quoteattr(text) if isinstance(value, str) else f'"{text}"'


class _Quoted(dict[str, str]):
    """Ids in quotes: each comes at all its ties."""

    def __missing__(self, id_: str) -> str:
        made = self[id_] = quoteattr(id_)
        return made


def _column(name: str, type_: type[Scalar]) -> str:
    given = quoteattr(name)
    return f'      <attribute id={given} title={given} type="{_KINDS[type_]}"/>\n'


def _values(attributes: Mapping[str, Scalar], types: Types) -> str:
    values = "".join(
        f"<attvalue for={quoteattr(name)} value={_quoted(value, types[name])}/>"
        for name, value in attributes.items()
        if name in types
    )
    return f"<attvalues>{values}</attvalues>" if values else ""


def _lines(lines: Iterable[str]) -> Iterator[bytes]:
    return ("".join(some).encode() for some in some_of(lines))

"""pyvis as generator: its network object and ``generate_html`` with our own checked fields and our own template.

pyvis' template, writers and ``add_edge`` are not used: every output mode calls a public CDN, ``write_html`` writes in
the locale's encoding, headings and options can execute, and ``add_edge`` scans all edges and drops a second one between
the same pair (docs/decisions/0004-map-page.md).
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from graphsvc import pieces
from graphsvc.errors import InvalidValue
from graphsvc.render.fields import EDGE_FIELDS, NODE_FIELDS
from graphsvc.render.plain import plain, shortest

VIS_FILE: Final = "lib/vis-9.1.2/vis-network.min.js"
VIS_SHA256: Final = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
"""vis-network 9.1.2 as pyvis 0.3.2 ships it: no eval, no injected styles, so it runs under a strict policy."""

UNUSED: Final = (
    # Readers of DOT and of Gephi's JSON; whoever calls them gets a TypeError.
    ("function Xm(t){return eb=t", "Tb=Object.freeze(", "var Ob={},Sb={},Eb,Cb,"),
    # The buttons of its editor, which is off, in ten languages beside English.
    (",de:{addDescription:", "});var Mb=", ""),
)
"""What the page can't reach, from where to before where, and what stands there instead: 17 kB of every map."""

OPTIONS: Final[Mapping[str, object]] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"dragNodes": False},
}

_QUOTED_OR_BLANKS = re.compile(
    r"""(?P<quoted>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|(?<=\()/(?![*/])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\]|\\.)*\])+/)"""
    r"""|[ ]*(?P<mark>[{}()\[\];,<>=?:&|!*%+-]+)[ ]*"""
)

# After an opening bracket, a comma or an operator, and before a closing bracket, a line end can't end a statement.
_NEEDLESS_LINE_END = re.compile(r"(?<=[{(\[,;=?:&|])\n|\n(?=[})\]])")


class ActorNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network that takes only allowed fields with finite values, in time that does not grow with its size."""

    def __init__(self, heading: str, environment: Environment, template: str) -> None:
        super().__init__(heading=plain(heading), cdn_resources="in_line")
        self.options = dict(OPTIONS)
        self.templateEnv = environment
        self.path = template

    def add_actor(self, number: int, **fields: object) -> None:
        """Add the node ``number``; numbers are unique. :class:`InvalidValue` for a field that may not be published."""
        if number in self.node_map:
            raise InvalidValue(f"Two actors of the map have the number {number}.")
        node = {"id": number, **_checked(fields, NODE_FIELDS)}
        self.nodes.append(node)
        self.node_ids.append(number)
        self.node_map[number] = node

    def add_line(self, a: int, b: int, **fields: object) -> None:
        """Add an edge between two known nodes; a tie and a suggestion are different lines."""
        for end in (a, b):
            if end not in self.node_map:
                raise InvalidValue(f"A line of the map ends at the actor number {end}, which the map does not have.")
        self.edges.append({"from": a, "to": b, **_checked(fields, EDGE_FIELDS)})


def _checked(fields: Mapping[str, object], allowed: Mapping[str, type | tuple[type, ...]]) -> dict[str, Any]:
    checked: dict[str, Any] = {}
    for name, value in fields.items():
        if name not in allowed:
            raise InvalidValue(
                f"The field {name!r} may not go to a map.", remedy="Allowed fields are in render/fields.py."
            )
        if value is None:
            continue
        if not isinstance(value, allowed[name]) or (isinstance(value, bool) and allowed[name] is not bool):
            raise InvalidValue(f"The field {name!r} of a map can't be a {type(value).__name__}.", field=name)
        if isinstance(value, float) and not math.isfinite(value):
            raise InvalidValue(f"The field {name!r} of a map is not a finite number.", field=name)
        checked[name] = plain(value) if isinstance(value, str) else value
    return checked


def environment(context: Mapping[str, object]) -> Environment:
    """Return the environment of the map's template: everything escaped, nothing undefined, ``context`` global."""
    made = Environment(
        loader=PackageLoader("graphsvc.render"), autoescape=True, undefined=StrictUndefined, finalize=_printable
    )
    made.policies["json.dumps_kwargs"] = {
        "sort_keys": True,
        "ensure_ascii": False,
        "allow_nan": False,
        "separators": (",", ":"),
    }
    made.policies["json.dumps_function"] = pieces.sorted_text
    made.filters["rows"] = rows
    made.globals.update(context)
    return made


def rows(items: Sequence[Mapping[str, object]], *fields: str) -> dict[str, object]:
    """Return pyvis' nodes or edges as rows under one line of field names, without the empty values at a row's end.

    A third of the bytes of a large page were the same names again and again.
    """
    return {"fields": fields, "rows": [shortest([item.get(field) for field in fields]) for item in items]}


def _printable(value: object) -> object:
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def vis_script() -> str:
    """Return vis-network's script from the installed pyvis, without what no map uses.

    :class:`InvalidValue` where it isn't the file that was checked.
    """
    content = resources.files("pyvis").joinpath(VIS_FILE).read_bytes()
    if hashlib.sha256(content).hexdigest() != VIS_SHA256:
        raise InvalidValue(
            f"The file {VIS_FILE} of the installed pyvis is not the one that was checked.",
            remedy="Install pyvis 0.3.2 again.",
        )
    # A browser hashes the script with \n as line end. The last line names a source map, a file that isn't there.
    text = content.decode("utf-8").replace("\r\n", "\n").partition("//# sourceMappingURL=")[0]
    for first, behind, instead in UNUSED:
        before, _, rest = text.partition(first)
        text = before + instead + rest[rest.index(behind) :]
    return text.replace(" */\n", " *\n * Changed by graphsvc: parts that no map uses are left out.\n */\n", 1)


def squeezed(scripts: Sequence[str]) -> str:
    """Join scripts of ours into one, without whole-line comments and the blanks that only people need.

    Blanks go where they touch punctuation outside of strings, templates and patterns. Statements end with semicolons,
    no template has a line end.
    """
    lines = (line.strip() for script in scripts for line in script.splitlines())
    text = "\n".join(line for line in lines if line and not line.startswith("//"))
    text = _QUOTED_OR_BLANKS.sub(lambda found: found["quoted"] or found["mark"], text)
    text = _NEEDLESS_LINE_END.sub("", text)
    return f'(() => {{\n"use strict";\n{text}\n}})();'

"""pyvis as generator: what it hands to our template, what we let through, which script it ships."""

from __future__ import annotations

import hashlib
import json
import math
from importlib import resources
from typing import Any

import pytest
import pyvis
from jinja2 import DictLoader

from graphsvc.errors import InvalidValue
from graphsvc.render.vis import (
    OPTIONS,
    UNUSED,
    VIS_FILE,
    VIS_SHA256,
    ActorNetwork,
    environment,
    rows,
    squeezed,
    vis_script,
)


def network(template: str = "") -> ActorNetwork:
    made = environment({})
    made.loader = DictLoader({"map.html": template})
    return ActorNetwork("A <heading>", made, "map.html")


def test_the_shipped_script_is_the_one_that_was_checked() -> None:
    content = resources.files("pyvis").joinpath(VIS_FILE).read_bytes()
    assert pyvis.__version__ == "0.3.2"
    assert hashlib.sha256(content).hexdigest() == VIS_SHA256


def test_the_script_fits_into_a_page_under_a_strict_policy() -> None:
    script = vis_script()
    assert "\r" not in script, "a browser would hash another text"
    assert "</script" not in script.lower()
    assert "<!--" not in script
    for wanted in ("innerHTML", "eval(", 'createElement("style")', "sourceMappingURL"):
        assert wanted not in script
    assert "MIT License" in script, "the licence goes along"
    assert "Changed by graphsvc" in script, "which asks to say what was changed"


def test_what_no_map_uses_is_left_out_and_nothing_else() -> None:
    whole = resources.files("pyvis").joinpath(VIS_FILE).read_bytes().decode("utf-8")
    for first, behind, _ in UNUSED:
        assert whole.count(first) == 1
        assert first not in vis_script()
        assert behind in vis_script()
    left = len(whole.replace("\r\n", "\n")) - len(vis_script())
    assert 15_000 < left < 18_000


def test_generate_html_hands_our_template_what_it_needs() -> None:
    made = network(
        '{"heading":{{ heading|tojson }},"nodes":{{ nodes|tojson }},'
        '"edges":{{ edges|tojson }},"options":{{ options|tojson }}}'
    )
    made.add_actor(0, key="a", label="Ä </script>", group=2, x=1, y=-2, size=5.0)
    made.add_actor(1, key="b", label="B", group=3, x=None, y=None, size=5)
    made.add_line(0, 1, value=0.5, via=(3,))
    made.add_line(0, 1, dashes=True, rank=1)

    text = made.generate_html()
    data: dict[str, Any] = json.loads(text)

    assert "</script" not in text
    assert data["heading"] == "A <heading>"
    assert data["nodes"][0] == {
        "id": 0,
        "key": "a",
        "label": "Ä </script>",
        "group": 2,
        "x": 1,
        "y": -2,
        "size": 5,
    }
    assert "x" not in data["nodes"][1]
    assert len(data["edges"]) == 2, "a tie and a suggestion of the same pair are two lines"
    assert json.loads(data["options"]) == OPTIONS
    assert json.loads(data["options"])["physics"] == {"enabled": False}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "someone@example.org"),
        ("title", "href"),
        ("shape", "image"),
        ("size", math.nan),
        ("size", math.inf),
        ("x", 1.5),
        ("label", 7),
        ("x", True),
    ],
)
def test_only_allowed_fields_with_sound_values(field: str, value: object) -> None:
    made = network()
    with pytest.raises(InvalidValue, match=field):
        made.add_actor(0, **{field: value})
    assert made.nodes == []


def test_numbers_are_unique_and_lines_end_at_actors() -> None:
    made = network()
    made.add_actor(0, label="a")
    with pytest.raises(InvalidValue, match="number 0"):
        made.add_actor(0, label="b")
    with pytest.raises(InvalidValue, match="number 9"):
        made.add_line(0, 9, value=1.0)


def test_squeezing_keeps_what_is_quoted() -> None:
    script = """
// a comment
const a = "x  =  // y";
const b = 'it : is';
const c = `${ a } , b`;
const d = a.replace(/[ ,] +/g, " ; ");
if (a) {
  b + c;
}
"""
    text = squeezed([script])
    for kept in ('"x  =  // y"', "'it : is'", "`${ a } , b`", "/[ ,] +/g", '" ; "'):
        assert kept in text
    assert "a comment" not in text
    assert "if(a){b+c;}" in text


def test_rows_leave_out_what_is_empty_at_their_end() -> None:
    items: list[dict[str, object]] = [
        {"id": 1, "a": "x", "b": None, "c": 3},
        {"id": 2, "a": "y", "c": ()},
        {"id": 3, "b": False, "c": 0},
    ]
    assert rows(items, "a", "b", "c") == {"fields": ("a", "b", "c"), "rows": [["x", None, 3], ["y"], [None, False, 0]]}

"""The page as text: same bytes everywhere, nothing from outside, all the data in it, three languages."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from graphsvc import wording
from graphsvc.render import drawn
from graphsvc.render.content import MapStep
from graphsvc.render.map import render_map, write_html
from graphsvc.render.page import safe_address
from tests.render.made_up_map import HOSTILE, hostile_map, made_up_map

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from pathlib import Path
from graphsvc.render.map import render_map, write_html
from tests.render.made_up_map import made_up_map
write_html(Path(sys.argv[1]), render_map(made_up_map(language="fi")))
"""


class Parsed(HTMLParser):
    """Elements with their attributes, the text of tables by row, the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.rows: dict[str, list[list[str]]] = {}
        self.raw: list[tuple[str, str]] = []
        self._table = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        if tag == "table":
            self._table = str(attributes["data-table"])
            self.rows[self._table] = []
        elif tag == "tr":
            self.rows[self._table].append([])
        elif tag in ("td", "th"):
            self.rows[self._table][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._table = ""

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] in ("script", "style") and self.cdata_elem:
            self.raw.append((self.elements[-1][1].get("type") or self.elements[-1][0], data))
        elif self._table and self.rows[self._table] and self.rows[self._table][-1]:
            self.rows[self._table][-1][-1] += data.rstrip("\n")


def data_of(text: str) -> dict[str, Any]:
    """The data of a page, pyvis' nodes and edges as dictionaries again."""
    found: dict[str, Any] = json.loads(next(raw for kind, raw in Parsed(text).raw if kind == "application/json"))
    for part in ("nodes", "edges"):
        fields, rows = found[part]["fields"], found[part]["rows"]
        found[part] = [dict(zip(fields, row, strict=False)) for row in rows]
    return found


def written_elsewhere(path: Path, **environment: str) -> bytes:
    command = [sys.executable, "-c", PROGRAM, str(path)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True)
    return path.read_bytes()


def test_same_bytes_in_every_process_and_locale(tmp_path: Path) -> None:
    here = render_map(made_up_map(language="fi")).encode()
    assert written_elsewhere(tmp_path / "one.html", PYTHONHASHSEED="1", LC_ALL="C", PYTHONUTF8="0") == here
    assert written_elsewhere(tmp_path / "two.html", PYTHONHASHSEED="2") == here
    assert "Ääni" in here.decode()


def test_the_page_stays_small() -> None:
    page = render_map(made_up_map()).encode()
    assert len(page) <= 600_000
    assert len(gzip.compress(page, 9, mtime=0)) <= 155 * 1024


def test_nothing_comes_from_outside() -> None:
    parsed = Parsed(render_map(made_up_map()))
    outside = [
        (tag, attributes)
        for tag, attributes in parsed.elements
        if attributes.get("src") or (tag == "link" and not str(attributes["href"]).startswith("data:"))
    ]
    assert outside == []
    links = [attributes for tag, attributes in parsed.elements if tag == "a" and attributes["href"] != "#tables"]
    assert [link["href"] for link in links] == ["https://data.example/register"]
    assert all(link["rel"] == "noopener noreferrer" for link in links)


def test_the_policy_names_each_script_and_style_of_the_page() -> None:
    parsed = Parsed(render_map(made_up_map()))
    policy = next(str(a["content"]) for tag, a in parsed.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none';")
    inline = [raw for kind, raw in parsed.raw if kind != "application/json"]
    assert len(inline) == 3
    for text in inline:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
    assert policy.count("sha256-") == 3
    assert not [a for _, a in parsed.elements if any(name.startswith("on") or name == "style" for name in a)]


def test_the_data_is_the_tables_is_the_content() -> None:
    content = made_up_map()
    text = render_map(content)
    data, rows = data_of(text), Parsed(text).rows
    name = {actor.id: actor.name for actor in content.actors}

    assert [node["key"] for node in data["nodes"]] == [actor.id for actor in content.actors]
    assert [row[1] for row in rows["actors"][1:]] == [actor.name for actor in content.actors]
    assert [int(row[0]) for row in rows["actors"][1:]] == list(range(1, len(content.actors) + 1))

    ends = [(data["nodes"][edge["from"]]["key"], data["nodes"][edge["to"]]["key"]) for edge in data["edges"]]
    dashed = [edge.get("dashes", False) for edge in data["edges"]]
    ties = [pair for pair, suggested in zip(ends, dashed, strict=True) if not suggested]
    suggested = [pair for pair, suggested in zip(ends, dashed, strict=True) if suggested]
    assert ties == [(tie.a, tie.b) for tie in content.ties]
    assert [row[:2] for row in rows["ties"][1:]] == [[name[a], name[b]] for a, b in ties]
    assert suggested == [(each.a, each.b) for each in content.suggestions]
    assert [row[1:3] for row in rows["suggestions"][1:]] == [[name[a], name[b]] for a, b in suggested]

    joint = [each[0] for each in data["more"]["collaborations"]]
    for edge, tie in zip(data["edges"], content.ties, strict=False):
        shared = {each.id: each.name for each in content.collaborations}
        assert [joint[number] for number in edge["via"]] == [shared[id_] for id_ in tie.collaborations]


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_three_languages(language: str) -> None:
    text = render_map(made_up_map(language=language))
    parsed = Parsed(text)
    assert next(attributes for tag, attributes in parsed.elements if tag == "html") == {"lang": language}
    for key in ("page.search", "page.suggestions_button", "page.line_tie", "page.made_with"):
        assert wording.say("map", key, language) in text
    live = {key.removeprefix("live.") for key in wording.table("map") if key.startswith("live.")}
    assert set(data_of(text)["texts"]) == live


def test_the_script_says_only_what_the_table_has() -> None:
    static = ROOT / "graphsvc/render/static"
    spoken = {key for path in static.glob("*.js") for key in re.findall(r'\bsay\(\s*"(\w+)"', path.read_text("utf-8"))}
    spoken |= {"suggestions_on", "suggestions_off", "no_hits", "kind", "themes", "place", "group", "rank", "also"}
    spoken |= {"group_size", "group_ties"}
    assert spoken == {key.removeprefix("live.") for key in wording.table("map") if key.startswith("live.")}


def test_every_text_of_the_page_is_used() -> None:
    template = (ROOT / "graphsvc/render/templates/map.html").read_text("utf-8")
    source = "".join(path.read_text("utf-8") for path in (ROOT / "graphsvc/render").glob("*.py"))
    keys = {key.removeprefix("page.") for key in wording.table("map") if key.startswith("page.")}
    said = set(re.findall(r"say\('([a-z_.]+)'", template)) | set(re.findall(r'"page\.([a-z_.]+)"', source))
    said |= set(re.findall(r'words\.say\("([a-z_.]+)"', source))
    unused = {key for key in keys if key not in said and not key.startswith(("measure.", "summary."))}
    assert unused == set()


def test_text_from_data_stays_text() -> None:
    text = render_map(hostile_map())
    parsed = Parsed(text)
    assert [tag for tag, _ in parsed.elements if tag in ("img", "iframe", "object")] == []
    assert len([tag for tag, _ in parsed.elements if tag == "script"]) == 3
    assert data_of(text)["heading"] == HOSTILE[0]
    hrefs = [str(attributes["href"]) for tag, attributes in parsed.elements if tag == "a"]
    assert all(href.startswith(("#", "https://")) for href in hrefs)
    assert "\x1b" not in text
    assert "\x00" not in text
    assert "{{ 7 * 7 }}" in text


def test_half_a_surrogate_pair_can_still_be_written(tmp_path: Path) -> None:
    content = made_up_map(20, 2, 1)
    bad = replace(content, title="a\ud800b", actors=(replace(content.actors[0], name="\udfffÄ"), *content.actors[1:]))
    write_html(tmp_path / "map.html", render_map(bad))
    assert "<h1>ab</h1>" in (tmp_path / "map.html").read_text("utf-8")


def test_writing_is_all_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    write_html(path, "Ääkköset")
    assert path.read_bytes() == "Ääkköset".encode()
    with pytest.raises(UnicodeEncodeError):
        write_html(path, "broken \ud800")
    assert path.read_bytes() == "Ääkköset".encode()
    assert [each.name for each in tmp_path.iterdir()] == ["map.html"]


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("https://example.org", True),
        ("http://example.org/ä?b=1", True),
        (" https://example.org ", True),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https://", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(text: str, safe: bool) -> None:
    assert (safe_address(text) is not None) is safe


def test_of_each_group_of_a_crowded_network_a_readable_choice() -> None:
    content = made_up_map(700, 3, 20)
    shown, group_of = drawn.drawn_actors(content), drawn.gathered(content)
    sizes = Counter(group_of.values())
    assert max(sizes.values()) > drawn.MOST_ACTORS
    assert Counter(group_of[id_] for id_ in shown) == {g: min(n, drawn.MOST_ACTORS) for g, n in sizes.items()}
    assert {end for each in content.suggestions for end in (each.a, each.b)} <= shown

    nobody_local = tuple(replace(actor, local=False) for actor in content.actors)
    plain = replace(content, suggestions=(), actors=nobody_local)
    strongest = drawn.drawn_actors(plain)
    strength: dict[str, float] = dict.fromkeys((actor.id for actor in content.actors), 0.0)
    for tie in content.ties:
        strength[tie.a] += tie.weight
        strength[tie.b] += tie.weight
    for group in sizes:
        members = {id_ for id_, its in group_of.items() if its == group}
        weakest_in = min(strength[id_] for id_ in strongest & members)
        assert all(strength[id_] <= weakest_in for id_ in members - strongest)


def test_everyone_of_a_crowded_network_is_in_a_named_group() -> None:
    content = made_up_map(700, 14, 20)
    group_of = drawn.gathered(content)
    assert set(group_of) == {actor.id for actor in content.actors}
    assert set(group_of.values()) == {each.id for each in content.communities} | {drawn.REST}
    tied = {end for tie in content.ties for end in (tie.a, tie.b)}
    assert {id_ for id_, group in group_of.items() if group == drawn.REST} == set(group_of) - tied
    names = dict(data_of(render_map(content))["more"]["groups"])
    assert names[drawn.REST] == "Small groups and actors without partners"


def test_many_ties_leave_each_actor_its_strongest() -> None:
    content = made_up_map(400, 8, 5)
    shown = drawn.drawn_actors(content)
    resting = drawn.resting_ties(content, shown, drawn.gathered(content))
    assert 0 < len(resting) < len(content.ties)
    best: dict[str, float] = {}
    for tie in content.ties:
        for end in (tie.a, tie.b):
            best[end] = max(best.get(end, 0.0), tie.weight)
    kept: dict[str, float] = {}
    for index in resting:
        tie = content.ties[index]
        for end in (tie.a, tie.b):
            kept[end] = max(kept.get(end, 0.0), tie.weight)
    assert kept == best


def test_at_rest_a_crowded_network_draws_ties_inside_groups() -> None:
    content = made_up_map(700, 14, 5)
    group_of = drawn.gathered(content)
    resting = drawn.resting_ties(content, drawn.drawn_actors(content), group_of)
    assert {index for index, tie in enumerate(content.ties) if group_of[tie.a] == group_of[tie.b]} == resting


def test_places_and_themes_know_what_they_lie_in() -> None:
    content = replace(made_up_map(20, 2, 1), places_above=(("Nokia", "Pirkanmaa"), ("Pirkanmaa", "Finland")))
    more = data_of(render_map(content))["more"]
    above = {
        name: more["places"][number]
        for name, number in zip(more["places"], more["placesAbove"], strict=True)
        if number is not None
    }
    assert above == {"Nokia": "Pirkanmaa", "Pirkanmaa": "Finland"}


def test_sizes_are_said_in_numbers() -> None:
    content = made_up_map()
    text = render_map(content)
    rows = Parsed(text).rows["actors"]
    assert rows[0][-1] == "How often between others"
    assert [float(row[-1]) for row in rows[1:]] == [round(actor.importance, 2) for actor in content.actors]
    assert f"(largest {content.actors[0].importance:.2f})" in text


def test_a_story_names_only_what_is_on_the_map() -> None:
    content = made_up_map(20, 2, 1)
    actor = content.actors[0].id
    story = (
        MapStep("", f"actor={actor}&theme=Secret+plan&place=Nowhere&group=Gone&years=2016+2018"),
        MapStep("", "a-hidden-id"),
        MapStep("", actor),
    )
    text = render_map(replace(content, story=story))
    assert data_of(text)["more"]["story"] == [f"actor={actor}&years=2016+2018", "", f"actor={actor}"]
    for secret in ("Secret", "Nowhere", "Gone", "a-hidden-id"):
        assert secret not in text


def test_the_name_of_a_measure_stays_as_it_is() -> None:
    text = render_map(replace(made_up_map(20, 2, 1), size_measure="closeness"))
    assert Parsed(text).rows["actors"][0][-1] == "Closeness (Freeman)"

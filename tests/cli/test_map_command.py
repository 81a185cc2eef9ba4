"""The map at the terminal: like an earlier one, with a story, sized by a measure; and what it says of wrong files."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphsvc.cli import cli
from graphsvc.errors import GraphsvcError
from graphsvc.render.earlier import read_places


@pytest.fixture(scope="module")
def home(sample_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    (home / "graph.kgl").write_bytes(sample_graph.read_bytes())
    return home


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, words, env={"GRAPHSVC_HOME": str(home)})


def drawn(home: Path, output: Path, *words: str) -> str:
    done = run(home, "map", "--output", str(output), *words)
    assert done.exit_code == 0, done.output
    return output.read_text("utf-8")


def places(text: str) -> dict[str, tuple[float, float]]:
    return {each.id: (each.x, each.y) for each in read_places(text, "map.html")}


def test_next_years_map_is_like_this_years(home: Path, tmp_path: Path) -> None:
    then = places(drawn(home, tmp_path / "then.html", "--as-of", "2018-12-31"))
    fresh = places(drawn(home, tmp_path / "fresh.html"))
    by_file = places(drawn(home, tmp_path / "now.html", "--like", str(tmp_path / "then.html")))
    by_day = places(drawn(home, tmp_path / "day.html", "--like-day", "31.12.2018"))

    def moved(now: dict[str, tuple[float, float]]) -> list[float]:
        both = then.keys() & now.keys()
        return sorted(((now[a][0] - then[a][0]) ** 2 + (now[a][1] - then[a][1]) ** 2) ** 0.5 for a in both)

    middle = len(moved(by_file)) // 2
    assert moved(by_file)[middle] < 10 < moved(fresh)[middle]
    assert by_day == by_file


def test_size_and_story(home: Path, tmp_path: Path) -> None:
    story = tmp_path / "story.toml"
    story.write_text('[[step]]\ncaption = "Keskellä"\nactor = "Tampereen yliopisto"\n', "utf-8")
    text = drawn(home, tmp_path / "map.html", "--size", "degree", "--story", str(story), "--language", "fi")
    assert "Koko: Kumppaneita (suurin" in text
    assert "<li>Keskellä" in text
    assert '"story":["actor=fi-2844561-8"]' in text


@pytest.mark.parametrize("ending", ["html", "svg"])
def test_what_is_hidden_is_nowhere_and_what_is_said_is_there(home: Path, tmp_path: Path, ending: str) -> None:
    hide = tmp_path / "hide.toml"
    hide.write_text('kinds = ["university"]\nfields = ["sources"]\n', "utf-8")
    words = ("--caption", "Kuva 1", "--licence", "CC BY 4.0", "--alternative", "Verkosto.")
    whole = drawn(home, tmp_path / f"whole.{ending}", *words)
    hidden = drawn(home, tmp_path / f"hidden.{ending}", "--hide", str(hide), *words)
    for each in ("Kuva 1", "CC BY 4.0", "Verkosto."):
        assert each in hidden
    for each in ("Tampereen yliopisto", "fi-2844561-8"):
        assert each not in hidden
    assert "Tampereen yliopisto" in whole


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--size", "nonsense"), "'nonsense' is no measure of actors"),
        (("--like", "{file}"), "other.html is not a map of graphsvc"),
        (("--story", "{file}"), "other.html can't be read"),
        (("--like", "no/such.html"), "such.html can't be read"),
    ],
)
def test_what_can_not_be_is_told_in_a_sentence(home: Path, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    other = tmp_path / "other.html"
    other.write_text("<p>hello", "utf-8")
    done = run(home, "map", "--output", str(tmp_path / "map.html"), *(word.format(file=other) for word in words))
    # The command's own entry makes a sentence of such an error (test_commands.py).
    assert isinstance(done.exception, GraphsvcError)
    assert said in str(done.exception)
    assert done.exception.remedy
    assert not (tmp_path / "map.html").exists()


def test_the_ending_says_what_is_written(home: Path, tmp_path: Path) -> None:
    begins = {"svg": b"<?xml", "pdf": b"%PDF", "png": b"\x89PNG"}
    for ending, first in begins.items():
        output = tmp_path / f"map.{ending}"
        done = run(home, "map", "--output", str(output), "--paper", "a3", "--ink", "grey", "--language", "fi")
        assert done.exit_code == 0, done.output
        assert output.read_bytes().startswith(first)
    assert 'width="420mm"' in (tmp_path / "map.svg").read_text("utf-8")
    refused = run(home, "map", "--output", str(tmp_path / "map.jpg"))
    assert isinstance(refused.exception, GraphsvcError)
    assert "End it with .html, .svg, .pdf, .png." in str(refused.exception)
    assert not (tmp_path / "map.jpg").exists()

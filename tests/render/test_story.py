"""A story says in words what the map shows; the map's address says the same."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from graphsvc.errors import InvalidValue, UnreadableFile
from graphsvc.render.content import MapContent
from graphsvc.render.story import read_story, with_story
from tests.render.made_up_map import made_up_map


def told(text: str, folder: Path, content: MapContent | None = None) -> MapContent:
    path = folder / "story.toml"
    path.write_text(text, "utf-8")
    return with_story(content or made_up_map(), read_story(path))


def test_steps_become_addresses(tmp_path: Path) -> None:
    actor = made_up_map().actors[3]
    made = told(
        f"""
[[step]]
caption = "Everything"

[[step]]
caption = "One"
actor = "{actor.name.upper()}"
kinds = ["{actor.kind}", "university"]
theme = "Health data"
place = "Tampere"
years = [2016, 2018]
ties = "strongest"
suggestions = false

[[step]]
caption = "As copied"
view = "#group=Bioeconomy&at=1+2+300"
""",
        tmp_path,
    )
    assert [step.caption for step in made.story] == ["Everything", "One", "As copied"]
    assert made.story[0].fragment == ""
    said = {key: values[0] for key, values in parse_qs(made.story[1].fragment).items()}
    hidden = said.pop("hide").split()
    assert actor.kind.value not in hidden
    assert "public_body" in hidden
    assert said == {
        "actor": actor.id,
        "theme": "Health data",
        "place": "Tampere",
        "strength": "2",
        "years": "2016 2018",
        "suggestions": "off",
    }
    assert made.story[2].fragment == "group=Bioeconomy&at=1+2+300"


def test_captions_in_the_maps_language(tmp_path: Path) -> None:
    text = '[[step]]\ncaption = { fi = "Alku", en = "Start" }\n'
    for language, caption in (("fi", "Alku"), ("en", "Start"), ("sv", "Alku")):
        made = told(text, tmp_path, replace(made_up_map(20, 2, 1), language=language))
        assert made.story[0].caption == caption


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('actor = "Nobody Oy"', "Step 1 of the story: the map has no actor 'Nobody Oy'"),
        ('theme = "Astrology"', "the map has no theme 'Astrology'"),
        ('place = "Atlantis"', "the map has no place 'Atlantis'"),
        ('group = "None such"', "the map has no group 'None such'"),
        ('colour = "red"', "story.toml: step 1 colour"),
        ('kinds = ["club"]', "story.toml: step 1 kinds 1"),
        ('view = "#x"\ntheme = "Photonics"', "not both"),
        ("years = [2016]", "story.toml: step 1 years"),
    ],
)
def test_what_the_map_has_not_is_told(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(InvalidValue, match=re.escape(said)):
        told(f'[[step]]\ncaption = "x"\n{line}\n', tmp_path)


def test_a_file_that_is_no_toml(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"story\.toml can't be read"):
        told("[[step", tmp_path)
    with pytest.raises(InvalidValue, match="step"):
        told("", tmp_path)

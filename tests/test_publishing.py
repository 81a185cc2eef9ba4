"""Published maps stay as they were, say what changed, and are gone when they are withdrawn."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from graphsvc.errors import InvalidValue, NotFound
from graphsvc.publishing import Publications, embed_code
from graphsvc.render.content import Imprint, MapContent
from graphsvc.render.map_redaction import redacted
from graphsvc.render.redaction import Redaction
from tests.render.made_up_map import hiding, made_up_map

MAP = made_up_map(30)
AT = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


@pytest.fixture
def publications(tmp_path: Path) -> Publications:
    return Publications(tmp_path / "published", now=lambda: AT)


def page(content: MapContent) -> str:
    return f"<title>{content.title}</title>{[each.name for each in content.actors]}"


def without(content: MapContent, number: int) -> MapContent:
    return redacted(content, hiding(content, Redaction(actors=frozenset({content.actors[number].id}))))[0]


def test_a_version_stays_as_it_was_when_another_comes(publications: Publications) -> None:
    less = without(MAP, 3)
    first = publications.publish("year-map", less, page(less), "Liisa")
    second = publications.publish("year-map", MAP, page(MAP), "Liisa")
    assert (first.number, second.number) == (1, 2)
    assert publications.page("year-map", 1) == page(less)
    assert hashlib.sha256(publications.page("year-map", 1).encode()).hexdigest() == first.sha256
    assert publications.latest("year-map") == second
    assert publications.versions("year-map") == (second, first)


def test_what_changed_is_told_and_nobody_who_went_is_named(publications: Publications) -> None:
    less = without(MAP, 3)
    publications.publish("year-map", less, page(less), "Liisa")
    more = publications.publish("year-map", MAP, page(MAP), "Liisa").changed
    assert more
    assert more.new_actors == (MAP.actors[3].name,)
    assert more.new_ties == len(MAP.ties) - len(less.ties)
    again = publications.publish("year-map", less, page(less), "Liisa")
    assert again.changed
    assert (again.changed.gone_actors, again.changed.new_actors) == (1, ())
    kept = [file for file in publications.folder.rglob("3.*") if MAP.actors[3].name in file.read_text(encoding="utf-8")]
    assert kept == []


def test_the_same_page_again_is_no_new_version(publications: Publications) -> None:
    first = publications.publish("year-map", MAP, page(MAP), "Liisa")
    assert publications.publish("year-map", MAP, page(MAP), "Matti") == first


def test_what_is_withdrawn_is_gone_and_its_number_is_not_used_again(publications: Publications) -> None:
    publications.publish("year-map", MAP, page(MAP), "Liisa")
    gone = publications.withdraw("year-map", 1)
    assert gone.withdrawn == AT
    assert publications.withdraw("year-map", 1) == gone
    assert not any(MAP.actors[0].name in file.read_text(encoding="utf-8") for file in publications.folder.rglob("*.*"))
    for ask in (lambda: publications.page("year-map", 1), lambda: publications.latest("year-map")):
        with pytest.raises(NotFound, match="withdrawn"):
            ask()
    assert publications.publish("year-map", MAP, page(MAP), "Liisa").number == 2


def test_where_an_actor_is_shown_is_found(publications: Publications) -> None:
    actor, less = MAP.actors[3].id, without(MAP, 3)
    shows = publications.publish("one", MAP, page(MAP), "Liisa")
    publications.publish("two", less, page(less), "Liisa")
    assert publications.showing([actor]) == (shows,)
    publications.withdraw("one", 1)
    assert publications.showing([actor]) == ()


@pytest.mark.parametrize("name", ["", "..", "a/b", "Kartta", "-a", "a-", "a" * 61, "a\n", "ä", "con.html"])
def test_a_name_that_could_be_a_path_is_refused(publications: Publications, name: str) -> None:
    for ask in (lambda: publications.publish(name, MAP, "", "Liisa"), lambda: publications.versions(name)):
        with pytest.raises(InvalidValue, match="can't be the name"):
            ask()
    assert not publications.folder.exists()


def test_what_is_not_there_is_said_so(publications: Publications) -> None:
    assert publications.names() == ()
    with pytest.raises(NotFound, match="published map 'year-map'"):
        publications.versions("year-map")


def test_many_publish_at_once_and_each_has_its_number(publications: Publications) -> None:
    def one(n: int) -> int:
        return publications.publish("year-map", MAP, f"page {n}", "Liisa").number

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(one, range(16)))
    assert sorted(numbers) == list(range(1, 17))
    assert sorted(publications.page("year-map", n) for n in numbers) == sorted(f"page {n}" for n in range(16))


def test_the_embed_code_is_one_frame_with_a_title_whatever_the_title_says(publications: Publications) -> None:
    content = replace(MAP, title='"><script>alert(1)</script>')
    version = publications.publish("year-map", content, "page", "Liisa")
    found: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    Reader().feed(embed_code(version, "https://network.example.org/"))
    ((tag, attributes),) = found
    assert tag == "iframe"
    assert attributes["title"] == content.title
    assert attributes["src"] == "https://network.example.org/published/year-map"


def test_caption_and_licence_stand_under_the_frame(publications: Publications) -> None:
    content = replace(MAP, imprint=Imprint("Who works <b>with</b> whom.", "CC BY 4.0"))
    version = publications.publish("year-map", content, "page", "Liisa")
    code = embed_code(version, "https://network.example.org/")
    assert code.endswith("<figcaption>Who works &lt;b&gt;with&lt;/b&gt; whom. CC BY 4.0</figcaption></figure>")
    assert version.alternative == MAP.summary
    assert version.sources == tuple(each.name for each in MAP.sources)
    assert publications.latest("year-map") == version, "as it was noted"


def test_a_version_of_before_there_were_captions_is_read(publications: Publications) -> None:
    version = publications.publish("year-map", MAP, "page", "Liisa")
    file = publications.folder / "year-map" / "1.json"
    said = json.loads(file.read_text("utf-8"))
    for each in ("caption", "licence", "alternative", "sources"):
        del said[each]
    file.write_text(json.dumps(said), "utf-8")
    assert publications.latest("year-map") == replace(version, alternative="", sources=())

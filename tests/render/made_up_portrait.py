"""A made-up portrait, and one whose every text is what one is given."""

from __future__ import annotations

from datetime import date
from typing import Final

from graphsvc.model import ActorKind
from graphsvc.render.content import MapActor, MapCommunity, MapContent, MapSource, MapSuggestion, MapTie
from graphsvc.render.portrait_content import Joint, Opening, Partner, Portrait, Stated, ThemeRow, Themes

LONG: Final = "Erittäin pitkä nimi jossa on monta sanaa " * 250
"""10,000 characters."""
KEYS: Final = ("name", "kind", "business_id", "vat", "pic", "ror", "isni", "wikidata", "place", "website", "names")


def made_up_portrait(language: str = "en", text: str = "", many: int = 5) -> Portrait:
    """Return a portrait with ``many`` of everything; ``text`` stands for every text that may come from data."""

    def of(words: str, number: int = 0) -> str:
        return text or f"{words} {number}"

    kinds = list(ActorKind)
    ids = [f"actor-{at}" for at in range(min(many, 10) + 4)]
    actors = tuple(
        MapActor(id_, of("Partner", at), kinds[at % len(kinds)], 30.0 - at, community=at % 3)
        for at, id_ in enumerate(ids)
    )
    around = MapContent(
        title=of("Kangassoft"),
        language=language,
        summary=of("The strongest partners"),
        data_date=None,
        revision=12,
        size_measure="strength",
        actors=actors,
        collaborations=(),
        ties=tuple(MapTie("actor-0", id_, 1.0, ()) for id_ in sorted(ids[1:-3])),
        suggestions=tuple(MapSuggestion(at + 1, "actor-0", id_, 1.0, (), ()) for at, id_ in enumerate(ids[-3:])),
        communities=tuple(MapCommunity(at, of("Group", at)) for at in range(3)),
    )
    columns = ("≤2014", *(str(year) for year in range(2015, 2019)), "n.d.")
    return Portrait(
        id="actor-0",
        language=language,
        name=of("Kangassoft"),
        kind=ActorKind.FIRM,
        about=of("Firm · Tampere"),
        facts=tuple(
            Stated(key, of("label", at), of("value", at), (of("source", at),)) for at, key in enumerate(KEYS * many)
        ),
        partners=tuple(
            Partner(f"p-{at}", of("Partner", at), of("Firm"), 1.0, 3, 2015, 2020) for at in range(min(many, 25))
        ),
        partners_in_all=many * 100,
        themes=Themes(
            columns,
            tuple(ThemeRow(of("Theme", at), (123,) * len(columns), 984) for at in range(many)),
            ThemeRow("", (1234,) * len(columns), 9872),
        ),
        collaborations=tuple(Joint(f"c-{at}", of("Project", at), "Project", 2015, 2020) for at in range(min(many, 10))),
        collaborations_in_all=many * 10,
        around=around,
        position=tuple(of("Position sentence", at) for at in range(5)),
        openings=tuple(
            Opening(at, f"o-{at}", of("Opening", at), 1.0, tuple(of("Reason", n) for n in range(5)), of("Against", at))
            for at in range(1, 4)
        ),
        changes=tuple(of("Change", at) for at in range(4)),
        contradictions=tuple(of("Contradiction", at) for at in range(many)),
        sources=tuple(MapSource(of("Source", at), date(2026, 1, 1)) for at in range(many)),
        method=of("Method"),
        data_date=date(2026, 10, 31),
        loaded_on=None,
        revision=12,
    )

"""``graphsvc what-if`` and ``graphsvc introduce``: what would change, and which introductions would help most."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from graphsvc import console
from graphsvc.analysis.introductions import Aim
from graphsvc.analysis.supposition import Introduction, NewActor, NewCollaboration, Supposition
from graphsvc.commands import whatif_shown
from graphsvc.commands.opening import asked
from graphsvc.commands.pair_lists import pairs_of
from graphsvc.errors import InvalidValue
from graphsvc.measuring import SECONDS
from graphsvc.model import ActorKind
from graphsvc.options import json_option, language_option, view_of, view_options
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.supposing import POOL, Budget

_REMEDY: Final = "Look at a part (--place, --theme), or add --yes."
_yes_option = click.option(
    "--yes", is_flag=True, help=f"Go on also where measuring takes more than {SECONDS:.0f} seconds of one core."
)
_list_option = click.option(
    "--from-list",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Pairs of this file, as graphsvc missing --csv writes it.",
)
_lines_option = click.option("--lines", metavar="1,3-5", help="With --from-list: only these lines, counted from 1.")


@click.command("what-if")
@view_options
@click.option("--add", "pairs", multiple=True, metavar="A|B", help="Bring two actors together; by id or name.")
@_list_option
@_lines_option
@click.option(
    "--actor",
    "actors",
    multiple=True,
    metavar="NAME|KIND|PLACE",
    help="A hypothetical actor; kind and place may be left out. The other options call it by its name.",
)
@click.option(
    "--collaboration",
    "collaborations",
    multiple=True,
    metavar="NAME|A|B…",
    help="A hypothetical collaboration and who takes part in it.",
)
@click.option(
    "--join", "joins", multiple=True, metavar="NAME|COLLABORATION", help="A hypothetical actor joins a collaboration."
)
@click.option("--about", multiple=True, metavar="THEME", help="What all that is hypothetical is about, by name or id.")
@click.option("--without", multiple=True, metavar="ACTOR", help="An actor leaves.")
@click.option(
    "--without-collaboration", "ended", multiple=True, metavar="COLLABORATION", help="A collaboration was never begun."
)
@_yes_option
@language_option
@json_option
@click.pass_obj
def what_if(settings: Settings, /, yes: bool, language: str | None, as_json: bool, **options: Any) -> None:
    """Say what would change if actors came together, were added or left. Nothing is saved.

    Components, distances, fragmentation, only links, coverage and the measures of the actors that are named, now and
    then: each number is the one that a graph in which it were true would have.

    \b
    Examples:
      graphsvc what-if --add "Tampereen yliopisto|Pirkanmaan liitto" --place Pirkanmaa --language fi
      graphsvc what-if --from-list missing.csv --lines 1,4-6 --place Pirkanmaa
      graphsvc what-if --actor "Uusi yhdistys|civil_society|Tampere" --collaboration "Vetylaakso|Uusi yhdistys|VTT"
      graphsvc what-if --without "Tampereen yliopisto" --place Pirkanmaa
    """
    language = language or settings.language
    wanted = _Wanted(*(options.pop(name) for name in _Wanted.__slots__))
    with asked(settings) as service:
        view = view_of(options, service)
        found = service.what_if(view, _supposed(service, wanted), most=None if yes else SECONDS, remedy=_REMEDY)
        shown = whatif_shown.Shown(language, service.network(view))
    if as_json:
        console.print_json(whatif_shown.what_if_json(found, shown))
    else:
        whatif_shown.show_what_if(found, shown)


@click.command()
@view_options
@click.option("--budget", default=5, show_default=True, type=click.IntRange(1, 100), help="How many introductions.")
@click.option(
    "--aim",
    "aims",
    multiple=True,
    type=click.Choice([each.value for each in Aim]),
    help="Only this counts; may be given more than once. Default: all four.",
)
@click.option(
    "--among",
    default=POOL,
    show_default=True,
    type=click.IntRange(1, 20_000),
    help="How many of the best missing partnerships are looked at.",
)
@_list_option
@_lines_option
@_yes_option
@language_option
@json_option
@click.pass_obj
def introduce(settings: Settings, /, yes: bool, language: str | None, as_json: bool, **options: Any) -> None:
    """Say which few introductions would help the network of a view most, and what they would change together.

    A set is worth the pieces that it joins, the first partners it gives, the communities it ties and the sectors it
    brings to themes that lack them. How far from the best possible the choice can be is told. Nothing is saved.

    \b
    Examples:
      graphsvc introduce --budget 5 --place Pirkanmaa --language fi
      graphsvc introduce --budget 3 --aim pieces --aim first_partners --place Pirkanmaa --reach inside
    """
    language = language or settings.language
    aims = tuple(Aim(each) for each in options.pop("aims")) or tuple(Aim)
    budget = Budget(options.pop("budget"), aims, options.pop("among"), None if yes else SECONDS)
    file, lines = options.pop("from_list"), options.pop("lines")
    with asked(settings) as service:
        view = view_of(options, service)
        pairs = pairs_of(file, lines, service.actor_meant) if file else None
        found = service.introductions(view, budget, pairs, remedy=_REMEDY)
        shown = whatif_shown.Shown(language, service.network(view))
    if as_json:
        console.print_json(whatif_shown.introductions_json(found, shown, budget))
    else:
        whatif_shown.show_introductions(found, shown, budget)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is supposed, as it was typed."""

    pairs: tuple[str, ...]
    from_list: Path | None
    lines: str | None
    actors: tuple[str, ...]
    collaborations: tuple[str, ...]
    joins: tuple[str, ...]
    about: tuple[str, ...]
    without: tuple[str, ...]
    ended: tuple[str, ...]


def _supposed(service: Service, wanted: _Wanted) -> Supposition:
    """Return what is supposed by ids. Errors: those of the service's ``…_meant``, and :class:`InvalidValue`."""
    about = tuple(map(service.theme_meant, wanted.about))
    joins = [_parts(text, "--join", 2) for text in wanted.joins]
    actors = tuple(_actor(service, text, joins) for text in wanted.actors)
    known = {actor.name for actor in actors}
    if strangers := sorted({name for name, _ in joins} - known):
        raise InvalidValue(f"--join names {strangers[0]!r}, which is no hypothetical actor.", remedy="Add it: --actor.")
    works = [_parts(text, "--collaboration") for text in wanted.collaborations]
    pairs = [_parts(text, "--add", 2) for text in wanted.pairs]
    works += [[" – ".join(pair), *pair] for pair in pairs if known & set(pair)]
    of_graph = [tuple(map(service.actor_meant, pair)) for pair in pairs if not known & set(pair)]
    if wanted.from_list:
        of_graph += pairs_of(wanted.from_list, wanted.lines, service.actor_meant)
    return Supposition(
        tuple(Introduction(a, b, about) for a, b in of_graph),
        actors,
        tuple(
            NewCollaboration(
                name,
                tuple(service.actor_meant(each) for each in members if each not in known),
                tuple(each for each in members if each in known),
                about,
            )
            for name, *members in works
        ),
        tuple(map(service.actor_meant, wanted.without)),
        tuple(map(service.collaboration_meant, wanted.ended)),
    )


def _actor(service: Service, text: str, joins: list[list[str]]) -> NewActor:
    name, *rest = _parts(text, "--actor", 1, 3)
    kind, place = (*rest, "", "")[:2]
    if kind and kind not in list(ActorKind):
        raise InvalidValue(f"{kind!r} is no kind of actor.", remedy=f"There are {', '.join(ActorKind)}.")
    return NewActor(
        name,
        ActorKind(kind) if kind else ActorKind.UNKNOWN,
        service.place_meant(place) if place else None,
        joins=tuple(service.collaboration_meant(work) for who, work in joins if who == name),
    )


def _parts(text: str, option: str, fewest: int = 2, most: int | None = None) -> list[str]:
    """Return what stands between the bars; with one number exactly so many parts, but a collaboration has any."""
    parts = [part.strip() for part in text.split("|")]
    highest = most or (fewest if option != "--collaboration" else len(parts))
    if not all(parts[:1]) or not fewest <= len(parts) <= highest:
        raise InvalidValue(f"{option} {text!r} can't be read.", remedy=f"Write {_FORMS[option]}, parted by bars.")
    return parts


_FORMS: Final = {
    "--add": "A|B",
    "--actor": "NAME|KIND|PLACE",
    "--collaboration": "NAME|A|B",
    "--join": "NAME|COLLABORATION",
}

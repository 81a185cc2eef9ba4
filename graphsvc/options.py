"""Options that several commands share: which part of the network is meant, in which language, for whom."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import click
from pydantic import ValidationError

from graphsvc.errors import InvalidValue
from graphsvc.model import ActorKind, CollaborationKind, IdentityLevel, Reach, View
from graphsvc.service import Service
from graphsvc.wording import LANGUAGES

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD or d.m.yyyy."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or fail with the two forms that are understood."""
        for form in ("%Y-%m-%d", "%d.%m.%Y"):
            try:
                return datetime.strptime(value, form).date()  # noqa: DTZ007  # a day has no zone
            except ValueError:
                continue
        raise click.BadParameter(f"{value!r} is not a day; write 2024-12-31 or 31.12.2024.", ctx, param)


def view_options(command: F) -> F:
    """Add the options that say which part of the network is meant; they are read by :func:`view_of`."""
    options = [
        click.option("--theme", metavar="THEME", help="Only this theme and those below it, by name or id."),
        click.option("--place", metavar="PLACE", help="Only this place, by name or id: Pirkanmaa or FI197."),
        click.option(
            "--reach",
            type=click.Choice([each.value for each in Reach]),
            default=Reach.TOUCHING.value,
            show_default=True,
            help="With --place: whole collaborations that touch it, or only actors inside it.",
        ),
        click.option(
            "--kind",
            "kinds",
            multiple=True,
            type=click.Choice([each.value for each in ActorKind]),
            help="Only these kinds.",
        ),
        click.option(
            "--together",
            multiple=True,
            type=click.Choice([each.value for each in CollaborationKind]),
            help="Only these kinds of collaboration. Without it all but procurements and services count.",
        ),
        click.option("--since", type=Day(), help="Only collaborations that run on or after this day."),
        click.option("--until", type=Day(), help="Only collaborations that run on or before this day."),
        click.option("--as-of", type=Day(), help="The network as it stood on this day."),
        click.option(
            "--identity",
            type=click.Choice([each.value for each in IdentityLevel]),
            default=IdentityLevel.CURRENT.value,
            show_default=True,
            help="Which actors count as one.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def view_of(options: dict[str, Any], service: Service) -> View:
    """Return the view that the options of :func:`view_options` say.

    :class:`InvalidValue` when they contradict, :class:`NotFound` for a theme or place that ``service`` doesn't have.
    """
    theme, place = options["theme"], options["place"]
    meant = {
        "theme": theme and service.theme_meant(theme),
        "place": place and service.place_meant(place),
    }
    try:
        return View(**{**options, **meant})
    except ValidationError as error:
        reasons = "; ".join(each["msg"].removeprefix("Value error, ") for each in error.errors())
        raise InvalidValue(f"The view can't be: {reasons}.") from error


def user() -> str:
    """Return the name of the account that runs the command: who says what is said, unless told otherwise."""
    try:
        return getpass.getuser()
    except OSError:  # an account without a name, as in some containers
        return "unknown"


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
language_option = click.option("--language", type=click.Choice(LANGUAGES), help="Default: GRAPHSVC_LANGUAGE.")

"""Which RDI environments are wanted, as options of ``regions``: the same as page and API take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import click

from graphsvc.errors import InvalidValue
from graphsvc.facets import Form, Openness
from graphsvc.regions.rdi_environments import EnvironmentsAsk, Eu
from graphsvc.service import Service

VIEW: Final = "rdi_environments"
F = TypeVar("F", bound=Callable[..., Any])


def environment_options(command: F) -> F:
    """Add the options that narrow RDI environments; they are read by :func:`ask_of`."""
    options = [
        click.option("--theme", metavar="THEME", help="Environments on this theme and those below it, by name or id."),
        click.option(
            "--form", type=_words(Form), help="Environments of this form; what is both is found under either."
        ),
        click.option("--open-to", type=_words(Openness), help="Environments that these may use."),
        click.option("--owner", metavar="ACTOR", help="Environments of this owner, by name or id."),
        click.option(
            "--eu",
            type=_words(Eu),
            help="Environments in an EU network; known to be in none, or in others only; of which it is not known.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def check(view: str | None, options: Mapping[str, str | None]) -> None:
    """Raise :class:`InvalidValue` where another view is to be narrowed."""
    given = [name for name, value in options.items() if value is not None]
    if given and view != VIEW:
        option = "--" + given[0].replace("_", "-")
        raise InvalidValue(f"Only RDI environments are narrowed by {option}.", remedy=f"Ask for {VIEW}.")


def ask_of(service: Service, options: Mapping[str, str | None]) -> EnvironmentsAsk:
    """Return which environments the options want. :class:`graphsvc.errors.NotFound` for a theme or an owner."""
    theme, form, open_to, owner, eu = (options[name] for name in ("theme", "form", "open_to", "owner", "eu"))
    return EnvironmentsAsk(
        theme=theme and service.theme_meant(theme),
        form=Form(form) if form else None,
        openness=Openness(open_to) if open_to else None,
        owner=owner and service.actor_meant(owner),
        eu=Eu(eu) if eu else None,
    )


def _words(vocabulary: type[Form | Openness | Eu]) -> click.Choice[str]:
    return click.Choice([each.value for each in vocabulary])

"""``users``: who may sign in to the pages; ``make``, ``role``, ``reset``, ``disable`` and ``forget`` below it."""

from __future__ import annotations

from collections.abc import Sequence

import click
from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Table

from graphsvc import console
from graphsvc.access.audit import TERMINAL, Deed
from graphsvc.access.installation import Access
from graphsvc.access.users import FIRST_DAYS, Duty, Role, User
from graphsvc.options import json_option
from graphsvc.settings import Settings

_role = click.Choice([each.value for each in Role])
_theme = click.option("--theme", metavar="ID", help="Only this theme and those below it; for a viewer.")
_place = click.option("--place", metavar="ID", help="Only this place and those in it; for a viewer.")


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def users(context: click.Context, as_json: bool) -> None:
    """List the users of the pages: what each may do, and when each signed in last.

    Below, USER is a name or an id.

    \b
    Examples:
      graphsvc users
      graphsvc users make "Maija Mäkinen" --role editor
      graphsvc users disable "Maija Mäkinen"
    """
    if context.invoked_subcommand:
        return
    listed = _access(context.obj).users.all()
    if as_json:
        console.print_json({"users": listed})
    else:
        _show(listed)


@users.command()
@click.argument("name")
@click.option("--role", type=_role, default=Role.VIEWER.value, show_default=True, help="What the user may do.")
@_theme
@_place
@json_option
@click.pass_obj
def make(settings: Settings, name: str, role: str, theme: str | None, place: str | None, as_json: bool) -> None:
    """Make a user and show the first password, this once.

    A viewer reads; an editor imports, judges and decides too; an administrator also has users, keys, backup and the
    audit trail.

    \b
    Example: graphsvc users make "Maija Mäkinen" --role editor
    """
    access = _access(settings)
    user, password = access.users.make(name, Duty(Role(role), theme, place))
    _noted(access, "users make", user)
    _show_password(user, password, as_json)


@users.command()
@click.argument("user")
@click.argument("role", type=_role)
@_theme
@_place
@click.pass_obj
def role(settings: Settings, user: str, role: str, theme: str | None, place: str | None) -> None:
    """Give USER another role, from the next request on.

    \b
    Example: graphsvc users role "Maija Mäkinen" administrator
    """
    access = _access(settings)
    changed = access.users.assign(access.users.meant(user).id, Duty(Role(role), theme, place))
    _noted(access, "users role", changed)
    console.tell(f"{changed.name} is {changed.duty.role.value} now.")


@users.command()
@click.argument("user")
@json_option
@click.pass_obj
def reset(settings: Settings, user: str, as_json: bool) -> None:
    """Give USER a new first password and let them in again; their sessions end.

    \b
    Example: graphsvc users reset "Maija Mäkinen"
    """
    access = _access(settings)
    changed, password = access.reset(access.users.meant(user).id)
    _noted(access, "users reset", changed)
    _show_password(changed, password, as_json)


@users.command()
@click.argument("user")
@click.pass_obj
def disable(settings: Settings, user: str) -> None:
    """Let USER in no more, and end every session at once.

    \b
    Example: graphsvc users disable "Maija Mäkinen"
    """
    access = _access(settings)
    changed = access.users.disable(access.users.meant(user).id)
    _noted(access, "users disable", changed)
    console.tell(f"{changed.name} is let in no more.")


@users.command()
@click.argument("user")
@click.pass_obj
def forget(settings: Settings, user: str) -> None:
    """Disable USER and forget the name; the audit trail keeps the id.

    \b
    Example: graphsvc users forget "Maija Mäkinen"
    """
    access = _access(settings)
    changed = access.users.forget(access.users.meant(user).id)
    _noted(access, "users forget", changed)
    console.tell(f"The name is forgotten; what was done stays under {changed.id}.")


def _access(settings: Settings) -> Access:
    return Access.of(settings.home, settings.audit_days)


def _noted(access: Access, act: str, user: User) -> None:
    access.trail.note(Deed(TERMINAL, act, user.id))


def _show_password(user: User, password: str, as_json: bool) -> None:
    if as_json:
        console.print_json({"user": user, "password": password})
        return
    console.out().print(password, highlight=False, soft_wrap=True)
    console.tell(
        f"This is the first password of {user.name}, shown this once; it holds for {FIRST_DAYS} days. At the first"
        " sign-in the user chooses an own one."
    )


def _show(listed: Sequence[User]) -> None:
    if not listed:
        console.tell("There are no users. Make one with: graphsvc users make NAME --role administrator")
        return
    table = Table("Id", "Name", "Role", "Only", "Last signed in", "State", box=SIMPLE)
    for user in listed:
        state = "disabled" if user.disabled else "first password" if user.first_ends else ""
        only = ", ".join(filter(None, (user.duty.theme, user.duty.place)))
        seen = f"{user.signed_in:%Y-%m-%d %H:%M} UTC" if user.signed_in else "never"
        table.add_row(user.id, escape(user.name), user.duty.role.value, escape(only), seen, state)
    console.out().print(table)

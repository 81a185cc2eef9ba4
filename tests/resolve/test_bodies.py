"""What a body shows of the entries it unites."""

from __future__ import annotations

from datetime import date
from typing import Any

from graphsvc.model import Actor, ActorKind, IdentityLevel, Link, LinkKind, Name, NameKind
from graphsvc.resolve.bodies import entries, shown
from graphsvc.resolve.identity import identify


def link(text: str, since: date | None = None) -> Link:
    actor, kind, other = text.split()
    return Link(actor=actor, kind=LinkKind(kind), other=other, since=since, source="s")


def body(
    actors: list[Actor], *links: str, level: IdentityLevel = IdentityLevel.CURRENT, id_: str = "a", **changes: Any
) -> Actor:
    return shown(actors, identify(actors, [link(text) for text in links], level))[id_].model_copy(update=changes)


def test_nothing_folded_shows_the_entry_itself() -> None:
    actors = [Actor(id="a", name="Aalto"), Actor(id="b", name="Bee")]
    assert shown(actors, identify(actors, [], IdentityLevel.CURRENT)) == {"a": actors[0], "b": actors[1]}


def test_a_body_has_all_names_of_its_duplicates_each_once() -> None:
    actors = [
        Actor(id="a", name="Tampereen yliopisto", names=(Name(text="TAU", kind=NameKind.ABBREVIATION),)),
        Actor(id="b", name="TAMPEREEN YLIOPISTO", names=(Name(text="Tampere University", language="en"),)),
        Actor(id="c", name="Tampereen korkeakoulusäätiö sr", names=(Name(text="tau"),)),
    ]
    found = body(actors, "b same_as a", "c same_as b")
    assert found.name == "Tampereen yliopisto"
    assert found.names == (
        Name(text="TAU", kind=NameKind.ABBREVIATION),
        Name(text="Tampere University", language="en"),
        Name(text="Tampereen korkeakoulusäätiö sr"),
    )


def test_a_predecessors_names_are_former_ones_and_its_numbers_stay_its_own() -> None:
    actors = [
        Actor(id="a", name="New"),
        Actor(id="b", name="Old", pic="999903161", names=(Name(text="O", kind=NameKind.ABBREVIATION),)),
    ]
    found = body(actors, "b succeeded_by a")
    assert found.names == (Name(text="Old", kind=NameKind.FORMER), Name(text="O", kind=NameKind.FORMER))
    assert found.pic is None


def test_a_unit_gives_its_organisation_no_name() -> None:
    actors = [Actor(id="a", name="University"), Actor(id="b", name="Lab", place="tampere")]
    found = body(actors, "b unit_of a", level=IdentityLevel.ORGANISATION)
    assert found.names == ()
    assert found.place == "tampere"


def test_what_the_standing_entry_lacks_is_taken_where_the_duplicates_agree() -> None:
    firm = ActorKind.FIRM
    one = Actor(id="b", name="B", kind=firm, place="nokia", website="www.b.fi", pic="999903161", vat="FI28445618")
    two = Actor(id="c", name="C", kind=firm, place="tampere", website="www.b.fi", pic="999858929")
    found = body([Actor(id="a", name="A"), one, two], "b same_as a", "c same_as a")
    assert (found.kind, found.website, found.vat) == (firm, "https://www.b.fi", "FI28445618")
    assert (found.place, found.pic) == (None, None), "they differ: nobody can say which is the body's"
    own = body([Actor(id="a", name="A", place="FI", kind=ActorKind.OTHER), one], "b same_as a")
    assert (own.place, own.kind) == ("FI", ActorKind.OTHER), "its own word comes first"


def test_the_order_of_the_entries_does_not_matter() -> None:
    actors = [Actor(id=id_, name=f"{id_} name", names=(Name(text="Common"), Name(text=id_ * 2))) for id_ in "abc"]
    links = [link("b same_as a"), link("c same_as a")]
    one = shown(actors, identify(actors, links, IdentityLevel.CURRENT))
    two = shown(actors[::-1], identify(actors[::-1], links[::-1], IdentityLevel.CURRENT))
    assert one == two


def test_the_entries_of_a_body_are_its_duplicates_the_standing_one_first() -> None:
    actors = [Actor(id=id_, name=id_) for id_ in ("z", "b", "c", "old", "unit")]
    actors.append(Actor(id="m", name="m", business_id="2844561-8"))
    links = ["z same_as m", "b same_as z", "old succeeded_by m", "unit unit_of m"]
    identity = identify(actors, [link(text) for text in links], IdentityLevel.CURRENT)
    assert entries(identity) == {"m": ("m", "b", "z")}

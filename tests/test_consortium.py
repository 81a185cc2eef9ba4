"""Consortia on the sample: who is on the list and why, and what is found of a list of actors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from graphsvc.analysis.results import Noun, Side
from graphsvc.analysis.rules import ConcernKind, RuleVerdict
from graphsvc.consortium import CheckAsk, CheckedConsortium, ConsortiumAsk, where_is
from graphsvc.errors import NotFound
from graphsvc.model import ActorKind, IdentityLevel, Place, PlaceKind, View
from graphsvc.samples import sample_path
from graphsvc.service import Service
from graphsvc.settings import Settings

THEME = "digitalisation-of-industry"
TAU, TAMK, UNIT, COUNCIL, VTT = "fi-2844561-8", "fi-1015428-1", "tasti", "fi-0828308-4", "fi-2647375-4"
COMMUNITY, OLD = "tampereen-korkeakouluyhteiso", "fi-0155668-4"
HORIZON = ConsortiumAsk(THEME, "horizon-europe", (TAU,))


@pytest.fixture(scope="module")
def service(sample_copy: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    service = Service.open(Settings(store=sample_copy(), home=tmp_path_factory.mktemp("home")))
    yield service
    service.close()


def verdicts(found: CheckedConsortium) -> dict[str, RuleVerdict]:
    return {each.rule.id: each.verdict for each in found.findings}


@pytest.mark.parametrize("call", ["horizon-europe", "interreg-europe", "interreg-central-europe", "erdf-pirkanmaa"])
@pytest.mark.parametrize("already", [(), (TAU,), (TAU, COUNCIL)])
def test_a_proposal_passes_the_check_it_was_built_for(service: Service, call: str, already: tuple[str, ...]) -> None:
    found = service.shortlist(ConsortiumAsk(THEME, call, already)).found
    seats = tuple(seat.partner for seat in found.proposal.seats)
    assert set(already) <= set(seats)
    checked = service.check_consortium(CheckAsk(call, seats, found.proposal.lead))
    assert {each.rule.id: each.verdict for each in found.proposal.findings} == verdicts(checked)
    assert found.proposal.stands or found.proposal.unmet
    assert not (found.proposal.stands and checked.fails)


def test_the_list_names_nobody_who_is_in_nor_kin_of_one(service: Service) -> None:
    identity = service.outlook.identity(View(identity=IdentityLevel.ORGANISATION))
    for already in (TAU, UNIT, OLD):
        found = service.shortlist(replace(HORIZON, already=(already,), top=1000)).found
        assert found.already == (TAU,), "a unit and a predecessor are counted as their organisation"
        assert len(found.lines) == found.candidates > 100
        assert not any(identity.related(TAU, line.id) for line in found.lines)
    group = service.shortlist(replace(HORIZON, already=(COMMUNITY,), top=1000)).found
    assert not {TAU, TAMK, COMMUNITY} & {line.id for line in group.lines}, "members of a group that is in are kin of it"


def test_each_line_has_two_reasons_for_it_with_the_address_of_each_fact(service: Service) -> None:
    answer = service.shortlist(replace(HORIZON, place="FI197"))
    against = 0
    for line in answer.found.lines:
        kinds = {each.kind for each in line.evidence if each.side is Side.FOR}
        assert len(kinds) >= 2
        assert "active_on_theme" in kinds
        assert line.score == pytest.approx(sum(each.contribution for each in line.evidence))
        against += any(each.side is Side.AGAINST for each in line.evidence)
        for each in line.evidence:
            assert each.refs, f"{each.kind} rests on no fact"
            assert all(answer.people.name_of(ref, "fi") for ref in each.refs)
    assert against


def test_the_numbers_in_sentences_are_those_of_the_graph(service: Service) -> None:
    answer = service.shortlist(HORIZON)
    [first, *_] = answer.found.lines
    assert first.id == VTT
    snapshot, network = service.snapshot(), service.network(View(theme=THEME))
    [theme] = [each for each in first.evidence if each.kind == "active_on_theme"]
    assert theme.numbers["n"] == len(network.collaborations_of[VTT])
    [led] = [each for each in first.evidence if each.kind == "has_led"]
    assert led.numbers["n"] == sum(each.actor == VTT and each.role == "coordinator" for each in snapshot.participations)
    [line, *_] = answer.tell("fi").lines
    assert line.reasons_for[0].sentence.startswith(f"Hankkeita tästä teemasta {theme.numbers['n']}, viimeksi: ")


def test_a_fact_that_is_gone_is_no_reason_any_more(service: Service) -> None:
    evidence = {each.kind for each in service.shortlist(HORIZON).found.lines[0].evidence}
    before = service.shortlist(replace(HORIZON, already=(), as_of=date(2015, 6, 1), top=1000)).found
    assert "has_led" in evidence
    early = [line for line in before.lines if line.id == VTT]
    assert all(each.kind != "knows_partners" for line in early for each in line.evidence), "nobody was in"
    started = {each.id: each.start for each in service.snapshot().collaborations}
    refs = {
        ref.id for line in before.lines for each in line.evidence for ref in each.refs if ref.noun is Noun.COLLABORATION
    }
    assert refs
    assert all((start := started[id_]) and start <= date(2015, 6, 1) for id_ in refs)


def test_a_firm_is_flagged_under_interreg_europe(service: Service) -> None:
    firm = next(each.id for each in service.snapshot().actors if each.kind is ActorKind.FIRM)
    found = service.check_consortium(CheckAsk("interreg-europe", (COUNCIL, firm), COUNCIL))
    assert found.fails
    [who] = [each for each in found.findings if each.rule.id == "who"]
    assert [(each.partner, each.why) for each in who.concerns] == [(firm, ConcernKind.REFUSED_KIND)]
    assert verdicts(found)["lead"] is RuleVerdict.MET
    assert verdicts(found)["policy-authority"] is RuleVerdict.UNCLEAR, "no data tells who is behind an instrument"
    told = next(each for each in found.tell("fi") if each.rule == "who")
    assert "Yritys ei voi olla rahoitettava kumppani" in told.text
    assert "laji on yritys" in told.concerns[0].sentence
    lines = service.shortlist(ConsortiumAsk(THEME, "interreg-europe", (COUNCIL,), top=1000)).found
    kinds = {each.id: each.kind for each in service.snapshot().actors}
    assert lines.refused
    assert ActorKind.FIRM not in {kinds[line.id] for line in lines.lines}


def test_units_count_once_and_members_of_one_group_until_somebody_has_looked(service: Service) -> None:
    found = service.check_consortium(CheckAsk("horizon-europe", (TAU, UNIT, TAMK)))
    assert [each.id for each in found.partners] == [TAU, TAMK]
    assert found.folded == {UNIT: TAU}
    [independent] = [each for each in found.findings if each.rule.id == "independent"]
    assert independent.verdict is RuleVerdict.NOT_MET, "both are in Finland"
    assert [(each.partner, each.why, each.other) for each in independent.concerns] == [
        (TAMK, ConcernKind.MAY_DEPEND, TAU)
    ]


def test_the_one_who_leads_counts_as_one_who_is_in(service: Service) -> None:
    found = service.check_consortium(CheckAsk("interreg-europe", (TAU,), COUNCIL))
    assert [each.id for each in found.partners] == [COUNCIL, TAU]
    assert service.shortlist(replace(HORIZON, already=(), lead=TAU)).found.proposal.lead == TAU


def test_a_place_asked_for_is_a_reason(service: Service) -> None:
    lines = service.shortlist(replace(HORIZON, place="FI197", top=1000)).found.lines
    local = service.network().located_in("FI197")
    for line in lines:
        assert any(each.kind == "in_place" for each in line.evidence) == (line.id in local)


def test_the_roles_say_what_is_covered_and_what_is_missing(service: Service) -> None:
    roles = {(each.group, each.id): each for each in service.shortlist(HORIZON).found.roles}
    assert roles["sector", "academia"].covered_by == (TAU,)
    assert roles["sector", "industry"].covered_by == ()
    assert roles["sector", "industry"].candidates > 50
    assert roles["country", "fi"].covered_by == (TAU,)
    interreg = service.shortlist(replace(HORIZON, call="interreg-europe")).found.roles
    assert ("sector", "industry") not in {(each.group, each.id) for each in interreg}, "firms are not wanted there"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_everything_is_told_in_three_languages(service: Service, language: str) -> None:
    for call in service.calls().calls:
        told = service.shortlist(ConsortiumAsk(THEME, call, (TAU, COUNCIL), place="FI197")).tell(language)
        sentences = [each.sentence for line in told.lines for each in (*line.reasons_for, *line.reasons_against)]
        sentences += [each.sentence for each in told.roles] + [told.summary, told.method, told.proposal.summary]
        sentences += [seat.purpose for seat in told.proposal.seats]
        assert all(sentences)
        assert not any("{" in each for each in sentences)


def test_what_is_not_there_is_said(service: Service) -> None:
    for ask in (replace(HORIZON, call="nix"), replace(HORIZON, theme="nix"), replace(HORIZON, already=("nix",))):
        with pytest.raises(NotFound, match="nix"):
            service.shortlist(ask)
    with pytest.raises(NotFound, match="nix"):
        service.check_consortium(CheckAsk("horizon-europe", ("nix",)))


def test_a_changed_file_of_rules_counts_at_once(service: Service) -> None:
    assert service.own_calls is not None
    service.own_calls.mkdir()
    own = service.own_calls / "horizon-europe.toml"
    shipped = Path(service.calls().call("horizon-europe").file).read_text(encoding="utf-8")
    own.write_text(shipped.replace("min = 3", "min = 4"), encoding="utf-8")
    try:
        found = service.shortlist(HORIZON).found
        assert found.call.rules[0].min == 4
        assert found.proposal.findings[0].sure >= 4
    finally:
        own.unlink()
        service.own_calls.rmdir()


def test_a_place_is_where_the_graph_and_the_tables_say() -> None:
    known = {
        "fi-tampere": Place(id="fi-tampere", name="Tampere", kind=PlaceKind.MUNICIPALITY, parent="fi"),
        "a-town": Place(id="a-town", name="A", kind=PlaceKind.MUNICIPALITY, parent="b"),
        "b": Place(id="b", name="B", kind=PlaceKind.REGION, parent="a-town"),
    }
    assert where_is(known, "fi-tampere") == ("fi-tampere", "FI197", "fi"), "the tables know the region"
    assert where_is(known, "a-town") == ("a-town", "b", ""), "a ring does not hang"
    assert where_is(known, "") == ("", "", "")


def test_a_fact_that_is_taken_out_of_the_file_takes_its_reason_along(service: Service, tmp_path: Path) -> None:
    book = load_workbook(sample_path())
    sheet = book["Participations"]
    titles = [cell.value for cell in sheet[1]]
    role = titles.index("role") + 1
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, role).value == "coordinator":
            sheet.cell(row, role).value = "participant"
    book.save(tmp_path / "without.xlsx")
    other = Service.open(Settings(store=":memory:"))
    other.load(other.check(tmp_path / "without.xlsx"))
    kinds = {each.kind for line in other.shortlist(HORIZON).found.lines for each in line.evidence}
    other.close()
    assert "has_led" not in kinds
    assert "has_led" in {each.kind for line in service.shortlist(HORIZON).found.lines for each in line.evidence}

"""What the import sheet of ecosystem agreements says, and what its empty cells mean."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graphsvc import facets
from graphsvc.facets import Facet
from graphsvc.ingest.reading import Severity
from graphsvc.model import Actor, Claim, Collaboration, CollaborationKind, Participation
from tests.ingest.test_mentions import read

HEADER = ("sopimus", "painopiste", "hanke", "toimijat", "teemat", "alku", "loppu", "rooli", "lähde")


def sheet(*rows: Sequence[str]) -> tuple[str, Sequence[str], Sequence[Sequence[str]]]:
    return ("Ekosysteemisopimukset", HEADER, [(*row, *[""] * (len(HEADER) - len(row))) for row in rows])


def told(claims: Sequence[Claim]) -> dict[str, Collaboration]:
    return {claim.id: claim for claim in claims if isinstance(claim, Collaboration)}


def placed(claims: Sequence[Claim]) -> dict[str, tuple[str, ...]]:
    return {id_: facets.texts(each.attributes, Facet.PART_OF) for id_, each in told(claims).items()}


def taking_part(claims: Sequence[Claim]) -> set[tuple[str, str]]:
    names = {claim.id: claim.name for claim in claims if isinstance(claim, Actor)}
    return {(names[claim.actor], claim.collaboration) for claim in claims if isinstance(claim, Participation)}


def test_an_agreement_with_priorities_projects_and_actors(tmp_path: Path) -> None:
    claims, problems = read(
        tmp_path,
        sheet(
            ("Tampere", "", "", "Kaupunki (0211675-2); Valtio"),
            ("Tampere", "Vihreä", "–", "Neuvonantaja"),
            ("Tampere", "Vihreä", "Puisto", "Kaupunki; VTT", "ympäristö", "1.2.2022", "2023-12-31"),
            ("Tampere", "–", "Tuki", "Liitto"),
        ),
    )
    assert [problem for problem in problems if problem.severity is not Severity.NOTE] == []
    assert placed(claims) == {
        "c-tampere": (),
        "c-tampere-vihrea": ("c-tampere",),
        "c-puisto": ("c-tampere-vihrea",),
        "c-tuki": ("c-tampere",),
    }
    kinds = {each.name: each.kind for each in told(claims).values()}
    agreement, project = CollaborationKind.AGREEMENT, CollaborationKind.PROJECT
    assert kinds == {"Tampere": agreement, "Vihreä": agreement, "Puisto": project, "Tuki": project}
    park = told(claims)["c-puisto"]
    assert (str(park.start), str(park.end), park.themes) == ("2022-02-01", "2023-12-31", ("t-ymparisto",))
    assert taking_part(claims) == {
        ("Kaupunki", "c-tampere"),
        ("Valtio", "c-tampere"),
        ("Neuvonantaja", "c-tampere-vihrea"),
        ("Kaupunki", "c-puisto"),
        ("VTT", "c-puisto"),
        ("Liitto", "c-tuki"),
    }


def test_an_empty_cell_means_the_one_above_until_what_stands_left_of_it_changes(tmp_path: Path) -> None:
    claims, problems = read(
        tmp_path,
        sheet(
            ("Tampere", "Vihreä", "Puisto", "A"),
            ("", "", "", "B"),
            ("", "", "Piha", "C"),
            ("", "Digi", "", "D"),
            ("", "", "Data", "E"),
            ("Oulu", "", "", "F"),
            ("", "Digi", "Pilvi", "G"),
        ),
    )
    assert taking_part(claims) == {
        ("A", "c-puisto"),
        ("B", "c-puisto"),
        ("C", "c-piha"),
        ("D", "c-tampere-digi"),
        ("E", "c-data"),
        ("F", "c-oulu"),
        ("G", "c-pilvi"),
    }
    assert placed(claims)["c-piha"] == ("c-tampere-vihrea",)
    said = [claim.id for claim in claims if isinstance(claim, Collaboration)]
    assert len(said) == len(set(said)), "a thing is said anew only where a row says more of it"
    assert placed(claims)["c-pilvi"] == ("c-oulu-digi",)
    notes = [(problem.row, problem.column, problem.message.rpartition(" ")[2]) for problem in problems]
    assert notes == [(3, "sopimus", "'Tampere'."), (3, "painopiste", "'Vihreä'."), (3, "hanke", "'Puisto'.")]
    assert {problem.severity for problem in problems} == {Severity.NOTE}


def test_what_a_wrong_row_says_still_stands_above_the_next(tmp_path: Path) -> None:
    unfit = ("Oulu", "Digi", "Pilvi", "A\x7f")
    wrong_number = ("Turku", "Meri", "Laiva", "VTT (2647375-5)")
    claims, problems = read(tmp_path, sheet(("Tampere", "Vihreä", "Puisto", "A"), unfit, ("", "", "", "B")))
    assert ("B", "c-pilvi") in taking_part(claims)
    assert [problem.row for problem in problems if problem.severity is Severity.ERROR] == [3]
    claims, problems = read(tmp_path, sheet(wrong_number, ("", "", "", "B")))
    assert taking_part(claims) == {("B", "c-laiva")}
    wrong = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert [(problem.sheet, problem.row, problem.column) for problem in wrong] == [
        ("Ekosysteemisopimukset", 2, "toimijat")
    ]


def test_nothing_above_and_names_of_two_things_are_told_with_their_place(tmp_path: Path) -> None:
    rows = (("", "Vihreä", "Puisto", "A"), ("Tampere", "Vihreä", "Tampere", "A"), ("Tampere", "Vihreä", "Vihreä", "A"))
    claims, problems = read(tmp_path, sheet(*rows))
    wrong = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert [(problem.row, problem.column) for problem in wrong] == [(2, "sopimus"), (3, "hanke")]
    assert "itself" in wrong[1].message
    assert placed(claims)["c-vihrea"] == ("c-tampere-vihrea",)  # a project may be called as its priority


def test_two_sources_place_a_project_differently_and_both_stand(tmp_path: Path) -> None:
    rows = (
        ("Tampere", "Vihreä", "Puisto", "A", "", "", "", "", "sivu"),
        ("Tampere", "Digi", "Puisto", "A", "", "1.1.2022", "", "", "raportti"),
        ("Oulu", "Data", "Puisto", "A", "", "1.1.2023", "", "", "raportti"),
    )
    claims, problems = read(tmp_path, sheet(*rows))
    assert placed(claims)["c-puisto"] == ("c-tampere-vihrea", "c-tampere-digi", "c-oulu-data")
    said = {claim.id: claim for claim in claims if isinstance(claim, Participation)}.values()
    assert {claim.source: facets.texts(claim.attributes, Facet.PART_OF) for claim in said} == {
        "s-sivu": ("c-tampere-vihrea",),
        "s-raportti": ("c-tampere-digi", "c-oulu-data"),
    }
    assert [(problem.row, problem.column, problem.severity) for problem in problems] == [(4, "alku", Severity.WARNING)]


def test_a_project_of_another_sheet_keeps_what_it_is(tmp_path: Path) -> None:
    others = ("Yhteistyöt", ("tunnus", "nimi", "laji", "teemat"), [("eu-1", "Puisto", "alusta", "puut")])
    claims, problems = read(tmp_path, others, sheet(("Tampere", "Vihreä", "Puisto", "A", "kaupunki")))
    assert not problems
    park = told(claims)["eu-1"]
    assert (park.kind, park.themes) == (CollaborationKind.PLATFORM, ("t-puut", "t-kaupunki"))
    claims, problems = read(tmp_path, others, sheet(("Puisto", "", "", "A")))
    assert [(problem.row, problem.column) for problem in problems] == [(2, "sopimus")]

"""CORDIS in both layouts: small files here, the whole of Horizon 2020 where the shared data is at hand."""

from __future__ import annotations

import gzip
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from graphsvc.errors import UnreadableFile
from graphsvc.ingest.opening import open_file
from graphsvc.ingest.reading import ReadRow, Severity, Tally
from graphsvc.model import Actor, ActorKind, Collaboration, Name, NameKind, Participation, Place, Theme

ReadFile = Callable[[Path], Any]

OLD = {
    "cordis-h2020organizations.csv": "\ufeff"
    "projectRcn;projectID;projectAcronym;role;id;name;shortName;activityType;endOfParticipation;ecContribution;country;"
    "street;city;postCode;organizationUrl;vatNumber;contactForm;contactType;contactTitle;contactFirstNames;"
    "contactLastNames;contactFunction;contactTelephoneNumber;contactFaxNumber\n"
    "200;800;ALPHA;coordinator;999000001;;;HES;;100,5;FI;;;;;;;;;Maija;Meikäläinen;;;\n"
    '200;800;ALPHA;participant;999000002;"Firm; Ltd";FIRM;PRC;;"1234,56";UK;;LEEDS;;www.firm.example;GB123456789'
    ";;;;;;;;\n"
    "201;;BETA;partner;999000001;OULUN YLIOPISTO;UO;HES;;;FI;;LEMPAALA;;;-;;;;;;;;\n"
    "201;;BETA;participant;999000003;A;;OTH;;x;FI;;VAMMALA;;ftp://x;FI28445617;;;;;;;;\n",
    "cordis-h2020projects.csv": "rcn;id;acronym;status;programme;topics;frameworkProgramme;title;startDate;endDate;"
    "projectUrl;objective;totalCost;ecMaxContribution;call;fundingScheme;coordinator;coordinatorCountry;participants;"
    "participantCountries;subjects\n"
    "200;800;ALPHA;;H2020-EU.3.4.;T-1;H2020;Alpha title;2019-05-01;2022-04-30;;;5,5;5;;;;;;;\n"
    "201;;;;H2020-EU.2.1.1.3.;;H2020;Beta title;2019-05-01;;;;;;;;;;;;\n",
    "extra-project-themes.csv": "rcn;id;idMatchedBy;thematicPriority;typeOfAction;topicCode;topicDescription\n"
    "200;800;x;Space;RIA;T-1;A topic in words\n",
}
NEW = {
    "organization.csv": '"projectID","projectAcronym","organisationID","vatNumber","name","shortName","SME",'
    '"activityType","street","postCode","city","country","nutsCode","geolocation","organizationURL","contactForm","contentUpdateDate",'
    '"rcn","order","role","ecContribution","netEcContribution","totalCost","endOfParticipation","active"\n'
    '"800","ALPHA","999000002","","FIRM","","True","PRC","","","Oulu","FI","FI1D9","","","","2023-01-01 10:00:00",'
    '"200","1","coordinator","50000.0","50000.0","714,29","False",""\n'
    '"801","GAMMA","999000002","","FIRM","","True","PRC","","","Oulu","FI","FI1D9","","","","2023-01-01 10:00:00",'
    '"200","1","participant","","","","False",""\n',
    "project.csv": '"id","acronym","status","title","startDate","endDate","totalCost","ecMaxContribution","legalBasis",'
    '"topics","ecSignatureDate","frameworkProgramme","rcn"\n'
    '"800","ALPHA","SIGNED","Alpha, long","2024-02-01","2029-01-31","1","1","HORIZON.1.1","T-1",'
    '"2023-12-15","HORIZON","9"\n',
    "topics.csv": '"projectID","topic","title"\n"800","T-1","A topic in words"\n',
    "euroSciVoc.csv": '"projectID","euroSciVocCode","euroSciVocPath","euroSciVocTitle"\n'
    '"800","/23/43","/natural sciences/physical sciences","physical sciences"\n'
    '"801","/23","/natural sciences","natural sciences"\n'
    '"801","/x","/bad/path","path"\n',
}


def packed(path: Path, files: Mapping[str, str], day: tuple[int, int, int] = (2020, 12, 14)) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, (*day, 0, 0, 0)), text)
    return path


def test_layout_of_2017(tmp_path: Path, read: ReadFile) -> None:
    path = packed(tmp_path / "cordis-h2020.zip", OLD)
    reading, result = open_file(path), read(path)
    assert (reading.format, reading.source.id, reading.source.stated) == ("CORDIS", "cordis-h2020", date(2020, 12, 14))
    assert "attribution" in (reading.source.terms or "")
    alpha, beta = result.claims(Collaboration)
    assert (alpha.id, alpha.name, alpha.title, alpha.topic) == (
        "cordis-800",
        "ALPHA",
        "Alpha title",
        "A topic in words",
    )
    assert (alpha.start, alpha.end, alpha.programme, alpha.themes) == (
        date(2019, 5, 1),
        date(2022, 4, 30),
        "Horizon 2020",
        ("t-space",),
    )
    assert (beta.id, beta.name, beta.title) == ("cordis-rcn-201", "Beta title", None)
    assert beta.themes == ("t-information-and-communication-technologies",), "the narrowest part of the programme"
    assert [theme.name for theme in result.claims(Theme)] == ["Space", "Information and Communication Technologies"]
    claims = result.claims(Participation)
    assert [(claim.actor, claim.collaboration, claim.role) for claim in claims] == [
        ("pic-999000001", "cordis-800", "coordinator"),
        ("pic-999000002", "cordis-800", "participant"),
        ("pic-999000001", "cordis-rcn-201", "partner"),
        ("pic-999000003", "cordis-rcn-201", "participant"),
    ]
    assert [claim.money and claim.money.amount for claim in claims] == [
        Decimal("100.5"),
        Decimal("1234.56"),
        None,
        None,
    ]
    assert claims[0] == Participation.model_validate(claims[0].model_dump()), "as valid as if it had been validated"


def test_an_organisation_is_said_again_only_when_it_is_better_known(tmp_path: Path, read: ReadFile) -> None:
    result = read(packed(tmp_path / "cordis.zip", OLD))
    unnamed, firm, named, other = result.claims(Actor)
    assert (unnamed.id, unnamed.name, unnamed.place) == ("pic-999000001", "PIC 999000001", "fi")
    assert (firm.name, firm.kind, firm.place, firm.vat) == ("Firm; Ltd", ActorKind.FIRM, "gb-leeds", "GB123456789")
    assert firm.website == "https://www.firm.example"
    assert firm.names == (Name(text="FIRM", kind=NameKind.ABBREVIATION),)
    assert (named.id, named.name, named.place) == ("pic-999000001", "OULUN YLIOPISTO", "fi-lempaala")
    assert (other.kind, other.place, other.vat) == (ActorKind.OTHER, "fi-sastamala", None)
    assert [place.id for place in result.claims(Place)] == [
        "fi",
        "gb",
        "gb-leeds",
        "FI197",
        "fi-lempaala",
        "fi-sastamala",
    ]


def test_values_that_are_wrong_cost_a_warning_not_the_row(tmp_path: Path, read: ReadFile) -> None:
    result = read(packed(tmp_path / "cordis.zip", OLD))
    assert {problem.severity for problem in result.problems} == {Severity.WARNING}
    assert {(problem.row, problem.column, problem.value) for problem in result.problems} == {
        (5, "vatNumber", "FI28445617"),
        (5, "organizationUrl", "ftp://x"),
        (5, "ecContribution", "x"),
    }
    assert all(problem.file == "cordis.zip/cordis-h2020organizations.csv" for problem in result.problems)


def test_persons_are_not_kept(tmp_path: Path, read: ReadFile) -> None:
    result = read(packed(tmp_path / "cordis.zip", OLD))
    assert "Meikäläinen" not in repr(result.rows)
    assert result.rows[2].record.values["activityType"] == "HES"


def test_layout_since_2021(tmp_path: Path, read: ReadFile) -> None:
    result = read(packed(tmp_path / "cordis-HORIZONprojects-csv.zip", NEW, (2025, 2, 24)))
    assert not result.problems
    alpha, gamma = result.claims(Collaboration)
    assert (alpha.id, alpha.title, alpha.programme, alpha.topic, alpha.themes) == (
        "cordis-800",
        "Alpha, long",
        "Horizon Europe",
        "A topic in words",
        ("esv-23-43",),
    )
    assert (gamma.id, gamma.name, gamma.title, gamma.themes) == ("cordis-801", "GAMMA", None, ("esv-23",))
    assert [(theme.id, theme.parent) for theme in result.claims(Theme)] == [("esv-23", None), ("esv-23-43", "esv-23")]
    [actor] = result.claims(Actor)
    assert actor.place == "fi-oulu"
    assert [(place.id, place.parent) for place in result.claims(Place)] == [
        ("fi", None),
        ("FI1D9", "fi"),
        ("fi-oulu", "FI1D9"),
    ]
    first, second = result.claims(Participation)
    assert first.money is not None
    assert (first.money.amount, second.money) == (Decimal("50000.0"), None)


@pytest.mark.parametrize("name", ["organization.csv", "organization.csv.gz"])
def test_a_single_organisation_file(tmp_path: Path, read: ReadFile, name: str) -> None:
    path = tmp_path / name
    text = NEW["organization.csv"].encode()
    path.write_bytes(gzip.compress(text) if name.endswith("gz") else text)
    result = read(path)
    assert [(item.id, item.name, item.start) for item in result.claims(Collaboration)] == [
        ("cordis-800", "ALPHA", None),
        ("cordis-801", "GAMMA", None),
    ]
    assert len(result.claims(Participation)) == 2


@pytest.mark.parametrize(
    ("old", "new", "column", "message"),
    [
        ('"800","ALPHA","999000002"', '"800","ALPHA","12"', "organisationID", "not a PIC"),
        ('"800","ALPHA","999000002"', '"","ALPHA","999000002"', "", "names no project"),
        ('"800","ALPHA","999000002"', '"800","AL\x07PHA","999000002"', "projectAcronym", "control character"),
        ('"False",""\n"801"', '"False","","more"\n"801"', "", "26 cells, the header 25"),
    ],
)
def test_rows_that_cannot_be_read(
    tmp_path: Path, read: ReadFile, old: str, new: str, column: str, message: str
) -> None:
    text = NEW["organization.csv"]
    assert old in text
    path = tmp_path / "organization.csv"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    result = read(path)
    [problem] = result.errors
    assert (problem.file, problem.row, problem.column) == ("organization.csv", 2, column)
    assert message in problem.message
    assert problem.remedy
    assert len(result.claims(Participation)) == 1


def test_project_that_ends_before_it_starts(tmp_path: Path, read: ReadFile) -> None:
    files = {**NEW, "project.csv": NEW["project.csv"].replace("2029-01-31", "2020-01-31")}
    [problem] = read(packed(tmp_path / "cordis.zip", files)).errors
    assert problem.file == "cordis.zip/project.csv"
    assert "before it starts" in problem.message


def test_two_programmes_in_one_zip(tmp_path: Path) -> None:
    files = {**NEW, "more/organization.csv": NEW["organization.csv"]}
    with pytest.raises(UnreadableFile, match="two files of organisations") as caught:
        open_file(packed(tmp_path / "cordis.zip", files))
    assert "one framework programme" in caught.value.remedy


def test_progress_counts_bytes(tmp_path: Path) -> None:
    path = packed(tmp_path / "cordis.zip", OLD)
    calls: list[tuple[int, int]] = []
    list(open_file(path).rows(lambda done, total: calls.append((done, total))))
    size = sum(len(text.encode()) for text in OLD.values())
    assert calls[-1] == (size, size)
    assert [done for done, _ in calls] == sorted(done for done, _ in calls)


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    header, *rows = OLD["cordis-h2020organizations.csv"].splitlines()
    text = "\n".join([header, *(rows * 2500), ""])
    path = packed(tmp_path / "cordis.zip", {**OLD, "cordis-h2020organizations.csv": text})
    reading = open_file(path)
    tracemalloc.start()
    try:
        count = sum(isinstance(item, ReadRow) for item in reading.rows())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 10_002
    assert peak < 4_000_000, "the rows as objects would take more than 20 MB"


def test_horizon_2020_as_a_whole(shared: Path) -> None:
    path = shared / "data/cordis/cordis-h2020-assembled-csv.zip"
    if not path.exists():
        pytest.skip("needs the shared data folder with CORDIS")
    tally, actors, projects = Tally(), set(), set()
    for item in open_file(path).rows():
        tally.add(item)
        if isinstance(item, ReadRow):
            actors |= {claim.id for claim in item.says if isinstance(claim, Actor)}
            projects |= {claim.id for claim in item.says if isinstance(claim, Collaboration)}
    assert tally.claims["Participation"] == 116_248
    assert len(actors) == 32_012
    assert len(projects) == tally.claims["Collaboration"] == 25_626
    assert tally.problem_count[Severity.ERROR] == 0
    assert tally.problem_count[Severity.WARNING] < 100


def test_published_sample_of_2023(shared: Path) -> None:
    path = shared / "data/cordis/as-published-columns/h2020_organization_sample_2023.csv.gz"
    if not path.exists():
        pytest.skip("needs the shared data folder with CORDIS")
    rows = [item for item in open_file(path).rows() if isinstance(item, ReadRow)]
    assert len(rows) == 3_096
    assert len({claim.id for row in rows for claim in row.says if isinstance(claim, Actor)}) == 2_082
    assert len({claim.id for row in rows for claim in row.says if isinstance(claim, Collaboration)}) == 294

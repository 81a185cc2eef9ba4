"""Every file of the shared folder that people made in other tools: it is read with the counts that its README gives, or
declined with a sentence that says what to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from graphsvc.errors import InputError, UnknownFormat, UnreadableFile
from graphsvc.ingest.opening import open_file
from graphsvc.ingest.reading import Problem, ReadRow, Severity, Tally
from graphsvc.model import Collaboration, Participation, Theme

FOLDERS = ("formats", "interreg", "fi-structural-funds", "cordis/horizon-europe-2025")


@dataclass(frozen=True)
class Counts:
    """What a file holds.

    ``nodes`` and ``links`` are rows, as the tool that made the file counts them; the claims are what they say: ties
    that say the same are one collaboration, a node of the second mode is one, and a loop is none.
    """

    format: str
    nodes: int
    links: int
    actors: int
    collaborations: int
    participations: int
    errors: int = 0


@dataclass(frozen=True)
class Declined:
    """Why a file is not read, and what its owner can do."""

    error: type[InputError]
    message: str
    remedy: str


GEPHI, CSV, GML = "formats/gephi", "list of links", "formats/gml"
KUMU, PAJEK, UCINET = "formats/kumu", "formats/pajek", "formats/ucinet"
VOS, HACK, URBACT = "formats/vosviewer", "formats/h2020-hackathon", "formats/urbact"
HORIZON, FUNDS = "cordis/horizon-europe-2025", "fi-structural-funds"
LIST = "Finnish structural funds, list of projects"
NO_PARTNERS = "not who takes part"
WITH_ORGANISATIONS = "organization.xlsx"

TABLE: dict[str, Counts | Declined] = {
    # one mode; links that repeat themselves by year are one collaboration
    f"{GEPHI}/Data3.csv": Counts(CSV, 0, 1021, 8, 56, 112),
    f"{GEPHI}/Data4.csv": Counts(CSV, 0, 2042, 1027, 2038, 4076),
    # two modes: 8 organisations, 1,019 practices
    f"{GEPHI}/Network.gexf": Counts("GEXF", 1027, 2038, 8, 1019, 2038),
    f"{GEPHI}/Visualization.gephi": Declined(UnknownFormat, "project of Gephi", "Export|export"),
    f"{GML}/dhhs.gml": Counts("GML", 54, 447, 54, 447, 894),
    f"{GML}/agencies.gml": Counts("GML", 11, 48, 11, 37, 74),  # 11 of the links are loops
    "formats/graphml/networks.gml": Counts("GraphML", 24, 47, 24, 43, 86),  # 4 links are given twice
    f"{KUMU}/snap-to-tutorial-project.json": Counts("Kumu JSON", 51, 113, 51, 109, 218),  # 4 borders are given twice
    f"{KUMU}/kumu-changelabs-template.json": Counts("Kumu JSON", 10, 11, 10, 11, 22),
    f"{KUMU}/paypal-mafia.xlsx": Counts("Kumu workbook", 34, 49, 34, 49, 98),
    f"{KUMU}/snap-to-tutorial-data.xlsx": Counts("Kumu workbook", 51, 113, 51, 109, 218),
    f"{KUMU}/overview-of-the-euro-crisis.xlsx": Declined(UnreadableFile, "damaged", "again"),
    f"{PAJEK}/eva.net": Counts("Pajek network", 8497, 6726, 8497, 6724, 13448),  # 2 loops
    f"{PAJEK}/Scotland.net": Counts("Pajek network", 244, 358, 108, 136, 358),
    f"{PAJEK}/KnokBur.paj": Counts("Pajek project", 10, 49 + 22, 10, 71, 142),
    f"{UCINET}/Knok.dat": Counts("UCINET DL", 10, 49 + 22, 10, 71, 142),
    f"{UCINET}/DAVIS.DAT": Counts("UCINET DL", 18 + 14, 93, 18, 14, 93),
    f"{UCINET}/KnokBur.DAT": Declined(UnknownFormat, "raw data file of UCINET", "Export|export"),
    "formats/nodexl/NodeXL Teaching Resources_ABC-D_raw.xlsx": Counts("NodeXL workbook", 76, 120, 76, 115, 230),
    "formats/onodo/onodo_template.xlsx": Counts("Onodo workbook", 2, 1, 2, 1, 2),
    f"{VOS}/Dimensions_COVID19_research_organization_co-authorship_network.json": Counts(
        "VOSviewer JSON", 100, 2878, 100, 2878, 5756
    ),
    f"{VOS}/Leiden_Ranking_2015_university_collaboration_map.txt": Counts(
        "VOSviewer map and network", 750, 151_644, 750, 151_644, 303_288
    ),
    f"{VOS}/Leiden_Ranking_2015_university_collaboration_network.txt": Counts(
        "VOSviewer map and network", 750, 151_644, 750, 151_644, 303_288
    ),
    f"{HACK}/H2020DeathStar.json": Counts("node-link JSON", 78, 2778, 78, 2778, 5556),
    f"{HACK}/h2020deathstar.csv": Declined(UnknownFormat, "no table that is known", "Name sheets or CSV files"),
    f"{HACK}/fp7deathstar.ods": Declined(UnknownFormat, "no table that is known", "Name sheets or CSV files"),
    f"{HACK}/fp7orgs_with_merge_markers.csv.gz": Declined(UnreadableFile, "merge", "Take one of the two versions"),
    "formats/tulip/stable_2017.tlpx": Declined(UnknownFormat, "project of Tulip", "export the graph as GML"),
    # 765 memberships of 404 cities in 87 networks, one of them given twice
    f"{URBACT}/URBACT_Membership_GNidCorr.csv": Counts("list of affiliations", 0, 765, 404, 87, 764),
    f"{URBACT}/Urbact_Networks_V2.xlsx": Declined(UnknownFormat, "no table that is known", "Name sheets or CSV files"),
    # rows of projects and of partners; two partners are given twice
    "interreg/keep_closed_1420.xlsx": Counts("keep.eu export", 1891, 8621, 6894, 1852, 8619),
    "interreg/keep_closed_1420_Partnership.csv.gz": Counts("keep.eu export", 0, 8621, 6894, 1852, 8619),
    f"{FUNDS}/projektilista-2007-2013_new.csv.gz": Counts(LIST, 0, 19_940, 12_326, 19_940, 19_940),
    f"{FUNDS}/projektilista-2007-2013_old.csv.gz": Counts(LIST, 0, 19_923, 12_326, 19_923, 19_923, errors=17),
    f"{FUNDS}/projektilista-2014-2020.original.csv.gz": Counts(LIST, 0, 2862, 1606, 2862, 2862, errors=19),
    f"{HORIZON}/organization_df_100.csv": Counts("CORDIS", 0, 100, 92, 42, 100),
    **{
        f"{HORIZON}/{name}": Declined(UnknownFormat, NO_PARTNERS, WITH_ORGANISATIONS)
        for name in (
            "project_df_100.csv",
            "topics.xlsx",
            "topics_df_100.csv",
            "euroSciVoc.xlsx",
            "euroSciVoc_df_100.csv",
            "legalBasis.xlsx",
            "legalBasis_df_100.csv",
        )
    },
}

NODE_SHEETS = {"nodes", "elements", "items", "Elements", "Nodes", "Vertices", "Projects (lead partners)"}


def is_node_sheet(sheet: str) -> bool:
    return sheet in NODE_SHEETS or sheet.endswith("_map")


def test_the_table_covers_every_file(shared: Path) -> None:
    data = shared / "data"
    found = {str(path.relative_to(data)) for name in FOLDERS for path in (data / name).rglob("*") if path.is_file()}
    assert found == set(TABLE)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_read_with_the_counts_of_its_readme_or_declined(shared: Path, name: str) -> None:
    expected, path = TABLE[name], shared / "data" / name
    if isinstance(expected, Declined):
        with pytest.raises(expected.error, match=expected.message) as caught:
            open_file(path)
        assert path.name in caught.value.message
        assert any(word in caught.value.remedy for word in expected.remedy.split("|"))
        return
    reading, tally = open_file(path), Tally()
    sheets: Counter[str] = Counter()
    ids: dict[str, set[str]] = {"Actor": set(), "Collaboration": set(), "Participation": set()}
    records: set[str] = set()
    for item in reading.rows():
        tally.add(item)
        if isinstance(item, ReadRow):
            records.add(item.record.id)
            sheets["nodes" if is_node_sheet(item.record.sheet) else "links"] += 1
            for claim in item.says:
                if type(claim).__name__ in ids:
                    ids[type(claim).__name__].add(claim.id)
    assert (
        Counts(
            reading.format,
            sheets["nodes"],
            sheets["links"],
            len(ids["Actor"]),
            len(ids["Collaboration"]),
            len(ids["Participation"]),
            tally.problem_count[Severity.ERROR],
        )
        == expected
    )
    assert len(records) == tally.rows, "each row has a record of its own"
    if reading.format != "CORDIS":  # where an organisation is said again once its town is known
        assert {key: tally.claims[key] for key in ids} == {key: len(found) for key, found in ids.items()}


def test_what_the_files_are_known_for(shared: Path) -> None:
    """Latin-1, sectors of a partition, years, Markdown: single facts that a count does not see."""
    formats = shared / "data" / "formats"

    def rows(name: str) -> list[ReadRow]:
        return [item for item in open_file(formats / name).rows() if isinstance(item, ReadRow)]

    def collaborations(name: str) -> dict[str, Collaboration]:
        return {claim.name: claim for row in rows(name) for claim in row.says if isinstance(claim, Collaboration)}

    assert "rüffer, h." in collaborations("pajek/Scotland.net")
    knokbur = rows("pajek/KnokBur.paj")
    assert [row.record.values["UciNet\\KnokSec.clu"] for row in knokbur[:10]] == list("1213123212")
    practice = collaborations("gephi/Network.gexf")["GAVI-UNICEF-2001"]
    assert (practice.start, practice.end) == (date(2001, 1, 1), date(2001, 12, 31))
    funding = collaborations("gephi/Data3.csv")["GAVI → UNICEF"]
    assert (funding.start, funding.end) == (date(2001, 1, 1), date(2017, 12, 31))
    paypal = rows("kumu/paypal-mafia.xlsx")
    assert any("Image via [" in text for row in paypal for text in row.record.values.values())


def test_rows_put_together_again_say_what_the_cleaned_list_says(shared: Path) -> None:
    """11,088 rows of the old list hold commas without quotes; its cleaned version tells whether they are read right."""
    folder = shared / "data" / FUNDS

    def bare(text: str) -> str:
        """Without commas, quotes and spaces, which the cleaning changed."""
        return re.sub(r"[\s,'\"]", "", text)

    def projects(name: str) -> dict[str, tuple[str, ...]]:
        reading = open_file(folder / name)
        assert reading.format == LIST
        columns = ("Projektin nimi", "Viranomainen", "Toteuttajan nimi", "Tl", "Aloituspvm", "Päättymispvm")
        return {
            item.record.values["Koodi"]: tuple(bare(item.record.values.get(column, "")) for column in columns)
            for item in reading.rows()
            if not isinstance(item, Problem)
        }

    cleaned, old = projects("projektilista-2007-2013_new.csv.gz"), projects("projektilista-2007-2013_old.csv.gz")
    shared_codes = cleaned.keys() & old.keys()
    assert len(shared_codes) == 19_923
    assert {code: old[code] for code in shared_codes} == {code: cleaned[code] for code in shared_codes}


@pytest.fixture
def folder_of(shared: Path, tmp_path: Path) -> Callable[..., Path]:
    """Return a folder that holds some of the shared files."""

    def link(*names: str) -> Path:
        for name in names:
            (tmp_path / Path(name).name).symlink_to(shared / "data" / name)
        return tmp_path

    return link


def test_horizon_europe_as_a_folder_of_csv_and_xlsx(folder_of: Callable[..., Path]) -> None:
    names = ("organization_df_100.csv", "project_df_100.csv", "topics.xlsx", "euroSciVoc.xlsx", "legalBasis_df_100.csv")
    rows = list(open_file(folder_of(*(f"{HORIZON}/{name}" for name in names))).rows())
    assert not [row for row in rows if isinstance(row, Problem) and row.severity is Severity.ERROR]
    claims = [claim for row in rows if isinstance(row, ReadRow) for claim in row.says]
    project = next(claim for claim in claims if isinstance(claim, Collaboration) and claim.name == "DOE")
    assert (project.topic, project.programme) == ("ERC STARTING GRANTS", "Horizon Europe")
    names_of = {claim.id: claim.name for claim in claims if isinstance(claim, Theme)}
    assert "government systems" in {names_of[id_] for id_ in project.themes}
    assert len({claim.id for claim in claims if isinstance(claim, Participation)}) == 100


def test_fp7_as_a_table_of_organisations_and_one_of_memberships(folder_of: Callable[..., Path]) -> None:
    names = ("cordis/fp7-2016/fp7edges_sod16.csv.gz", "cordis/fp7-2016/fp7org_sod16.csv.gz")
    tally = Tally()
    for item in open_file(folder_of(*names)).rows():
        tally.add(item)
    # 82 organisations are listed twice under one id; three memberships are given twice
    assert (tally.claims["Actor"], tally.claims["Collaboration"]) == (30_973, 25_788)
    assert (tally.claims["Participation"], tally.problem_count[Severity.ERROR]) == (135_667, 82)


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("formats/gephi/Network.gexf", nx.read_gexf),
        ("formats/gml/dhhs.gml", lambda path: nx.read_gml(path, label="id")),
        ("formats/gml/agencies.gml", lambda path: nx.read_gml(path, label="id")),
    ],
)
def test_networkx_reads_the_same_links_where_it_can(
    shared: Path, name: str, reader: Callable[[Path], nx.Graph[Any]]
) -> None:
    path = shared / "data" / name
    expected = reader(path)
    rows = [item.record for item in open_file(path).rows() if isinstance(item, ReadRow)]
    assert {record.values["id"] for record in rows if record.sheet == "nodes"} == set(map(str, expected.nodes))

    def pair(source: object, target: object) -> tuple[str, str]:
        ends = (str(source), str(target))
        return ends if expected.is_directed() else (min(ends), max(ends))

    found = Counter(pair(r.values["source"], r.values["target"]) for r in rows if r.sheet == "links")
    assert found == Counter(pair(source, target) for source, target in expected.edges)

"""The commands ``what-if`` and ``introduce``: what is typed, what is printed, and that nothing is saved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphsvc.cli import cli
from graphsvc.commands.pair_lists import pairs_of
from graphsvc.errors import InvalidValue, NotFound, UnreadableFile

PAIR = ("fi-0828308-4", "pic-946755309")


@pytest.fixture(scope="module")
def home(sample_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    (home / "graph.kgl").write_bytes(sample_graph.read_bytes())
    return home


def run(home: Path, *arguments: str) -> Result:
    return CliRunner(env={"GRAPHSVC_HOME": str(home)}).invoke(cli, [*arguments])


def answered(home: Path, *arguments: str) -> str:
    done = run(home, *arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_two_actors_are_brought_together_by_name(home: Path) -> None:
    asked = ["what-if", "--add", "Pirkanmaan liitto|pic-946755309", "--place", "Pirkanmaa"]
    shown = answered(home, *asked, "--language", "fi")
    assert "Jos näin kävisi" in shown
    assert "Tampereen elokuvajuhlat" in shown
    assert "8 → 9" in shown
    assert "Verkostoon ei tallennettu mitään" in shown
    found = json.loads(answered(home, *asked, "--json"))
    numbers = {each["id"]: (each["before"], each["after"]) for each in found["outcome"]["numbers"]}
    assert numbers["components"] == (7, 6)
    assert found["names"][PAIR[0]] == "Pirkanmaan liitto"
    assert found["told"]


def test_hypothetical_actors_and_collaborations_are_called_by_their_names(home: Path) -> None:
    work = "COMPLEXITY NETWORKS"
    shown = answered(
        home,
        "what-if",
        *("--actor", "[red]Uusi[/] yhdistys|civil_society|Tampere", "--actor", "Toinen"),
        *("--collaboration", "Vetylaakso|[red]Uusi[/] yhdistys|Tampereen yliopisto"),
        *("--add", "Toinen|Pirkanmaan liitto", "--about", "t-secure-clean-and-efficient-energy"),
        *("--language", "fi", "--place", "Pirkanmaa"),
    )
    assert "[red]Uusi[/] yhdistys" in shown, "a name is text only"
    assert "Näkymään tulisi mukaan 2 toimijaa" in shown
    assert "(kansalaisyhteiskunta)" in shown
    assert work not in shown


def test_a_newcomer_joins_a_collaboration_of_the_graph(home: Path) -> None:
    listed = json.loads(answered(home, "what-if", "--add", "|".join(PAIR), "--json"))
    assert listed["newcomers"] == []
    from graphsvc.service import Service
    from graphsvc.settings import Settings

    service = Service.open(Settings.load(home=home))
    try:
        work = service.network().collaborations_of["fi-2844561-8"][0]
        name = service.network().collaborations[work].name
        size = service.network().sizes[work]
    finally:
        service.close()
    found = json.loads(answered(home, "what-if", "--actor", "Uusi", "--join", f"Uusi|{name}", "--json"))
    (new,) = [each for each in found["outcome"]["touched"] if each["actor"] in found["newcomers"]]
    assert new["after"]["degree"] == size
    assert not new["before"]


def test_who_leaves_is_missed(home: Path) -> None:
    shown = answered(home, "what-if", "--without", "Tampereen yliopisto", "--place", "Pirkanmaa", "--language", "sv")
    assert "skulle helt falla bort ur vyn" in shown
    assert "inte med" in shown


@pytest.mark.parametrize("excel", [False, True])
def test_lines_of_a_list_are_chosen(home: Path, tmp_path: Path, excel: bool) -> None:
    file = tmp_path / "missing.csv"
    answered(
        home, "missing", "--place", "Pirkanmaa", "--top", "10", "--csv", str(file), *(["--excel"] if excel else [])
    )
    told = json.loads(answered(home, "missing", "--place", "Pirkanmaa", "--top", "10", "--json"))["missing"]
    found = json.loads(answered(home, "what-if", "--from-list", str(file), "--lines", "2,4-5", "--json"))
    wanted = {id_ for each in told if each["rank"] in (2, 4, 5) for id_ in (each["a"], each["b"])}
    assert {each["actor"] for each in found["outcome"]["touched"]} == wanted


def test_the_file_may_be_another_s(tmp_path: Path) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text("actor_a,actor_b\nx,y\nv,w\n", encoding="utf-8")
    assert pairs_of(file, None, str.upper) == [("X", "Y"), ("V", "W")]
    assert pairs_of(file, "2,1-2", str.upper) == [("V", "W"), ("X", "Y")]
    for lines in ("0", "3", "2-1", "one", "1,"):
        with pytest.raises(InvalidValue):
            pairs_of(file, lines, str)
    file.write_text("a,b\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="no columns id_a"):
        pairs_of(file, None, str)
    file.write_bytes(b"id_a,id_b\n\xff,\xfe\n")
    with pytest.raises(UnreadableFile, match="Save it as CSV"):
        pairs_of(file, None, str)


def test_the_introductions_that_help_most(home: Path) -> None:
    shown = answered(home, "introduce", "--budget", "3", "--place", "Pirkanmaa", "--language", "fi")
    assert "3 esittelyä toisi yhteensä" in shown
    assert "3." in shown
    found = json.loads(answered(home, "introduce", "--budget", "2", "--aim", "pieces", "--json"))
    assert found["plan"]["aims"] == ["pieces"]
    assert found["share"] >= 0.63


def test_introductions_are_chosen_among_the_lines_of_a_list(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text(f"id_a,id_b\n{PAIR[0]},{PAIR[1]}\n", encoding="utf-8")
    found = json.loads(answered(home, "introduce", "--from-list", str(file), "--place", "Pirkanmaa", "--json"))
    assert [(each["a"], each["b"]) for each in found["plan"]["chosen"]] == [PAIR]


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ([], InvalidValue, "Nothing is supposed"),
        (["--add", "Pirkanmaan liitto"], InvalidValue, r"Write A\|B"),
        (["--add", "a|b|c"], InvalidValue, r"Write A\|B"),
        (["--add", "Pirkanmaan liitto|Nowhere Ltd"], NotFound, "There is no actor 'Nowhere Ltd'"),
        (["--actor", "Uusi|city"], InvalidValue, "'city' is no kind of actor"),
        (["--actor", "Uusi", "--join", "Toinen|x"], InvalidValue, "'Toinen', which is no hypothetical actor"),
        (["--actor", "Uusi", "--join", "Uusi|no such project"], NotFound, "no collaboration 'no such project'"),
        (["--collaboration", "Vetylaakso"], InvalidValue, r"Write NAME\|A\|B"),
    ],
)
def test_mistakes_end_in_a_sentence(home: Path, arguments: list[str], error: type[Exception], sentence: str) -> None:
    done = run(home, "what-if", *arguments)
    assert isinstance(done.exception, error)
    with pytest.raises(error, match=sentence):
        raise done.exception

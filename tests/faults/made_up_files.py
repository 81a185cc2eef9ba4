"""Made-up files to import: the same for the same seed, each with actors of its own and some that all files speak of."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Final

SHARED: Final = 5
"""Actors that every file describes, each time by another name."""
_SYLLABLES: Final = tuple(consonant + vowel for consonant in "klmnprstv" for vowel in "aeiou")
_KINDS: Final = ("firm", "university", "public_body", "research_organisation", "civil_society")


def made_up_files(folder: Path, number: int, *, actors: int = 120, seed: int = 8) -> list[Path]:
    """Write tables of ours, one folder for each of ``number`` files; about four times ``actors`` rows in each."""
    dice = [random.Random(seed * 1000 + at) for at in range(number)]  # noqa: S311  # made-up data
    return [_file(folder / f"file-{at:02}", at, actors, each) for at, each in enumerate(dice)]


def rows_of(path: Path) -> int:
    """Return how many rows a file has."""
    return sum(len(table.read_text(encoding="utf-8").splitlines()) - 1 for table in path.glob("*.csv"))


def _file(folder: Path, at: int, actors: int, dice: random.Random) -> Path:
    folder.mkdir(parents=True)
    own = [f"f{at}-a{number}" for number in range(actors)]
    shared = [f"shared-{number}" for number in range(SHARED)]
    collaborations = [f"f{at}-c{number}" for number in range(actors // 4)]
    tables = {
        "Actors": ["id;name;kind", *(f"{id_};{_name(dice)};{dice.choice(_KINDS)}" for id_ in (*own, *shared))],
        "Collaborations": ["id;name;start", *(f"{id_};{_name(dice)};{_day(dice)}" for id_ in collaborations)],
        "Participations": [
            "actor;collaboration;role",
            *(
                f"{id_};{collaboration};partner"
                for collaboration in collaborations
                for id_ in sorted(dice.sample([*own, *shared], 11))
            ),
        ],
    }
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _name(dice: random.Random) -> str:
    return " ".join("".join(dice.choices(_SYLLABLES, k=4)).capitalize() for _ in range(3))


def _day(dice: random.Random) -> str:
    return f"20{dice.randint(10, 24)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"

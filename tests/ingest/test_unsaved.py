"""A file as a snapshot holds the things that a graph holds after its import."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphsvc.errors import InputError
from graphsvc.ingest.unsaved import snapshot_of
from graphsvc.samples import sample_path
from graphsvc.service import Service
from graphsvc.settings import Settings


def test_it_says_what_a_graph_would_hold(tmp_path: Path) -> None:
    service = Service.open(Settings(store=":memory:", home=tmp_path))
    service.load(service.check(sample_path()))
    kept, seen = service.snapshot(), snapshot_of(sample_path())
    service.close()
    for noun in ("actors", "collaborations", "themes", "places"):
        assert [each.id for each in getattr(seen, noun)] == [each.id for each in getattr(kept, noun)]
    assert [claim.id for claim in seen.participations] == sorted(claim.id for claim in kept.participations)
    assert {link.id: link for link in seen.links} == {link.id: link for link in kept.links}
    assert [(each.id, each.name, each.place) for each in seen.actors] == [
        (each.id, each.name, each.place) for each in kept.actors
    ]


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / "nothing.xlsx"
    file.write_bytes(b"no workbook")
    with pytest.raises(InputError):
        snapshot_of(file)

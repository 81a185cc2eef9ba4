"""The face of print: where it comes from, and that typesetting takes it and not the machine's own."""

from __future__ import annotations

import re
from pathlib import Path

from graphsvc.render.faces import FILES, put_face
from graphsvc.render.printed import Print, printed
from tests.render.made_up_map import made_up_map


def test_only_the_files_of_the_face_are_there(tmp_path: Path) -> None:
    put_face(tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(FILES)


def test_a_pdf_is_set_in_it_alone() -> None:
    faces = set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([\w-]+)", printed(made_up_map(40, 4), Print("pdf"))))
    assert {name.split(b"-")[0] for name in faces} == {b"DejaVuSans"}

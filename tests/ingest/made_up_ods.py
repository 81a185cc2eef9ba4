"""OpenDocument spreadsheets written by hand: no library at hand writes them, and hostile ones none would."""

from __future__ import annotations

import zipfile
from pathlib import Path

MANIFEST = """\
<?xml version="1.0"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
 <manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
 <manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""


def ods_cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def write_ods(path: Path, sheets: dict[str, list[list[str]]], *, tail: bool = False, extra: str = "") -> None:
    """Write a spreadsheet as LibreOffice does, the repeated empty cells at its end included."""
    empty = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    tables = ""
    for name, rows in sheets.items():
        body = "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)
        tables += f'<table:table table:name="{name}">{body}{extra}{empty if tail else ""}</table:table>'
    oasis = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{prefix}="{oasis}:{prefix}:1.0"' for prefix in ("office", "table", "text"))
    sheets_of = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    content = f"<office:document-content {spaces}>{sheets_of}</office:document-content>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", f'<?xml version="1.0"?>{content}')

"""What a report keeps in its page for the next one, and how it is read from there again."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from graphsvc.errors import InvalidValue
from graphsvc.render.report_content import Record
from graphsvc.sharing.packing import pack, unpack

ELEMENT: Final = "report-data"
"""Id of the element that holds it."""
_DATA: Final = re.compile(rf'<script type="application/json" id="{ELEMENT}">(.*?)</script>', re.DOTALL)
_ESCAPED: Final = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def as_json(record: Record) -> str:
    """Return a record as JSON that may stand in a script element: nothing in it can end that."""
    return pack(record, Record).translate(_ESCAPED)


def read_record(html: str, name: str) -> Record:
    """Return the record of the report file ``name``. :class:`InvalidValue` for any other file."""
    found = _DATA.search(html)
    try:
        if found is None:
            raise ValueError
        return _checked(json.loads(found[1]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        remedy = "Give the HTML file of a report that this version of graphsvc wrote."
        raise InvalidValue(f"{name} is not a report of graphsvc.", remedy=remedy, field="since") from error


def _checked(said: Any) -> Record:
    """Return the record as typed values; ``ValueError`` for a text where a number should be, or the like."""
    record = unpack(json.dumps(said), Record)
    texts = [record.about, *(text for pair in (*record.actors, *record.suggestions) for text in pair)]
    numbers = [record.revision, *(value for _, value in record.figures)]
    names = [id_ for id_, _ in record.figures]
    if not all(isinstance(text, str) for text in (*texts, *names)):
        raise ValueError
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in numbers):
        raise ValueError
    return record

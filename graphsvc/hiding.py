"""What a publisher hides, found in the whole graph: the same for maps, sheets, networks as files and reports."""

from __future__ import annotations

from graphsvc.model import EVERYTHING, View
from graphsvc.outlook import Outlook
from graphsvc.render import redaction
from graphsvc.render.redaction import HIDES_NOTHING, NOTHING, Concealed, Redaction


def concealed(outlook: Outlook, hides: Redaction, view: View = EVERYTHING) -> Concealed:
    """Return who and what is hidden at a view's level and day of identity, whether the view shows it or not.

    Raises :class:`graphsvc.errors.InvalidValue` for an actor or collaboration that the graph has not.
    """
    if hides == NOTHING:
        return HIDES_NOTHING
    snapshot, level = outlook.snapshot(), View(identity=view.identity, as_of=view.as_of)
    redaction.refuse_unknown(hides, snapshot)
    return outlook.keep_of_bodies(
        f"concealed {hides.model_dump_json()}",
        level,
        lambda _: redaction.concealed(hides, snapshot, outlook.identity(level).canonical),
    )

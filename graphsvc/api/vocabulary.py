"""What actors and collaborations are described with: themes and places."""

from __future__ import annotations

from graphsvc.api import forms, schemas
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.params import Nothing
from graphsvc.api.sending import Answer

vocabulary = Endpoints("Vocabulary")


@vocabulary.endpoint("/api/v1/themes", Nothing, schemas.Themes)
def list_themes(asked: Asked[Nothing]) -> Answer:
    """List themes.

    A tree: `parent` is the theme above.
    """
    snapshot = asked.service.snapshot()
    items = tuple(forms.theme(each) for each in snapshot.themes)
    return Answer(schemas.Themes(items=items, revision=snapshot.revision), snapshot.revision)


@vocabulary.endpoint("/api/v1/places", Nothing, schemas.Places)
def list_places(asked: Asked[Nothing]) -> Answer:
    """List places.

    Municipalities lie in regions (NUTS 3), regions in countries: `parent` is the place around.
    """
    snapshot = asked.service.snapshot()
    items = tuple(forms.place(each) for each in snapshot.places)
    return Answer(schemas.Places(items=items, revision=snapshot.revision), snapshot.revision)

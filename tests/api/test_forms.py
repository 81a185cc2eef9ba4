"""Addresses of things are those that Flask would build."""

from __future__ import annotations

import pytest
from flask import url_for
from flask.testing import FlaskClient

from graphsvc.analysis.results import Noun
from graphsvc.api import forms

IDS = ["pic-1", "a b", "ä/ö?x=1&y#z", "%2F", "-id-", "x-id-y", "!$&'()*+,/:;=@", '"<>\\`{}|^~', "\u202e", "名"]


@pytest.mark.parametrize("id_", IDS)
@pytest.mark.parametrize("root", ["/", "/behind/a proxy"])
def test_an_address_is_flasks(client: FlaskClient, root: str, id_: str) -> None:
    with client.application.test_request_context("/", base_url=f"https://some.where{root}"):
        for noun in (Noun.ACTOR, Noun.COLLABORATION):
            assert forms.href(noun, id_) == url_for(f"api.get_{noun.value}", id=id_)
        assert forms.address("get_place", id_) == url_for("api.get_place", id=id_)

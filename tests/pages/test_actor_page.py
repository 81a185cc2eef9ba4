"""One actor and one collaboration as pages: the portrait's sentences, links that lead on, one page for one body."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from graphsvc.portrait import PortraitAsk
from graphsvc.service import Service
from tests.pages.reading import LANGUAGES, read

TAU = "fi-2844561-8"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_the_portrait_says(client: FlaskClient, service: Service, language: str) -> None:
    found = service.portrait(PortraitAsk(TAU, language=language))
    page = read(client, f"/actors/{TAU}?lang={language}")
    for sentence in (*found.position, *found.changes, *found.contradictions):
        assert " ".join(sentence.split()) in page.text
    assert found.openings and all(each.name in page.links for each in found.openings)
    assert all(reason in page.text for each in found.openings for reason in each.reasons_for)
    assert all(each.value in page.text for each in found.facts)


def test_partners_and_collaborations_lead_on(client: FlaskClient) -> None:
    page = read(client, f"/actors/{TAU}?lang=en")
    assert "Helsingin yliopisto" in read(client, page.links["Helsingin yliopisto"]).text
    collaboration = read(client, page.links["ROBOMINERS"])
    assert collaboration.links["Tampereen yliopisto"] == f"/actors/{TAU}"


def test_any_entry_of_a_body_leads_to_its_one_page(client: FlaskClient, service: Service) -> None:
    canonical = service.outlook.identity().canonical
    entry, body = next((a, b) for a, b in sorted(canonical.items()) if a != b)
    answer = client.get(f"/actors/{entry}?lang=sv")
    assert (answer.status_code, answer.location) == (302, f"/actors/{body}?lang=sv")


def test_the_picture_is_an_image_that_runs_nothing(client: FlaskClient) -> None:
    answer = client.get(f"/actors/{TAU}/picture.svg?lang=fi")
    assert answer.mimetype == "image/svg+xml"
    assert "<script" not in answer.text and "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert (
        client.get(f"/actors/{TAU}/picture.svg?lang=fi", headers={"If-None-Match": answer.headers["ETag"]}).status_code
        == 304
    )


@pytest.mark.parametrize("path", ["/actors/nobody", "/actors/nobody/picture.svg", "/collaborations/none"])
def test_who_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    assert "no " in read(client, path, 404).text

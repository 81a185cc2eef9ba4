"""A page as a person reads it: its words, its links, and its forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

LANGUAGES = ("fi", "sv", "en")


@dataclass
class Form:
    """A form with what it sends when nothing is filled in."""

    action: str
    method: str
    id: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)


class Read(HTMLParser):
    """What stands on a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words = ""
        self.links: dict[str, str] = {}
        self.hrefs: list[str] = []
        self.forms: list[Form] = []
        self._href = ""
        self._open: Form | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self._href = given.get("href", "")
            self.hrefs.append(self._href)
        if tag == "form":
            self._open = Form(given.get("action", ""), given.get("method", "get"), given.get("id", ""))
            self.forms.append(self._open)
        if tag == "input" and self._open and given.get("type") not in ("checkbox", "radio") and "name" in given:
            self._open.fields.setdefault(given["name"], []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        if tag == "a":
            self._href = ""

    def handle_data(self, data: str) -> None:
        self.words += data
        if self._href:
            self.links[" ".join(data.split())] = self._href

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(self.words.split())

    def form(self, action: str, nth: int = 0) -> Form:
        """Return the nth form whose address holds ``action``."""
        return [each for each in self.forms if action in each.action][nth]


def read(client: FlaskClient, path: str, status: int = 200) -> Read:
    """Return a page, as a browser asks for it."""
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == status, answer.text[:500]
    return Read(answer.text)


def send(client: FlaskClient, form: Form, **filled: str) -> TestResponse:
    """Send a form with some fields filled in, as a browser on that page does."""
    values: dict[str, list[str] | str] = {**form.fields, **filled}
    return client.post(form.action, data=values, headers={"Accept": "text/html", "Origin": "http://localhost"})

"""Published maps: frozen versions under a name, each a file that stays as it is, with what changed since the last one.

A folder a name in the data folder; a version is its page, and what the page shows as ids, from which the next one is
told apart. A published page needs neither the graph nor the service: it can be put on any web server.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from graphsvc.errors import InvalidValue, NotFound, SettingsError
from graphsvc.render.content import MapContent
from graphsvc.render.map import write_html
from graphsvc.settings import Settings

FOLDER: Final = "published"
NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
"""What a published map may be called: it stands in its address."""
_SITE: Final = re.compile(r"https?://(\*\.)?[a-z0-9.-]+(:[0-9]{1,5})?")
_TRIES: Final = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """What a version shows, by ids and names of those that are shown: never of anyone hidden."""

    actors: Mapping[str, str]
    """Id → name."""
    ties: frozenset[tuple[str, str]]
    suggestions: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, content: MapContent) -> Shown:
        """Return what a map's content shows."""
        return cls(
            {each.id: each.name for each in content.actors},
            frozenset((each.a, each.b) for each in content.ties),
            frozenset((each.a, each.b) for each in content.suggestions),
        )


@dataclass(frozen=True, slots=True)
class Changed:
    """How a version differs from the one before."""

    new_actors: tuple[str, ...]
    """Names of those that were not shown before."""
    gone_actors: int
    """How many are not shown any more. Their names are not told: they may be hidden now."""
    new_ties: int
    gone_ties: int
    new_suggestions: int
    gone_suggestions: int


@dataclass(frozen=True, slots=True)
class Version:
    """A frozen map."""

    name: str
    number: int
    made: datetime
    """In UTC."""
    by: str
    title: str
    language: str
    revision: int
    """Of the graph it was made from."""
    data_date: date | None
    actors: int
    ties: int
    suggestions: int
    bytes: int
    sha256: str
    """Of the page."""
    changed: Changed | None
    """None for the first."""
    withdrawn: datetime | None = None
    """When it was taken off; its page is gone then."""
    caption: str = ""
    licence: str = ""
    alternative: str = ""
    """What stands in for the picture where it can't be seen; empty in versions of before there was any."""
    sources: tuple[str, ...] = ()
    """Names."""

    @property
    def path(self) -> str:
        """Where the service shows it, below its address."""
        return f"/published/{self.name}/{self.number}"


@dataclass(frozen=True)
class Publications:
    """All published maps of an installation. Processes may share the folder."""

    folder: Path
    frames: str = ""
    """Sites whose pages may show them in a frame, as a content security policy names them; empty for none."""
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    @classmethod
    def of(cls, settings: Settings) -> Publications:
        """Return those of an installation. :class:`SettingsError` for a site that is none."""
        sites = [name.strip() for name in settings.frames.split(",") if name.strip()]
        for site in sites:
            if site != "*" and not _SITE.fullmatch(site):
                raise SettingsError(
                    f"GRAPHSVC_FRAMES names {site!r}, which is no site.", remedy="Write it as https://www.example.org"
                )
        return cls(settings.home / FOLDER, " ".join(["'self'", *sites]) if sites else "")

    def names(self) -> tuple[str, ...]:
        """Return the names under which something was published, sorted."""
        if not self.folder.is_dir():
            return ()
        return tuple(sorted(each.name for each in self.folder.iterdir() if NAME.fullmatch(each.name)))

    def versions(self, name: str) -> tuple[Version, ...]:
        """Return the versions of a map, the newest first, those withdrawn too. :class:`NotFound` for none."""
        found = _versions(self._place(name))
        if not found:
            raise NotFound("published map", name, remedy="See which there are: graphsvc published")
        return found

    def latest(self, name: str) -> Version:
        """Return the newest version that is not withdrawn. :class:`NotFound` where there is none."""
        found = _current(self.versions(name))
        if found is None:
            raise NotFound("published map", name, remedy="All its versions were withdrawn.")
        return found

    def newest(self) -> tuple[Version, ...]:
        """Return the newest version of each map that is not withdrawn, by name."""
        found = (_current(_versions(self._place(name))) for name in self.names())
        return tuple(each for each in found if each)

    def page(self, name: str, number: int) -> str:
        """Return the page of a version. :class:`NotFound` where there is none, or where it was withdrawn."""
        try:
            return (self._place(name) / f"{number}.html").read_text(encoding="utf-8")
        except FileNotFoundError:
            raise NotFound("version", f"{name}/{number}", remedy="It was never there, or was withdrawn.") from None

    def publish(self, name: str, content: MapContent, page: str, by: str) -> Version:
        """Freeze a page under a name, as its next version. :class:`InvalidValue` for a name that can't be one.

        What the page shows must be ``content``. The same page again is not a new version: the one there is returned.
        """
        place = self._place(name)
        before = _versions(place)
        digest = hashlib.sha256(page.encode()).hexdigest()
        current = _current(before)
        if current and current.sha256 == digest:
            return current
        place.mkdir(parents=True, exist_ok=True)
        shown = Shown.of(content)
        changed = _changed(_shown(place / f"{current.number}.shown"), shown) if current else None
        number = self._reserve(place, before[0].number + 1 if before else 1)
        version = Version(
            name=name,
            number=number,
            made=self.now(),
            by=by,
            title=content.title,
            language=content.language,
            revision=content.revision,
            data_date=content.data_date or content.loaded_on,
            actors=len(content.actors),
            ties=len(content.ties),
            suggestions=len(content.suggestions),
            bytes=len(page.encode()),
            sha256=digest,
            changed=changed,
            caption=content.imprint.caption,
            licence=content.imprint.licence,
            alternative=content.alternative,
            sources=tuple(each.name for each in content.sources),
        )
        write_html(place / f"{number}.html", page)
        write_html(place / f"{number}.shown", json.dumps(_plain(shown), ensure_ascii=False))
        write_html(place / f"{number}.json", json.dumps(_plain(version), ensure_ascii=False))
        return version

    def withdraw(self, name: str, number: int) -> Version:
        """Take a version off: its page is deleted; that there was one stays in the list. :class:`NotFound` for none."""
        version = next((each for each in self.versions(name) if each.number == number), None)
        if version is None:
            raise NotFound("version", f"{name}/{number}", remedy="See which there are: graphsvc published")
        if version.withdrawn:
            return version
        place = self._place(name)
        # What was said of it may name who is to be forgotten.
        gone = replace(version, withdrawn=self.now(), changed=None, caption="", alternative="")
        write_html(place / f"{number}.json", json.dumps(_plain(gone), ensure_ascii=False))
        (place / f"{number}.html").unlink(missing_ok=True)
        (place / f"{number}.shown").unlink(missing_ok=True)
        return gone

    def sign(self, name: str, number: int, by: str) -> Version:
        """Let a version be by somebody else: a person who made it is forgotten. :class:`NotFound` for none."""
        version = next((each for each in self.versions(name) if each.number == number), None)
        if version is None:
            raise NotFound("version", f"{name}/{number}", remedy="See which there are: graphsvc published")
        signed = replace(version, by=by)
        write_html(self._place(name) / f"{number}.json", json.dumps(_plain(signed), ensure_ascii=False))
        return signed

    def showing(self, actors: Iterable[str]) -> tuple[Version, ...]:
        """Return the versions that still show any of some actors: where one must go, if an actor is to be forgotten."""
        wanted = set(actors)
        return tuple(
            version
            for name in self.names()
            for version in self.versions(name)
            if not version.withdrawn and wanted & set(_shown(self._place(name) / f"{version.number}.shown").actors)
        )

    def _place(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise InvalidValue(
                f"{name!r} can't be the name of a published map.",
                remedy="Take small letters a to z, digits and hyphens, 60 at most: it stands in the address.",
                field="name",
            )
        return self.folder / name

    def _reserve(self, place: Path, number: int) -> int:
        """Return the next number that nobody has, also where two publish at once."""
        for _ in range(_TRIES):
            try:
                (place / f"{number}.html").open("x").close()
            except FileExistsError:
                number += 1
            else:
                return number
        raise InvalidValue(f"Others publish {place.name!r} right now.", remedy="Try again.", field="name")


def embed_code(version: Version, address: str, height: int = 800) -> str:
    """Return the HTML that shows a map inside another page; ``address`` is where the service is reached.

    It names no version, so that the page shows the newest one; with :attr:`Version.path` in its place it stays. What
    changes from version to version, date, revision and sources, is said by the page itself; title, caption and licence
    are said around it, too, for whoever does not see what is in the frame.
    """
    source = html.escape(f"{address.rstrip('/')}/published/{version.name}", quote=True)
    title = html.escape(version.title, quote=True)
    frame = (
        f'<iframe src="{source}" title="{title}" width="100%" height="{height}" loading="lazy"'
        ' style="border:0"></iframe>'
    )
    under = html.escape(" ".join(filter(None, (version.caption, version.licence))))
    return f'<figure style="margin:0">{frame}<figcaption>{under}</figcaption></figure>' if under else frame


def _versions(place: Path) -> tuple[Version, ...]:
    """Return the versions in a folder, the newest first; none where there is no folder."""
    found = [_read(file) for file in place.glob("*.json") if file.stem.isdigit()]
    return tuple(sorted(found, key=lambda each: -each.number))


def _current(versions: tuple[Version, ...]) -> Version | None:
    return next((each for each in versions if not each.withdrawn), None)


def _changed(before: Shown, now: Shown) -> Changed:
    return Changed(
        tuple(sorted(name for id_, name in now.actors.items() if id_ not in before.actors)),
        len(before.actors.keys() - now.actors.keys()),
        len(now.ties - before.ties),
        len(before.ties - now.ties),
        len(now.suggestions - before.suggestions),
        len(before.suggestions - now.suggestions),
    )


def _plain(value: Shown | Version) -> dict[str, Any]:
    def plain(each: Any) -> Any:
        if isinstance(each, datetime | date):
            return each.isoformat()
        if isinstance(each, tuple):
            return list(each)
        return sorted(map(list, each)) if isinstance(each, frozenset) else each

    return {name: plain(each) for name, each in asdict(value).items()}


def _shown(file: Path) -> Shown:
    said = json.loads(file.read_text(encoding="utf-8"))
    return Shown(
        said["actors"],
        frozenset((a, b) for a, b in said["ties"]),
        frozenset((a, b) for a, b in said["suggestions"]),
    )


def _read(file: Path) -> Version:
    said = json.loads(file.read_text(encoding="utf-8"))
    changed = said["changed"]
    said |= {
        "made": datetime.fromisoformat(said["made"]),
        "data_date": date.fromisoformat(said["data_date"]) if said["data_date"] else None,
        "withdrawn": datetime.fromisoformat(said["withdrawn"]) if said["withdrawn"] else None,
        "sources": tuple(said.get("sources", ())),
        "changed": Changed(**{**changed, "new_actors": tuple(changed["new_actors"])}) if changed else None,
    }
    return Version(**said)

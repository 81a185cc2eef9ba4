"""Any network file, read into actors and collaborations; docs/reference/formats.md states the mapping.

In a network of one mode each node is an actor and each relation a collaboration of two. In one of two modes the nodes
of the first mode are actors, those of the second collaborations, and each tie is a participation.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from graphsvc import identifiers
from graphsvc.errors import InvalidValue
from graphsvc.ingest.attributes import is_personal, listed
from graphsvc.ingest.grid import as_text, fault_in
from graphsvc.ingest.node_claims import Describer, Note, one_line
from graphsvc.ingest.reading import Problem, Progress, ReadRow, Severity
from graphsvc.ingest.said_together import REMEDY, At, Together
from graphsvc.ingest.tie_survey import Span, Survey, days_of, survey
from graphsvc.ingest.ties import NetworkFile, Node, Tie, Values, attribute
from graphsvc.model import Attributes, Claim, Collaboration, Participation, Record, Source

_NAME_LIMIT: Final = 2000
_Says = tuple[list[Claim], str | None, str | None]
"""Claims, and the actor and the collaboration that the row speaks of."""

_REMEMBERED: Final = 10_000
"""Warnings that are told once; a file with more of them is told each."""
_SAFE_KEY: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,38}[A-Za-z0-9])?")


class NetworkReading:
    """A network file opened; it was read once already, so that what breaks it as a whole is known."""

    def __init__(self, path: Path, network: NetworkFile, *, fingerprint: str, notes: Sequence[Problem] = ()) -> None:
        """``notes`` are told before the first row."""
        self.source = Source(id=f"file-{identifiers.slug(path.name)}", name=path.name)
        self.fingerprint = fingerprint
        self.format = network.format
        self._notes = notes
        self._network = network
        self._survey = survey(network)

    def rows(self, progress: Progress | None = None) -> Iterator[ReadRow | Problem]:
        """See :class:`graphsvc.ingest.reading.Reading`. ``progress`` is called with rows."""
        yield from self._notes
        whole = self._survey
        teller = _Teller(self.source.id, self._network, whole)
        if whole.note:
            yield Problem(self._network.file, "", None, "", "", *whole.note, Severity.WARNING)
        total = len(whole.names) + whole.ties
        done = 0
        # where ties come before the nodes they name, the file is read twice: nodes, then ties
        for kinds in [(Node, Tie, Problem)] if whole.listed_first else [(Node, Problem), (Tie,)]:
            for item in self._network.items():
                if isinstance(item, kinds):
                    yield from teller.tell(item)
                    done += 1
                    if progress and done % 500 == 0:
                        progress(min(done, total), total)
        yield from teller.notes()
        if progress:
            progress(total, total)


class _Teller:
    """Says what each item means, once."""

    def __init__(self, source: str, network: NetworkFile, whole: Survey) -> None:
        self._source = source
        self._network = network
        self._whole = whole
        self._describer = Describer(source)
        self._keys = {number: key for key, number in whole.numbers.items()}
        self._said = bytearray(len(whole.names))
        self._relations: set[int] = set()
        self._row = ""
        self._warned: set[tuple[str, str]] = set()
        self._personal: dict[str, None] = {}

    def tell(self, item: Node | Tie | Problem) -> Iterator[ReadRow | Problem]:
        """Yield the row that an item is, and what is wrong with it."""
        if isinstance(item, Problem):
            yield item
            return
        problems: list[Problem] = []
        about = self._about(item)
        note = self._noter(item, problems, {at.column: at for at in about.at.values()})
        self._row = identifiers.digest(*_place_of(self._source, item))[:24]
        kept = self._kept(item.values, note)
        says = self._node(item, note) if isinstance(item, Node) else self._tie(item, note)
        yield from problems
        yield from self._differences(item, about)
        if says is None:
            return
        claims, actor, collaboration = says
        record = Record.model_construct(
            id=self._row,
            source=self._source,
            sheet=item.sheet,
            row=item.row,
            values=kept,
            actor=actor,
            collaboration=collaboration,
        )
        yield ReadRow(record, tuple(claims))

    def notes(self) -> Iterator[Problem]:
        """Yield what is to be known of the places that were understood and the attributes that were kept."""
        yield from self._describer.places.notes(self._network.file)
        own = self._describer.own
        if own.actors:
            yield self._note(f"Kept as attributes of actors: {listed(list(own.actors))}.")
        if own.collaborations:
            yield self._note(f"Kept as attributes of collaborations: {listed(list(own.collaborations))}.")
        if own.participations:
            yield self._note(f"Kept as attributes of participations: {listed(list(own.participations))}.")
        if self._personal:
            yield self._note(f"Not kept, since they name persons: {listed(list(self._personal))}.")
        if own.repeated:
            yield self._note(
                f"{own.repeated:,} collaborations or participations are said by several rows each; what their own"
                " columns say stays in the records."
            )
        if own.beyond:
            yield self._note(
                f"Kept in records only where too long, or too many for one thing: {listed(list(own.beyond))}."
            )

    def _note(self, message: str) -> Problem:
        return Problem(self._network.file, "", None, "", "", message, "Nothing is to be done.", Severity.NOTE)

    def _about(self, item: Node | Tie) -> Together:
        """Return what all rows of a list of affiliations say of an item's actor, however many there are."""
        ends = self._whole.ends(item) if isinstance(item, Tie) else None
        known = self._whole.about.get(ends[0]) if ends and not self._whole.rows[ends[0]] else None
        return known or Together()

    def _differences(self, item: Node | Tie, about: Together) -> Iterator[Problem]:
        """Yield what a row is the first to say otherwise of its actor than those before it."""
        for each in about.differing.values():
            if each.at[:2] == (item.sheet, item.row) and isinstance(item, Tie):
                place = (self._network.file, *each.at, each.text[:200])
                yield Problem(*place, each.message(one_line(item.source)), REMEDY, Severity.WARNING)

    def _noter(self, item: Node | Tie, problems: list[Problem], elsewhere: Mapping[str, At]) -> Note:
        """Return what takes in the faults of one item: those that repeat themselves in the file are told once.

        ``elsewhere``: heading → where that stands which is read of the item's actor.
        """

        def note(column: str, text: str, error: InvalidValue, severity: Severity = Severity.WARNING) -> None:
            if severity is Severity.WARNING:
                told = (column, text or error.message)
                if told in self._warned:
                    return
                if len(self._warned) < _REMEMBERED:
                    self._warned.add(told)
            sheet, row, _ = elsewhere.get(column, At(item.sheet, item.row))
            place = (self._network.file, sheet, row, column, text[:200])
            problems.append(Problem(*place, error.message, error.remedy, severity))

        return note

    def _kept(self, given: Values, note: Note) -> Values:
        """Return the attributes as they came, without empty ones, names of persons and what no record can hold."""
        kept = {}
        for name, text in given.items():
            if not text:
                continue
            if is_personal(name):
                self._personal[name] = None
            elif fault := fault_in(text):
                note(name, text, InvalidValue(fault, remedy="It is not kept; shorten it or type it anew."))
            else:
                kept[name] = text
        return kept

    # nodes

    def _node(self, node: Node, note: Note) -> _Says | None:
        number = self._whole.numbers[node.key]
        if self._whole.rows[number] != node.row or self._said[number]:
            first = self._whole.rows[number]
            error = InvalidValue(
                f"The node {node.key!r} is listed before, in row {first:,}.", remedy="Make the two one."
            )
            note("", node.key, error, Severity.ERROR)
            return None
        self._said[number] = 1
        if self._whole.is_collaboration(number):
            made = self._collaboration(number, node.values, note)
            return [made], None, made.id
        claims = self._describer.actor(self._id(number), self._called(number), node.values, note)
        return claims, self._id(number), None

    def _implied(self, number: int, about: Values, note: Note) -> list[Claim]:
        """Return what there is to say of a node that only ties name, the first time."""
        if self._said[number] or self._whole.rows[number]:
            return []
        self._said[number] = 1
        if self._whole.is_collaboration(number):
            return [self._collaboration(number, {}, note)]
        return self._describer.actor(self._id(number), self._called(number), about, note, of_actors=False)

    def _collaboration(self, number: int, values: Values, note: Note) -> Collaboration:
        """Return a node of the second mode; its days are its own, else those of its ties."""
        start, end = days_of(values, lambda key, error: note(key, attribute(values, "tie", key), error))
        if not start and not end:
            start, end = self._whole.held(number)
        own = self._describer.own.of_collaboration(values, self._called(number))
        kind = attribute(values, "tie", "relation")
        return self._describer.collaboration(self._id(number), self._name(number), kind, (start, end), own)

    # ties

    def _tie(self, tie: Tie, note: Note) -> _Says | None:
        ends = self._whole.ends(tie)
        missing = [] if self._network.implied else self._unlisted(tie, ends)
        if ends is None or missing:
            what = f"A link joins {tie.source!r} and {tie.target!r}, but the file lists neither of these nodes."
            if len(missing) == 1:
                what = f"A link joins {tie.source!r} and {tie.target!r}, but the file lists no node {missing[0]}."
            error = InvalidValue(what, remedy="List the node, or delete the link.")
            note("", missing[0] if missing else "", error, Severity.ERROR)
            return None
        days_of(tie.values, lambda key, error: note(key, attribute(tie.values, "tie", key), error))
        self._check_weight(tie, note)
        source, target = ends
        together = self._about(tie)
        about = {at.column: as_text(together.cells[key]) for key, at in together.at.items()}
        claims = [*self._implied(source, about, note), *self._implied(target, {}, note)]
        if source == target:
            error = InvalidValue(
                f"The link joins {self._name(source)!r} with itself; it says nothing of a partnership.",
                remedy="It is kept as a record only.",
            )
            note("", f"{tie.source} ({tie.row})", error)  # each loop is told, whatever was told of its node
            return claims, self._id(source), None
        modes = (self._whole.is_collaboration(source), self._whole.is_collaboration(target))
        if modes == (True, True):
            error = InvalidValue(
                f"The link joins the collaborations {self._name(source)!r} and {self._name(target)!r}.",
                remedy="In a two-mode network a link joins an actor and a collaboration.",
            )
            note("", f"{tie.source} {tie.target}", error)
            return claims, None, self._id(source)
        if modes == (False, False):
            return self._partnership(source, target, tie, claims)
        return self._taking_part(source, target, tie, claims)

    def _unlisted(self, tie: Tie, ends: tuple[int, int] | None) -> list[str]:
        both = (tie.source, tie.target)
        numbers = ends or (None, None)
        return [
            repr(key)
            for key, number in zip(both, numbers, strict=True)
            if number is None or not self._whole.rows[number]
        ]

    def _partnership(self, source: int, target: int, tie: Tie, claims: list[Claim]) -> _Says:
        """Return a tie between two actors: a collaboration of these two, said once however many ties say it."""
        keys = [self._keys[source], self._keys[target]]
        if not tie.directed:
            keys.sort()
        mark = identifiers.digest(*keys, str(tie.directed), tie.relation, tie.label)[:16]
        id_ = f"{self._source}:{mark}"
        relation = self._whole.relation(source, target, tie)
        if relation in self._relations:
            return claims, None, id_
        self._relations.add(relation)
        roles = ("source", "target") if tie.directed else ("", "")
        own = {}
        if not self._is_repeated(relation):
            own = self._describer.own.of_collaboration(tie.values, (tie.source, tie.target, tie.relation, tie.label))
        span = self._whole.lasting(relation)
        name = self._tie_name(source, target, tie)
        claims.append(self._describer.collaboration(id_, name, tie.relation, span, own))
        claims += [self._participation(end, id_, role) for end, role in zip((source, target), roles, strict=True)]
        return claims, None, id_

    def _taking_part(self, source: int, target: int, tie: Tie, claims: list[Claim]) -> _Says:
        """Return a tie between an actor and a collaboration: a participation."""
        actor, collaboration = (target, source) if self._whole.is_collaboration(source) else (source, target)
        ids = self._id(actor), self._id(collaboration)
        relation = self._whole.relation(source, target, tie)
        if relation not in self._relations:
            self._relations.add(relation)
            role = ": ".join(filter(None, (tie.relation, tie.label)))
            if not role and tie.directed and not tie.affiliation:
                role = "source" if actor == source else "target"
            own: Attributes = {}
            if not self._is_repeated(relation):
                ends = (tie.source, tie.target, tie.relation, tie.label)
                own = self._describer.own.of_participation(tie.values, tie.about, ends)
            said = (role[:_NAME_LIMIT], self._whole.lasting(relation), own)
            claims.append(self._participation(actor, ids[1], *said))
        return claims, *ids

    def _is_repeated(self, relation: int) -> bool:
        """Tell whether several rows say this one thing: their attributes may differ, and stay in their records."""
        repeated = relation in self._whole.repeated
        self._describer.own.repeated += repeated
        return repeated

    def _participation(
        self, actor: int, collaboration: str, role: str, span: Span = (None, None), own: Attributes | None = None
    ) -> Participation:
        # every part is made here: validating 300,000 of them again would double the time of reading
        return Participation.model_construct(
            actor=self._id(actor),
            collaboration=collaboration,
            role=role,
            source=self._source,
            start=span[0],
            end=span[1],
            money=None,
            record=self._row,
            attributes=own or {},
        )

    def _check_weight(self, tie: Tie, note: Note) -> None:
        text = attribute(tie.values, "tie", "weight")
        if not text:
            return
        try:
            if math.isfinite(float(text.replace(",", "."))):
                return
        except ValueError:
            pass
        note("weight", text, InvalidValue(f"The weight {text!r} is not a number.", remedy="It is kept as text only."))

    def _tie_name(self, source: int, target: int, tie: Tie) -> str:
        pair = f"{self._name(source)} {'→' if tie.directed else '–'} {self._name(target)}"
        return tie.label or (f"{tie.relation}: {pair}" if tie.relation else pair)

    # names and ids

    def _name(self, number: int) -> str:
        return one_line(self._whole.names[number])

    def _called(self, number: int) -> tuple[str, str]:
        return self._keys[number].lstrip("\x00"), self._whole.names[number]

    def _id(self, number: int) -> str:
        """Return an id that depends on the file's name and on the node's key in it only."""
        key = self._keys[number]
        bare = key.lstrip("\x00")
        if key == bare and _SAFE_KEY.fullmatch(key):
            return f"{self._source}:{key}"
        return f"{self._source}:{identifiers.slug(bare, limit=30)}-{identifiers.digest(key)[:8]}"


def _place_of(source: str, item: Node | Tie) -> tuple[str, ...]:
    """Return what tells a record from every other: several ties may stand in one row of a matrix."""
    return (source, item.sheet, str(item.row), *([item.cell] if item.cell else []))

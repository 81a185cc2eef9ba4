"""Names and identifiers that later rows refer to, and what they mean."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from graphsvc.errors import InvalidValue
from graphsvc.identifiers import fold


@dataclass(slots=True)
class Index:
    """The things of one table that rows may refer to, by id, by identifier, by name."""

    noun: str
    """``source``, ``place``, ``theme``, ``actor`` or ``collaboration``."""
    sheet: str
    rows: dict[str, int] = field(default_factory=dict)
    """Id → the row that said it."""
    _names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _other_names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _shown: dict[str, str] = field(default_factory=dict)
    _left_out: dict[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def add(self, id_: str, row: int, name: str, also: Iterable[str] = ()) -> None:
        """Remember a thing with its name and whatever else it may be called."""
        self.rows[id_] = row
        self._names[fold(name)].add(id_)
        self._shown[id_] = name
        for text in also:
            self._other_names[fold(text)].add(id_)

    def also(self, id_: str, text: str) -> None:
        """Remember another name of a thing."""
        self._other_names[fold(text)].add(id_)

    def leave_out(self, row: int, *texts: str) -> None:
        """Remember what a row that is left out calls its thing, so that a reference to it can be explained."""
        for text in filter(None, texts):
            self._left_out.setdefault(fold(text), row)

    def known(self, text: str) -> str | None:
        """Return the id that ``text`` means; None where nothing or several have that name. Nothing is advised."""
        if text in self.rows:
            return text
        folded = fold(text)
        ids = self._names.get(folded) or self._other_names.get(folded) or ()
        return next(iter(ids)) if len(ids) == 1 else None

    def means_any(self, text: str) -> bool:
        """Tell whether something has that id or name, or a row that is left out calls its thing so."""
        folded = fold(text)
        return text in self.rows or any(folded in known for known in (self._names, self._other_names, self._left_out))

    def find(self, text: str) -> str:
        """Return the id that ``text`` means: an id, else a name, else an identifier or another name.

        Raises :class:`InvalidValue` when nothing has that name or several have.
        """
        if text in self.rows:
            return text
        folded = fold(text)
        for known in (self._names, self._other_names):
            ids = sorted(known.get(folded, ()))
            if len(ids) == 1:
                return ids[0]
            if ids:
                meant, rows = ", ".join(map(repr, ids)), ", ".join(str(self.rows[id_]) for id_ in ids)
                raise InvalidValue(
                    f"{text!r} means several of {self.sheet}: {meant} (rows {rows}).",
                    remedy="Write the id instead of the name.",
                )
        if folded in self._left_out:
            raise InvalidValue(
                f"{text!r} is in row {self._left_out[folded]} of {self.sheet}, which is left out.",
                remedy="Mend that row first.",
            )
        raise InvalidValue(self._absent(text), remedy=self._advice(folded))

    def _absent(self, text: str) -> str:
        by_noun = {
            "source": f"There is no source {text!r} on the sheet {self.sheet}.",
            "place": f"There is no place {text!r} on the sheet {self.sheet}.",
            "theme": f"There is no theme {text!r} on the sheet {self.sheet}.",
            "actor": f"There is no actor {text!r} on the sheet {self.sheet}.",
            "collaboration": f"There is no collaboration {text!r} on the sheet {self.sheet}.",
        }
        return by_noun[self.noun]

    def _advice(self, folded: str) -> str:
        known = sorted({*self._names, *self._other_names})
        close = difflib.get_close_matches(folded, known, n=3, cutoff=0.75) if len(known) <= 20_000 else []
        ids = dict.fromkeys(id_ for name in close for id_ in sorted(self._names.get(name) or self._other_names[name]))
        if not ids:
            return f"Add it to the sheet {self.sheet}, or correct the name."
        meant = [self._shown[id_] for id_ in ids]
        if len(meant) == 1:
            return f"Did you mean {meant[0]!r}?"
        return f"Did you mean one of these: {', '.join(map(repr, meant))}?"

"""A function that is called as before while each call is noted."""

from __future__ import annotations

from typing import Any

import pytest


def note_calls(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> list[str]:
    """Return the list to which each call of ``owner``'s function adds its name."""
    calls: list[str] = []
    function = getattr(owner, name)

    def noted(*given: Any, **named: Any) -> Any:
        calls.append(name)
        return function(*given, **named)

    monkeypatch.setattr(owner, name, noted)
    return calls

"""Maps and reports inside a notebook: the whole page in the output of a cell, explored there as in a browser.

>>> inline("<title>A map</title>")
Inline('A map', 760 pixels high)
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@dataclass(frozen=True, slots=True, repr=False)
class Inline:
    """A page that a notebook shows where it stands last in a cell, or is given to ``display``."""

    page: str
    """HTML in one file."""
    height: int = 760
    """Pixels."""

    @property
    def title(self) -> str:
        """The page's title; nothing where it has none."""
        found = _TITLE.search(self.page)
        return html.unescape(found[1]).strip() if found else ""

    def _repr_html_(self) -> str:
        # A sandbox without "allow-same-origin": the page's scripts can't reach the notebook, nor the notebook its data.
        return (
            f'<iframe srcdoc="{html.escape(self.page)}" title="{html.escape(self.title)}" width="100%"'
            f' height="{self.height}" sandbox="allow-scripts allow-downloads" style="border:0"></iframe>'
        )

    def __repr__(self) -> str:
        return f"Inline({self.title!r}, {self.height} pixels high)"


def inline(page: str, height: int = 760) -> Inline:
    """Return a page for the output of a cell: ``inline(service.map(view))``."""
    return Inline(page, height)

"""What axe-core finds on a page that stands in a browser."""

from __future__ import annotations

from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # of what passes one node a rule: to tell them all takes longer than to look
}


_STILL: Final = """() => Promise.all(
  document.getAnimations()
    .filter(each => each.effect.getComputedTiming().endTime !== Infinity)
    .map(each => each.finished.catch(() => null))  // an element that goes takes its animation along
)"""


def violations(page: Page, **options: Any) -> list[str]:
    """Return what breaks a rule, a line for each node, as the page stands; the page must be one axe can read.

    Axe looks when nothing moves any more: a colour halfway to another is none that anyone is to read by.
    """
    page.evaluate(_STILL)
    found: dict[str, Any] = Axe().run(page, options=RULES | options).response
    assert len(found["passes"]) > 15, "axe has not looked at the page"
    return [f"{each['id']}: {node['html'][:150]}" for each in found["violations"] for node in each["nodes"]]


def leave_one_of_each_kind(page: Page) -> None:
    """Leave on a long page of sections and tables only the sections and rows with something that none before has.

    What is alike has the same tags, names of attributes and classes up to the top, and so has what stands before it: no
    style sheet of ours gives it another colour.
    """
    page.evaluate("""() => {
      const said = (each) => each && each.tagName + " " + each.className + " " + each.getAttributeNames().join(" ");
      const kind = (each) => {
        const above = [];
        for (let at = each; at.tagName !== "MAIN"; at = at.parentElement) {
          above.push([said(at), said(at.previousElementSibling)]);
        }
        return JSON.stringify(above);
      };
      for (const part of ["main > section", "main tr"]) {
        const seen = new Set();
        for (const each of document.querySelectorAll(part)) {
          const kinds = [...each.querySelectorAll("*")].map(kind);
          if (kinds.every(one => seen.has(one))) each.remove();
          kinds.forEach(one => seen.add(one));
        }
      }
    }""")


def violations_in_the_dark(page: Page, **options: Any) -> list[str]:
    """Return the same of the page as who likes it dark sees it: style sheets ask for that, no script and no server."""
    page.emulate_media(color_scheme="dark")
    try:
        assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        return violations(page, **options)
    finally:
        page.emulate_media(color_scheme="light")

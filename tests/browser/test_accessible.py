"""axe tells of every node that breaks a rule, and of what breaks one in the dark only."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.accessible import leave_one_of_each_kind, violations, violations_in_the_dark

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><html lang="en"><head><title>Made up</title><style>
  body { background: #fff; color: #000 } a, p.pale { color: #000 }
  @media (prefers-color-scheme: dark) {
    body { background: #111; color: #eee } a { color: #eee } p.pale { color: #333 }
  }
</style></head><body>
<header><a href="#main">To the content</a>
<nav aria-label="Pages"><ul><li><a href="#main">One</a></li></ul></nav></header>
<main id="main"><h1>Made up</h1><h2>More</h2><p>Some words, <button>a button</button>.</p>
<form><label for="name">Name</label><input id="name" autocomplete="name"></form>
<table><tr><th scope="col">Year</th></tr><tr><td>2026</td></tr></table>{more}</main></body></html>"""


def test_every_node_is_told_and_what_only_the_dark_shows(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.set_content(PAGE.replace("{more}", ""))
    assert violations(page) == violations_in_the_dark(page) == []
    page.set_content(PAGE.replace("{more}", '<img src="a.png"><img src="b.png"><p class="pale">Pale</p>'))
    told = ['image-alt: <img src="a.png">', 'image-alt: <img src="b.png">']
    assert violations(page) == told
    assert violations_in_the_dark(page) == ['color-contrast: <p class="pale">Pale</p>', *told]
    assert violations(page) == told, "light again"
    context.close()


def test_a_colour_halfway_to_another_is_none(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.set_content(PAGE.replace("{more}", '<p class="pale" style="transition: color 1s">Pale</p>'))
    page.eval_on_selector("p.pale", "each => { each.style.color = '#fff'; }")
    page.evaluate("new Promise(each => setTimeout(each, 200))")
    page.eval_on_selector("p.pale", "each => { each.style.color = '#000'; }")
    assert page.evaluate("document.getAnimations().length") == 1
    assert violations(page) == []
    context.close()


def test_of_sections_and_rows_that_are_alike_one_is_left(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    sections = ["<h2>1</h2><p>a</p>", "<h2>2</h2><p>b</p>", '<h2>3</h2><p class="pale">c</p>', "<h2>4</h2>"]
    sections += ["<p>d</p><p>e</p>", "<h2 hidden>6</h2>"]
    rows = "".join(f"<tr><td>{each}</td></tr>" for each in ("x", "y", "<b>z</b>", "<b>w</b>", "v"))
    sections += [f"<table>{rows}</table>"]
    page.set_content("<main>" + "".join(f"<section>{each}</section>" for each in sections) + "</main>")
    leave_one_of_each_kind(page)
    assert page.locator("section").all_text_contents() == ["1a", "2b", "3c", "de", "6", "xyz"]
    context.close()

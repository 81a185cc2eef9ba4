"""Where the code makes a sentence that a person may read on a page: found in its syntax tree, as templates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple, TypeGuard

import graphsvc

ROOT: Final = Path(graphsvc.__file__).parent

_STORE: Final = "says StoreErrors, for which api/problems.py has sentences of its own"
_PROGRAMS: Final = "answers programs"
_FILES: Final = "writes files for the API and the command line"
NOT_ON_PAGES: Final = {
    "__main__": "begins the command line",
    "cli": "is the command line",
    "client": "runs in other people's programs",
    "commands": "is the command line",
    "console": "is the command line",
    "doctor": "prints to the terminal",
    "notebook": "speaks in notebooks",
    "options": "is the command line",
    "serving": "prints to the terminal",
    "analysis/backend": "speaks to NetworkX",
    "analysis/backend_info": "describes the package to NetworkX",
    "analysis/interface": "speaks in notebooks",
    "api/contract": "fails at the start",
    "api/courses": _PROGRAMS,
    "api/exports": _PROGRAMS,
    "api/gaps": _PROGRAMS,
    "api/jobs": _PROGRAMS,
    "api/lists": _PROGRAMS,
    "api/openapi": "documents the API",
    "api/retiring": "fails at the start",
    "api/sending": _PROGRAMS,
    "api/supposing": _PROGRAMS,
    "api/users": _PROGRAMS,
    "api/whatif_forms": _PROGRAMS,
    "api/withholding": _PROGRAMS,
    "api/writing": _PROGRAMS,
    "deadline": _STORE,
    "exporting": _FILES,
    "jobs/report": "ends a job that nobody waits for",
    "keeping": _STORE,
    "metrics": "documents the metrics",
    "personal": "is asked by programs and the command line",
    "pieces": "speaks to programmers",
    "regions/agreement_tables": _FILES,
    "regions/views": "a view that is none has no page",
    "remembering": _STORE,
    "render/answer_tables": _FILES,
    "render/charts": _FILES,
    "render/earlier": "is the command line",
    "render/exports": _FILES,
    "render/faces": _FILES,
    "render/hidden_parts": _FILES,
    "render/portrait_print": _FILES,
    "render/printed": _FILES,
    "render/report_files": _FILES,
    "render/report_print": _FILES,
    "render/report_record": "is the command line",
    "render/story": "is the command line",
    "render/typeset": _FILES,
    "retaining": _STORE,
    "rulebook": "reads the files of calls, for programs and the command line",
    "samples": "is the command line",
    "settings": "fails at the start",
    "store/backup": "is asked by programs and the command line",
    "store/change": "speaks to programmers",
    "store/embedded": _STORE,
    "store/graph_science": _STORE,
    "store/guarded": _STORE,
    "store/judging": "speaks to programmers",
    "store/migrating": _STORE,
    "store/opening": "fails at the start",
    "store/persons": "is asked by programs and the command line",
    "store/precedence": "is asked by programs and the command line",
    "store/queries": _STORE,
    "store/server": _STORE,
    "wishes": "checks what programs ask of jobs",
}
"""Modules and packages of which no sentence can reach a page → why."""
MAKERS: Final = frozenset(
    ("note", "_note", "_problem", "_warn", "unread", "refuse", "_refuse", "broken", "_broken", "Problem", "FieldError")
) | {"Refused", "_Foreign", "NotFound"}
"""Functions and classes beside raised errors that are handed a sentence, or a part of one."""
_NO_SENTENCES: Final = frozenset(("description", "summary", "help", "title", "examples", "doc", "__doc__", "epilog"))
"""Arguments that document the API or the command line."""
_NO_MAKERS: Final = frozenset(("execute", "executemany", "compile", "info", "warning", "error", "exception", "debug"))
_NOT_OURS: Final = frozenset(("NotImplementedError", "TypeError", "AssertionError", "SystemExit", "KeyError"))
_SAID: Final = frozenset(("message", "remedy", "detail"))
_ENDS: Final = re.compile(r"[\w)}'\"…>\]][.?!]\s*$")
Text = ast.Constant | ast.JoinedStr


class Site(NamedTuple):
    """A sentence in the code."""

    line: int
    english: str
    """Its template, with names made from what stands in the braces."""


def modules() -> list[str]:
    """Return the modules whose sentences may reach a page, as paths below the package without ``.py``."""
    names = (path.relative_to(ROOT).with_suffix("").as_posix() for path in ROOT.rglob("*.py"))
    return sorted(
        name for name in names if not {name, *(str(each) for each in Path(name).parents)} & NOT_ON_PAGES.keys()
    )


@cache
def sites(module: str) -> tuple[Site, ...]:
    """Return the sentences of a module, each once, in the order of its lines."""
    tree = ast.parse(ROOT.joinpath(f"{module}.py").read_text(encoding="utf-8"))
    found = {_template(text): text.lineno for text in _sentences(tree)}
    return tuple(sorted(Site(line, english) for english, line in found.items()))


@cache
def all_texts(module: str) -> frozenset[str]:
    """Return every text of a module as a template, sentence or not."""
    tree = ast.parse(ROOT.joinpath(f"{module}.py").read_text(encoding="utf-8"))
    return frozenset(_template(node, named=False) for node in ast.walk(tree) if _is_text(node))


def _sentences(tree: ast.AST) -> Iterator[Text]:
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    handed = {id(text) for call in _makers(tree) for text in _handed(call)}
    for node in ast.walk(tree):
        above = parents.get(node)
        if not _is_text(node) or isinstance(above, ast.Expr | ast.JoinedStr) or _is_no_sentence(node, parents):
            continue
        if id(node) in handed or (_ENDS.search(_last(node)) and " " in _own(node).strip()):
            yield node
            yield from _parts(node)


def _makers(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls that take a sentence: of errors that are raised, and of what makes one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and _called(node.exc) not in _NOT_OURS:
            yield node.exc
        elif isinstance(node, ast.Call) and _called(node) in MAKERS:
            yield node


def _handed(call: ast.Call) -> Iterator[Text]:
    """Yield what a call is told in words: a text with a space, a message or remedy, the noun of what is not there."""
    for text in (each for given in call.args for each in _choices(given)):
        if " " in _own(text).strip() or _called(call) == "NotFound":
            yield text
    for keyword in call.keywords:
        if keyword.arg in _SAID:
            yield from (text for text in _choices(keyword.value) if _own(text).strip())


def _parts(text: Text) -> Iterator[Text]:
    """Yield the words of ours that a sentence chooses between for one of its values."""
    for value in text.values if isinstance(text, ast.JoinedStr) else ():
        if isinstance(value, ast.FormattedValue) and not _is_text(value.value):
            yield from (part for part in _choices(value.value) if re.search("[a-z]", _own(part)))


def _choices(node: ast.expr) -> Iterator[Text]:
    if isinstance(node, ast.IfExp):
        yield from _choices(node.body)
        yield from _choices(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _choices(value)
    elif _is_text(node):
        yield node


def _is_no_sentence(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Tell whether a text documents something, is a statement, or goes to the log."""
    while node in parents and not isinstance(node, ast.stmt):
        node = parents[node]
        if isinstance(node, ast.keyword) and node.arg in _NO_SENTENCES:
            return True
        if isinstance(node, ast.Call) and _called(node) in _NO_MAKERS:
            return True
    return False


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _is_text(node: ast.AST) -> TypeGuard[Text]:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _own(text: Text) -> str:
    """Return what a text says beside its values."""
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    return "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))


def _last(text: ast.expr) -> str:
    """Return a text with something for each value."""
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in parts)


def _template(text: Text, *, named: bool = True) -> str:
    if isinstance(text, ast.Constant):
        return _braced(str(text.value))
    names: list[str] = []
    parts = []
    for part in text.values:
        if isinstance(part, ast.FormattedValue):
            names.append(_name(part.value, names) if named else f"v{len(names)}")
            form = ast.unparse(part.format_spec) if part.format_spec else ""
            parts.append(
                "{" + names[-1] + ("!r" if part.conversion == ord("r") else "") + (":,}" if "," in form else "}")
            )
        elif isinstance(part, ast.Constant):
            parts.append(_braced(str(part.value)))
    return "".join(parts)


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _name(value: ast.expr, taken: list[str]) -> str:
    """Return a name for a value: the last that stands in it, with a number where it is taken."""
    words = [
        word for word in re.findall(r"[a-z_]+", re.sub(r"'[^']*'|\[.*?\]", "", ast.unparse(value))) if len(word) > 1
    ]
    name = next((word.strip("_") for word in reversed(words) if word not in {"len", "str", "join", "name"}), "value")
    number = sum(each.rstrip("0123456789") == name for each in taken)
    return f"{name}{number + 1}" if number else name or "value"

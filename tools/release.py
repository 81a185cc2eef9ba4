"""Make what a release consists of, and look its parts up: ``make release``.

Into ``dist/`` come the wheel and, beside it, the bill of materials of all that runs when it is installed with every
extra in the versions of ``constraints.txt`` (CycloneDX, made by cyclonedx-bom). Then pip-audit looks up what is known
of each part. Ends with 1 where something is known of one, and as well where a part could not be looked up: who could
not look and says "nothing found" has said nothing. Nothing is made while the accessibility statement is of a day before
what it speaks of last changed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from graphsvc.asof import HOME_ZONE
from graphsvc.pages.accessibility import WRITTEN
from graphsvc.render.vis import VIS_FILE, VIS_SHA256

ROOT: Final = Path(__file__).resolve().parents[1]
DIST: Final = ROOT / "dist"
EXTRAS: Final = "client,notebook,parquet,print,telemetry"
STATED: Final = ("graphsvc/pages", "graphsvc/render")
"""What the accessibility statement speaks of: pages, map, report and portrait, with templates and static files."""
WINDOWS: Final = sys.platform == "win32"


def main() -> int:
    """Make the files, look the parts up, and return the exit status."""
    today = datetime.now(HOME_ZONE).date()
    if old := list(statement_faults(WRITTEN, last_change(ROOT, today), today)):
        print("\n".join(old))
        return 1
    wheel = _wheel()
    with tempfile.TemporaryDirectory() as name:
        product, tools = _environment(Path(name, "product"), pip=False), _environment(Path(name, "tools"), pip=True)
        constraints = str(ROOT / "constraints.txt")
        _run(
            *(str(tools), "-m", "pip", "--python", str(product), "install", "--quiet"),
            *("-c", constraints, f"graphsvc[{EXTRAS}] @ {wheel.as_uri()}"),
        )
        _run(str(tools), "-m", "pip", "install", "--quiet", "-r", str(ROOT / "tools" / "release-tools.txt"))
        bill = with_scripts(json.loads(_bill(tools, product)))
        path = DIST / f"{'-'.join(wheel.name.split('-')[:2])}.cdx.json"
        path.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"{wheel.name}\n{path.name}: {len(bill['components'])} parts")
        parts = python_parts(bill)
        pins = Path(name, "pins.txt")
        pins.write_text("".join(f"{part}=={version}\n" for part, version in sorted(parts.items())), encoding="utf-8")
        audit = ("-m", "pip_audit", "--strict", "--no-deps", "--disable-pip", "--format", "json", "-r", str(pins))
        asked = subprocess.run([str(tools), *audit], capture_output=True, text=True, check=False)
    faults = list(faults_of(parts, asked.stdout, asked.stderr))
    print("\n".join(faults) if faults else f"Nothing is known against any of {len(parts)} packages.")
    for part in bill["components"]:
        if not part["purl"].startswith("pkg:pypi/"):
            print(f"{part['purl']} is looked up by nothing here: do it by hand.")
    return 1 if faults else 0


def statement_faults(written: date, changed: date, today: date) -> Iterator[str]:
    """Yield what is wrong with the day of the accessibility statement. ``changed``: when what it speaks of last was."""
    if written < changed or written > today:
        yield (
            f"The accessibility statement is of {written}, what it speaks of ({', '.join(STATED)}) of {changed}."
            " Compare its words with the pages, then set WRITTEN in graphsvc/pages/accessibility.py to the day of that."
        )


def last_change(root: Path, today: date) -> date:
    """Return the day of the last commit that changed what the statement speaks of; today where a change waits for one.

    :class:`subprocess.CalledProcessError` and :class:`ValueError` where git can't tell.
    """

    def git(*order: str) -> str:
        return subprocess.run(
            ["git", *order, "--", *STATED], cwd=root, check=True, capture_output=True, text=True
        ).stdout.strip()

    return today if git("status", "--porcelain") else date.fromisoformat(git("log", "-1", "--format=%cs"))


def with_scripts(bill: dict[str, Any]) -> dict[str, Any]:
    """Return the bill with the script that pyvis brings and every map holds: no package manager knows of it there."""
    (version,) = re.findall(r"vis-([\d.]+)/", VIS_FILE)
    purl = f"pkg:npm/vis-network@{version}"
    script = {
        "type": "library",
        "bom-ref": purl,
        "name": "vis-network",
        "version": version,
        "purl": purl,
        "hashes": [{"alg": "SHA-256", "content": VIS_SHA256}],
        "licenses": [{"expression": "Apache-2.0 OR MIT"}],
    }
    carriers = [
        {**each, "dependsOn": sorted({*each.get("dependsOn", []), purl})} if re.match(r"pyvis\b", each["ref"]) else each
        for each in bill["dependencies"]
    ]
    return {**bill, "components": [*bill["components"], script], "dependencies": [*carriers, {"ref": purl}]}


def python_parts(bill: Mapping[str, Any]) -> dict[str, str]:
    """Return name → version of the packages of a bill but graphsvc itself, which nobody else knows."""
    those = [each for each in bill["components"] if each["purl"].startswith("pkg:pypi/")]
    return {each["name"]: each["version"] for each in those if each["name"] != "graphsvc"}


def faults_of(parts: Mapping[str, str], report: str, complaint: str) -> Iterator[str]:
    """Yield what is known against a part, and each part that was not looked up, from what pip-audit wrote."""
    try:
        looked_at = {_plain(each["name"]): each for each in json.loads(report)["dependencies"]}
    except (ValueError, KeyError, TypeError):
        told = complaint.strip().splitlines()
        yield f"None of {len(parts)} packages could be looked up: {told[-1] if told else 'no answer'}"
        return
    for name, version in sorted(parts.items()):
        found = looked_at.get(_plain(name), {})
        if found.get("version") != version or "vulns" not in found:
            yield f"{name} {version} could not be looked up: {found.get('skip_reason', 'no answer')}"
        for each in found.get("vulns", ()):
            mended = ", ".join(each.get("fix_versions", ())) or "no version yet"
            yield f"{name} {version}: {each['id']}; mended in {mended}"


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _wheel() -> Path:
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel")
    return max(DIST.glob("graphsvc-*.whl"), key=lambda path: path.stat().st_mtime)


def _environment(folder: Path, *, pip: bool) -> Path:
    venv.create(folder, with_pip=pip)
    return folder / ("Scripts/python.exe" if WINDOWS else "bin/python")


def _bill(tools: Path, product: Path) -> str:
    order = ("environment", "--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible", "--short-PURLs")
    done = _run(str(tools), "-m", "cyclonedx_py", *order, "-o", "-", str(product), capture_output=True, text=True)
    return str(done.stdout)


def _run(*order: str, **how: Any) -> subprocess.CompletedProcess[Any]:
    return subprocess.run(order, cwd=ROOT, check=True, **how)


if __name__ == "__main__":
    sys.exit(main())

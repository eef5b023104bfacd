"""Times all that is made for a quarter against the bare libraries on the same tables and PDF, and twenty quarters.

The floor is a process that renders every table of the quarter's pages with great-tables, and typesets its report with
typst, and does nothing else: both are given what they show.
"""

import html.parser
import os
import pickle
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from unittest import mock

from pipelines.settings import Paths, code_root

RUNS = 5
MANY = 20
TARGET, TARGET_MANY = 1.5, 15.0

Cells = list[list[str]]
"""One table: rows of texts, the first of them the headings."""


class _Tables(html.parser.HTMLParser):
    """The tables of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Cells] = []
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.tables[-1][-1][-1] += data


def main() -> int:
    """Prints the medians and ratios. Returns 1 when a target is missed, else 0."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(code_root() / "raw", root / "raw", ignore=shutil.ignore_patterns("archive"))
        _timed(root, "-m", "pipelines.cli", "nightly", "--root", str(root))
        _timed(root, "-m", "benchmarks.outputs", "given", str(root))
        runs = {"floor": ("floor",), "one quarter": ("make", "1"), f"{MANY} quarters": ("make", str(MANY))}
        seconds: dict[str, list[float]] = {name: [] for name in runs}
        for turn in range(RUNS):
            for name, (what, *options) in runs.items():
                seconds[name].append(_timed(root, "-m", "benchmarks.outputs", what, str(root), *options))
            print(f"turn {turn + 1} of {RUNS} done", file=sys.stderr, flush=True)
        with (root / "given.pickle").open("rb") as file:
            tables = len(pickle.load(file)[0])
    return _report({name: statistics.median(values) for name, values in seconds.items()}, tables)


def _report(medians: dict[str, float], tables: int) -> int:
    for name, median in medians.items():
        print(f"{name:16}{median:8.2f} s")
    ratio = medians["one quarter"] / medians["floor"]
    many = medians[f"{MANY} quarters"] / medians["one quarter"]
    print(
        f"\none quarter to great-tables rendering its {tables} tables and typst its PDF: {ratio:.2f} (target {TARGET})"
    )
    print(f"{MANY} quarters to one: {many:.1f} (target below {TARGET_MANY})")
    return int(ratio >= TARGET or many >= TARGET_MANY)


def _timed(root: Path, *arguments: str) -> float:
    environment = os.environ | {"DAGSTER_HOME": str(root / "dagster")}
    (root / "dagster").mkdir(exist_ok=True)
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments], cwd=code_root(), env=environment, capture_output=True, text=True, check=False
    )
    taken = time.perf_counter() - start
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return taken


def _make(root: Path, count: int) -> dict[str, bytes]:
    """All files of as many quarters, those that are reported in turn; returns the last quarter's."""
    from pipelines.publication.outputs import quarter_files
    from pipelines.publication.public import public_figures
    from pipelines.publication.quarter import Quarter
    from pipelines.publication.quarters import reported_quarters

    files: dict[str, bytes] = {}
    with public_figures(Paths(root).published) as connection:
        labels = reported_quarters(connection)
        for number in range(count):
            files = quarter_files(Quarter(connection, labels[-1 - number % len(labels)]))
    return files


def _keep_given(root: Path) -> None:
    """Keeps what the floor is given: the tables of all pages, and what the typesetter was called with."""
    import typst

    compile_ = typst.compile
    calls: list[tuple[tuple[Any, ...], dict[str, Any]]] = []

    def kept(*arguments: Any, **options: Any) -> Any:
        calls.append((arguments, options))
        return compile_(*arguments, **options)

    with mock.patch.object(typst, "compile", kept):
        files = _make(root, 1)
    tables: list[Cells] = []
    for name, content in files.items():
        if name.endswith(".html"):
            parser = _Tables()
            parser.feed(content.decode())
            tables += [[row for row in table if len(row) == len(table[0])] for table in parser.tables if table]
    with (root / "given.pickle").open("wb") as file:
        pickle.dump((tables, calls[-1]), file)


def _floor(root: Path) -> None:
    import polars as pl
    import typst
    from great_tables import GT

    with (root / "given.pickle").open("rb") as file:
        tables, (arguments, options) = pickle.load(file)
    for headings, *rows in tables:
        columns = {f"{number}": [row[number] for row in rows] for number in range(len(headings))}
        labels = {f"{number}": heading for number, heading in enumerate(headings)}
        GT(pl.DataFrame(columns)).cols_label(cases=labels).as_raw_html()
    typst.compile(*arguments, **options)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["given", folder]:
            _keep_given(Path(folder))
        case ["floor", folder]:
            _floor(Path(folder))
        case ["make", folder, count]:
            _make(Path(folder), int(count))
        case _:
            sys.exit(main())

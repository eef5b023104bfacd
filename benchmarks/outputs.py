"""All that is made for a quarter beside the bare libraries on the same tables and PDF; and twenty quarters beside one.

The floor is a process that renders every table of the quarter's pages with great-tables, and typesets its report with
typst, and does nothing else: both are given what they show.
"""

import html.parser
import pickle
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks.ratios import Ratio, medians_in_turn, timed, to
from pipelines.settings import Paths, code_root

MANY = 20

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


def measure(smallest: bool) -> list[Ratio]:  # noqa: ARG001  there is one size: the supplied workbooks
    """One quarter to the floor, and many quarters to one."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(code_root() / "raw", root / "raw", ignore=shutil.ignore_patterns("archive"))
        (root / "dagster").mkdir()
        home = {"DAGSTER_HOME": str(root / "dagster")}
        timed([sys.executable, "-m", "pipelines.cli", "nightly", "--root", str(root)], **home)
        own = [sys.executable, "-m", "benchmarks.outputs"]
        timed([*own, "given", folder])
        runs = {
            "floor": lambda: timed([*own, "floor", folder]),
            "one": lambda: timed([*own, "make", folder, "1"]),
            "many": lambda: timed([*own, "make", folder, str(MANY)]),
        }
        costs = medians_in_turn(runs)
        with (root / "given.pickle").open("rb") as file:
            tables = len(pickle.load(file)[0])
    return [
        to(
            f"all of a quarter to great-tables rendering its {tables} tables and typst its PDF",
            costs["one"],
            costs["floor"],
            1.5,
        ),
        to(f"{MANY} quarters to one", costs["many"], costs["one"], 15.0),
    ]


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

"""Times reading and validating workbooks against fastexcel's bare read and pandas with openpyxl, in turn in one run."""

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import fastexcel
import openpyxl
import pandera.polars as pa
import polars as pl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from pipelines.contract.model import Figure, Rows, Source, Table, Text
from pipelines.contract.staging import Supplied, read_source
from pipelines.periods import financial_quarter
from pipelines.read.isolation import Wanted, shared_reader

RUNS = 5
ROWS, SMALL_ROWS, SMALL_FILES = 100_000, 50, 40
FIGURES = tuple(f"figure_{number}" for number in range(1, 11))
NAME = "Benchmark 2021-22 Q2.xlsx"
PANDAS = """
import sys, time, pandas
start = time.perf_counter()
frame = pandas.read_excel(sys.argv[1], engine="openpyxl", header=None, dtype=str)
assert frame.shape == (int(sys.argv[2]), 12), frame.shape
print(time.perf_counter() - start)
"""

Amount = Annotated[pl.Decimal, 28, 6]


class Measured(pa.DataFrameModel):
    """A key, a name and ten figures."""

    key: str = pa.Field(description="key")
    area: str = pa.Field(isin=["Bury", "Manchester", "Stockport"], description="area")
    figure_1: Amount = pa.Field(ge=0, description="a figure")
    figure_2: Amount = pa.Field(ge=0, description="a figure")
    figure_3: Amount = pa.Field(ge=0, description="a figure")
    figure_4: Amount = pa.Field(ge=0, description="a figure")
    figure_5: Amount = pa.Field(ge=0, description="a figure")
    figure_6: Amount = pa.Field(ge=0, description="a figure")
    figure_7: Amount = pa.Field(ge=0, description="a figure")
    figure_8: Amount = pa.Field(ge=0, description="a figure")
    figure_9: Amount = pa.Field(ge=0, description="a figure")
    figure_10: Amount = pa.Field(ge=0, description="a figure")


COLUMNS = {"key": Text("key"), "area": Text("area")} | {name: Figure(name, unit="") for name in FIGURES}
SOURCE = Source(
    name="benchmark",
    title="Benchmark",
    owner="nobody",
    licence="none",
    expected="never",
    period_in_words=NAME,
    tables=[Table("measured", Measured, ("key",), financial_quarter, [Rows(("Data",), COLUMNS)])],
)


def write_workbook(path: Path, rows: int, *, marked: bool = False) -> None:
    """A sheet of twelve columns; `marked` puts every hundredth row in italics and hides every thousandth."""
    chance = random.Random(rows)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    if marked:
        for row in range(1_000, rows, 1_000):
            sheet.row_dimensions[row].hidden = True
    sheet.append(list(COLUMNS))
    for row in range(rows):
        figures = [chance.randrange(10_000) if index % 2 else chance.randrange(10**6) / 100 for index in range(10)]
        values: list[Any] = [f"K{row}", chance.choice(["Bury", "Manchester", "Stockport"]), *figures]
        if marked and row % 100 == 0:
            cells = [WriteOnlyCell(sheet, value) for value in values]
            for cell in cells:
                cell.font = Font(italic=True)
            values = cells
        sheet.append(values)
    book.save(path)


def bare_read(paths: list[Path]) -> None:
    """The bare reading of every sheet as text, and nothing else."""
    for path in paths:
        workbook = fastexcel.read_excel(path)
        for name in workbook.sheet_names:
            workbook.load_sheet(name, header_row=None, dtypes="string").to_polars()


def read_and_validate(paths: list[Path]) -> None:
    """What staging does, but for writing the result: guards, reading in a process of its own, contract, validation."""
    readings, _ = read_source(SOURCE, [Supplied(f"{path.stem} {NAME}", path.stem, path) for path in paths])
    for reading in readings:
        assert reading.loads, reading.reason


def pandas_read(path: Path, rows: int) -> float:
    """Seconds that pandas with openpyxl takes, in an environment of its own."""
    command = [
        str(Path(sys.executable).with_name("uv")),
        "run",
        "--no-project",
        "--quiet",
        "--with",
        "pandas",
        "--with",
        "openpyxl",
        "python",
        "-c",
        PANDAS,
    ]
    found = subprocess.run([*command, str(path), str(rows)], capture_output=True, text=True, check=True)
    return float(found.stdout)


def main() -> int:
    """Prints the ratios. Returns 1 when a target is missed, else 0."""
    with tempfile.TemporaryDirectory() as folder:
        plain, marked = Path(folder) / "plain.xlsx", Path(folder) / "marked.xlsx"
        write_workbook(plain, ROWS)
        write_workbook(marked, ROWS, marked=True)
        small = [Path(folder) / f"small {number}.xlsx" for number in range(SMALL_FILES)]
        for number, path in enumerate(small):
            write_workbook(path, SMALL_ROWS + number % 7)
        seconds, plain_kept = _compare("100,000 x 12 cells", [plain], "validated", 2.5)
        times = pandas_read(plain, ROWS + 1) / seconds
        print(f"  pandas with openpyxl takes {times:.1f} times as long to read alone (target above 8)", flush=True)
        _, marked_kept = _compare("with italics and hidden rows", [marked], "validated", 4.0)
        _, small_kept = _compare(f"{SMALL_FILES} small workbooks", small, "read", 3.0)
    return 0 if plain_kept and marked_kept and small_kept and times > 8 else 1


def _compare(name: str, paths: list[Path], judged: str, target: float) -> tuple[float, bool]:
    """Prints the ratios to the bare read. Returns the seconds that reading and validating takes, and whether the ratio
    of `judged`, read or validated, is below the target.
    """
    seconds: dict[str, list[float]] = {"bare": [], "read": [], "validated": []}
    for turn in range(RUNS + 1):
        taken = {
            "bare": _timed(lambda: bare_read(paths)),
            "read": _timed(lambda: list(shared_reader().read(Wanted(path, NAME) for path in paths))),
            "validated": _timed(lambda: read_and_validate(paths)),
        }
        for kind, value in taken.items() if turn else ():  # the first turn starts the process that reads
            seconds[kind].append(value)
    bare = statistics.median(seconds["bare"])
    ratios = {kind: statistics.median(seconds[kind]) / bare for kind in ("read", "validated")}
    kept = ratios[judged] < target
    print(
        f"{name}: fastexcel bare {bare:.3f} s; read {ratios['read']:.2f} times, and validated "
        f"{ratios['validated']:.2f} times (target: {judged} below {target}; {'kept' if kept else 'MISSED'})",
        flush=True,
    )
    return statistics.median(seconds["validated"]), kept


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())

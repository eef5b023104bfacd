"""One new file among five hundred: a nightly after it came, beside one from nothing with all of them, and no news.

The supplied workbooks have made-up ones of earlier years beside them, of five kinds: the sector's size by the month,
the survey by the wave; the sector's returns, the programmes' activity and commentary by the quarter. Each is registered
three weeks after its period. What comes is the survey's next wave. What is published is compared with the clean build.
"""

import csv
import hashlib
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import duckdb
import xlsxwriter

from benchmarks.agreement import tables_agree
from benchmarks.ratios import Cost, Ratio, medians_in_turn, timed, to
from pipelines.periods import MONTHS, Period, financial_quarter, snapshot_month, survey_wave
from pipelines.settings import Paths, code_root

FILES = 500
FIRST_YEAR, LAST_YEAR = 2000, 2018
"""Years of the made-up workbooks: the supplied ones begin in the spring of 2019."""

DAYS_UNTIL_RECEIVED = 21
WAVES = ("Jan-Mar", "Apr-Jun", "Jul-Sep", "Oct-Dec")
NEXT_WAVE = "Jul-Sep 2021"
DISTRICTS = (
    "Bolton",
    "Bury",
    "Manchester",
    "Oldham",
    "Rochdale",
    "Salford",
    "Stockport",
    "Tameside",
    "Trafford",
    "Wigan",
)
RESPONSES = {
    "Strongly agree": 30,
    "Tend to agree": 44,
    "Neither agree nor disagree": 13,
    "Tend to disagree": 8,
    "Strongly disagree": 4,
    "Don't know": 1,
}
QUESTIONS = (
    "My local area is a place where people with different backgrounds get on well together",
    "My local area is a place where people look out for each other",
    "I feel a strong sense of belonging to my local area",
)

Rows = Sequence[Sequence[object]]


class Made(NamedTuple):
    """A made-up workbook: its source and name, its one sheet with rows, and the day on which it was received."""

    source: str
    name: str
    sheet: str
    rows: Rows
    received_on: date


def made_up() -> Iterator[Made]:
    """Workbooks of earlier years, the latest first, more of them than are wanted."""
    for year in range(LAST_YEAR, FIRST_YEAR - 1, -1):
        for number, wave in enumerate(WAVES, 1):
            yield survey(f"{wave} {year}")
            yield from of_quarter(f"{year}-{(year + 1) % 100:02} Q{number}", f"Q{number} {year}/{(year + 1) % 100:02}")
        for month in MONTHS:
            yield sector(f"{month.title()} {year}")


def survey(wave: str) -> Made:
    """A wave of the survey, as a list."""
    chance = random.Random(wave)
    bases = {district: chance.randrange(290, 330) for district in DISTRICTS}
    rows = [
        (wave, district, question, response, (usual + chance.randrange(-1, 2) * (usual > 4)) / 100, bases[district])
        for question in QUESTIONS
        for district in DISTRICTS
        for response, usual in RESPONSES.items()
    ]
    head = ("Wave", "Local authority", "Question", "Response", "Proportion", "Base (n)")
    name = f"GM Community Safety Survey {wave}.xlsx"
    return Made("community_safety_survey", name, "Data", [head, *rows], _received(survey_wave(wave)))


def of_quarter(quarter: str, in_words: str) -> Iterator[Made]:
    """What is supplied of a financial quarter such as `2018-19 Q2`, which sheets call `Q2 2018/19`."""
    chance, day = random.Random(quarter), _received(financial_quarter(quarter))
    stated = [
        ("Item", "Value"),
        ("External funding secured by VCSE organisations", f"£{chance.randrange(30_000, 60_000):,}"),
        ("Collaboration events held", chance.randrange(8, 16)),
    ]
    yield Made("sector_support", f"Sector3 monitoring {quarter}.xlsx", "Return", stated, day)
    active = [
        ("Programme", "Item", "Value", "As at"),
        ("Community champions", "Champion organisations", chance.randrange(15, 20), in_words),
        ("Volunteer hub", "Volunteers registered", f"More than {chance.randrange(29, 33)}0", in_words),
    ]
    yield Made("programme_activity", f"Programme activity {quarter}.xlsx", "Activity", active, day)
    said = [
        ("PI Code(s)", "Kind", "Commentary", "Status override", "Reason for override", "Author", "Approved on"),
        ("IN.2", "Note", f"Events of {in_words} were held as planned.", None, None, "Sector3", f"{day:%d/%m/%Y}"),
    ]
    yield Made("commentary", f"Commentary {quarter}.xlsx", "Commentary", said, day)


def sector(month: str) -> Made:
    """The size of the sector in a month: a group more in each, since a copy of another month's file is refused."""
    period = snapshot_month(month)
    assert period is not None
    groups = 1400 + 12 * (period.start.year - FIRST_YEAR) + period.start.month
    rows = [("Indicator", "Stockport"), ("Number of VCSE organisations", groups)]
    return Made("state_of_the_sector", f"State of the Sector {month}.xlsx", "Summary", rows, _received(period))


def _received(period: Period | None) -> date:
    assert period is not None
    return period.end + timedelta(days=DAYS_UNTIL_RECEIVED)


def write_workbook(folder: Path, made: Made) -> None:
    """Writes the workbook below its source's folder; the same bytes at any time."""
    (folder / made.source).mkdir(exist_ok=True)
    with xlsxwriter.Workbook(folder / made.source / made.name) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        sheet = book.add_worksheet(made.sheet)
        for number, row in enumerate(made.rows):
            sheet.write_row(number, 0, row)


def supply(raw: Path) -> None:
    """Adds made-up workbooks to those supplied until there are `FILES`, and their receipts to the register."""
    missing = FILES - sum(path.suffix == ".xlsx" for path in raw.glob("*/*.*"))
    with (raw / "received.csv").open("a", encoding="utf-8", newline="") as file:
        register = csv.writer(file, lineterminator="\n")
        for made in islice(made_up(), missing):
            write_workbook(raw, made)
            sha256 = hashlib.sha256((raw / made.source / made.name).read_bytes()).hexdigest()
            register.writerow([made.source, made.name, sha256, made.received_on])


def measure(smallest: bool) -> list[Ratio]:  # noqa: ARG001  there is one size
    """A nightly with one new file to one from nothing with all, and to one with nothing new."""
    with tempfile.TemporaryDirectory() as folder:
        held, clean = Paths(Path(folder) / "held"), Paths(Path(folder) / "clean")
        shutil.copytree(code_root() / "raw", held.raw, ignore=shutil.ignore_patterns("archive"))
        supply(held.raw)
        nightly(held)
        shutil.copytree(held.raw, clean.raw)
        write_workbook(clean.raw, survey(NEXT_WAVE))
        now = Paths(Path(folder) / "now")

        def from_nothing() -> Cost:
            shutil.rmtree(clean.warehouse, ignore_errors=True)
            return nightly(clean)

        def one_new() -> Cost:
            shutil.rmtree(now.root, ignore_errors=True)
            shutil.copytree(held.root, now.root, symlinks=True)
            write_workbook(now.raw, survey(NEXT_WAVE))
            return nightly(now)

        runs = {"one new": one_new, "nothing new": lambda: nightly(now), "from nothing": from_nothing}
        costs = medians_in_turn(runs)
        compared = _same_published(now, clean)
    return [
        to(
            f"one new file among {FILES} to a nightly from nothing",
            costs["one new"],
            costs["from nothing"],
            told=compared,
        ),
        to(f"one new file among {FILES} to a nightly with nothing new", costs["one new"], costs["nothing new"]),
    ]


def nightly(paths: Paths) -> Cost:
    """The cost of a nightly, which ends all when it publishes nothing or refuses a file."""
    home = paths.root / "dagster"
    if not home.exists():
        home.mkdir()
        shutil.copy(code_root() / ".dagster" / "dagster.yaml", home / "dagster.yaml")
    return timed([sys.executable, "-m", "pipelines.cli", "nightly", "--root", str(paths.root)], DAGSTER_HOME=str(home))


def _same_published(one: Paths, other: Paths) -> str:
    """Compares all tables and views of what the two published. Returns how many rows were equal."""
    copies = {paths: paths.root / f"{paths.root.name}.duckdb" for paths in (one, other)}
    for paths, copy in copies.items():
        shutil.copy(paths.published, copy)
    with duckdb.connect(str(copies[one]), read_only=True) as connection:
        named = "select schema_name || '.' || {0}_name from duckdb_{0}s() where not internal"
        found = connection.execute(f"{named.format('table')} union all {named.format('view')}").fetchall()
    return tables_agree(copies[one], copies[other], [name for (name,) in found])

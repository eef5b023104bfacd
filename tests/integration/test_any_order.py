"""Any order of arrival gives the same warehouse: corrected, re-saved, conflicting and refused editions among them."""

import csv
import hashlib
import os
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assets.sources import all_sources
from pipelines.ledger.register import read_supply, take_in
from pipelines.settings import Paths, code_root
from pipelines.warehouse import audit
from pipelines.warehouse.build import open_build
from pipelines.warehouse.checks import read_checks, run_check
from pipelines.warehouse.inputs import Inputs, gather, inputs_stamp
from pipelines.warehouse.models import read_models
from pipelines.warehouse.tables import build_tables
from tests.conftest import supply_as_first_received

ORDERS, EACH_BUILT = 50, 25
SOURCES = [source.name for source in all_sources()]
COURSES = "CE classroom based 2020-21"
FORECAST = "CE forecast 2021-22 Q2"
EDUCATION = "continuing_education"


@dataclass(frozen=True)
class Drop:
    """A file as it is dropped on a day."""

    source: str
    workbook: str
    content: bytes
    received_on: date


def saved_anew(content: Path, folder: Path, sheet: str = "", cell: str = "", value: float | str | None = None) -> bytes:
    """The workbook saved by another program, with one cell changed where a sheet is named."""
    book = openpyxl.load_workbook(content)
    if sheet:
        book[sheet][cell] = value
    path = folder / "saved.xlsx"
    book.save(path)
    return path.read_bytes()


@pytest.fixture(scope="module")
def drops(tmp_path_factory: pytest.TempPathFactory) -> list[Drop]:
    """The supplied editions, and of two of them: corrections, copies, a re-saved one, rivals, and one to be refused."""
    folder = tmp_path_factory.mktemp("drops")
    supply_as_first_received(folder)
    with (folder / "received.csv").open(encoding="utf-8", newline="") as register:
        supplied = [
            Drop(
                row["source"],
                row["workbook"],
                (folder / row["source"] / row["workbook"]).read_bytes(),
                date.fromisoformat(row["received_on"]),
            )
            for row in csv.DictReader(register)
        ]
    courses, forecast = folder / EDUCATION / f"{COURSES}.xlsx", folder / EDUCATION / f"{FORECAST}.xlsx"
    first = forecast.read_bytes()
    corrected = saved_anew(forecast, folder, "Forecast", "B4", 0.98)
    rival = saved_anew(forecast, folder, "Forecast", "B4", 0.99)
    other_rival = saved_anew(forecast, folder, "Forecast", "B4", 0.97)
    return [
        *supplied,
        Drop(EDUCATION, f"{FORECAST} copy.xlsx", first, date(2021, 10, 22)),
        Drop(EDUCATION, f"{FORECAST}.xlsx", corrected, date(2021, 11, 1)),
        Drop(EDUCATION, f"{FORECAST} v2.xlsx", rival, date(2021, 11, 2)),
        Drop(EDUCATION, f"{FORECAST} v3.xlsx", other_rival, date(2021, 11, 2)),
        Drop(EDUCATION, f"{FORECAST} back.xlsx", first, date(2021, 11, 9)),
        Drop(EDUCATION, f"{COURSES} again.xlsx", saved_anew(courses, folder), date(2021, 10, 15)),
        Drop(
            EDUCATION, f"{COURSES} v2.xlsx", saved_anew(courses, folder, "CBL", "D1", "Headcount"), date(2021, 10, 15)
        ),
    ]


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory, drops: list[Drop]) -> Paths:
    """An installation whose decisions accept one of the rivals, and retract what came after; and with a correction."""
    paths = Paths(tmp_path_factory.mktemp("any_order"))
    paths.corrections.mkdir(parents=True)
    accepted = next(drop for drop in drops if drop.workbook == f"{FORECAST} v2.xlsx")
    retracted = next(drop for drop in drops if drop.workbook == f"{FORECAST} back.xlsx")
    with paths.decisions.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["decided_on", "action", "source", "workbook", "sha256", "reason", "decided_by"])
        for day, action, drop in (("2021-11-05", "accept", accepted), ("2021-11-20", "retract", retracted)):
            sha256 = hashlib.sha256(drop.content).hexdigest()
            writer.writerow([day, action, drop.source, drop.workbook, sha256, "as agreed", "A. Officer"])
    (paths.corrections / f"{EDUCATION}.csv").write_text(
        "workbook,sheet,cell,expected,corrected,reason,confirmed_by,confirmed_on\n"
        f"{FORECAST}.xlsx,Forecast,B5,0.97,0.96,misread,A. Officer,2021-10-25\n",
        encoding="utf-8",
    )
    return paths


def arrive(paths: Paths, drops: list[Drop]) -> None:
    """Drops files one after the other into an installation that knows of none; what was staged stays staged."""
    paths.register.unlink(missing_ok=True)
    for source in SOURCES:
        shutil.rmtree(paths.raw / source, ignore_errors=True)
        (paths.raw / source).mkdir()
    for drop in drops:
        dropped = paths.raw / drop.source / drop.workbook
        dropped.write_bytes(drop.content)
        # copied long ago: nothing is waited for
        os.utime(dropped, (0, 0))
        take_in(paths, SOURCES, drop.received_on)


def staged_and_audited(inputs: Inputs) -> dict[str, object]:
    """All that a build is made of: the staged tables row for row in their order, and the rows of audit tables."""
    ledger = inputs.ledger
    audited: dict[str, list[dict[str, Any]]] = {
        "workbook": audit.workbook_rows(ledger.editions, inputs.ignored, inputs.withdrawn),
        "rejected_cell": audit.rejected_rows(ledger.editions),
        "row_set_aside": audit.set_aside_rows(ledger.editions),
        "edition_difference": audit.difference_rows(ledger.differences),
        "decision": audit.decision_rows(ledger.decisions),
        "correction": audit.correction_rows(ledger.corrections),
    }
    staged = {f"staged.{name}": frame.rows() for name, frame in inputs.staged.items()}
    return {**staged, **{name: sorted(map(repr, rows)) for name, rows in audited.items()}}


def content_hashes(paths: Paths, inputs: Inputs) -> dict[str, str]:
    """Hash of the rows of every table of the warehouse built from these inputs, `audit.build` left out."""
    stamp = inputs_stamp(paths, read_supply(paths, SOURCES), code_root())
    models, checks = read_models(code_root() / "sql"), read_checks(code_root() / "sql")
    with open_build(paths.build / "any_order.duckdb", inputs.staged) as connection:
        for _ in build_tables(connection, models, inputs, all_sources(), stamp, paths.kept_lineage):
            pass
        assert [check.name for check in checks if check.blocking and run_check(connection, check).wrong] == []
        names = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where database_name = 'published'"
        ).fetchall()
        return {
            name: hashlib.sha256(repr(connection.execute(f"from {name} order by all").fetchall()).encode()).hexdigest()
            for (name,) in names
            if name != "audit.build"
        }


def orders(drops: list[Drop]) -> Iterator[list[Drop]]:
    for seed in range(ORDERS):
        shuffled = list(drops)
        random.Random(seed).shuffle(shuffled)
        yield shuffled


def test_fifty_orders_of_arrival_give_the_same_warehouse(paths: Paths, drops: list[Drop]) -> None:
    arrive(paths, sorted(drops, key=lambda drop: drop.received_on))
    inputs = gather(all_sources(), paths, code_root())
    expected, expected_tables = staged_and_audited(inputs), content_hashes(paths, inputs)
    assert len(expected_tables) > 40
    for number, order in enumerate(orders(drops), 1):
        arrive(paths, order)
        inputs = gather(all_sources(), paths, code_root())
        found = staged_and_audited(inputs)
        assert {name for name in expected if found[name] != expected[name]} == set()
        # builds from equal rows in equal order are equal: some are made, to see that nothing else plays a part
        if number % EACH_BUILT == 0:
            tables = content_hashes(paths, inputs)
            assert {name for name in expected_tables if tables[name] != expected_tables[name]} == set()


def test_the_editions_meet_every_fate(paths: Paths, drops: list[Drop]) -> None:
    arrive(paths, drops)
    ledger = gather(all_sources(), paths, code_root()).ledger
    outcomes = {edition.outcome for edition in ledger.editions}
    assert outcomes == {"loaded", "superseded", "conflict", "duplicate", "alias", "retracted", "quarantined"}
    assert [effect.has_effect for effect in ledger.decisions] == [True, True]
    assert {effect.state for effect in ledger.corrections} == {"applied"}
    assert any(edition.is_corrected_later for edition in ledger.editions)

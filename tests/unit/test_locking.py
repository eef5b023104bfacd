"""Locking, signing off and restating a quarter: what is written into raw/, and when nothing is."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines.cli import main
from pipelines.ledger.decisions import read_decisions
from pipelines.ledger.locks import FIGURES, LockError, Locks, read_locks
from pipelines.ledger.register import today
from pipelines.locking import NotDecided, Signature, lock_quarter, record_erratum, sign_off
from pipelines.settings import Paths
from tests.sql.harness import column_types

QUARTER = "2021-22-Q2"
CUT_OFF = date(2021, 11, 12)
SIGNED = Signature("A. Officer", "Director of Place", "reported, to committee", date(2021, 12, 9))
STATUS_AS_AT = """
create macro marts.status_as_at(as_at_day) as table
select * replace (case when as_at_day >= date '2021-12-01' then 99 else value end as value) from marts.computed_status
"""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """An installation that has published two measures of one quarter; as of December 2021 both are 99."""
    paths = Paths(tmp_path)
    paths.published.parent.mkdir(parents=True)
    paths.raw.mkdir()
    with duckdb.connect(str(paths.published)) as connection:
        connection.execute("create schema marts")
        for table in ("measure_status", "computed_status"):
            columns = ", ".join(f"{name} {kind}" for name, kind in column_types()[f"marts.{table}"].items())
            connection.execute(f"create table marts.{table} ({columns})")
            insert = f"insert into marts.{table} (report_quarter, measure_code, value, commentary) values (?, ?, ?, ?)"
            connection.executemany(insert, [(QUARTER, "IN.16", 94, 'one\n"two", three'), (QUARTER, "IN.17", 97, None)])
        quarters = f"select '{QUARTER}' as report_quarter, date '{CUT_OFF}' as known_by"
        connection.execute(f"create table marts.reporting_quarter as {quarters}")
        connection.execute(STATUS_AS_AT)
    return paths


def compute_anew(paths: Paths, measure: str, value: int) -> None:
    with duckdb.connect(str(paths.published)) as connection:
        connection.execute("update marts.computed_status set value = ? where measure_code = ?", [value, measure])


def locks(paths: Paths) -> Locks:
    found = read_locks(paths.locked, read_decisions(paths.decisions))
    assert all(effect.has_effect for effect in found.effects)
    assert found.strays == []
    return found


def values(paths: Paths) -> dict[str, Decimal]:
    return {code: row["value"] for code, row in locks(paths).figures[QUARTER].items()}


def test_what_is_locked_are_the_figures_as_they_are_published(paths: Paths) -> None:
    decision = lock_quarter(paths, QUARTER, SIGNED)
    assert values(paths) == {"IN.16": Decimal(94), "IN.17": Decimal(97)}
    assert locks(paths).figures[QUARTER]["IN.16"]["commentary"] == 'one\n"two", three'
    [line] = read_decisions(paths.decisions)
    assert (line.decided_on, line.action, line.sha256) == (SIGNED.day, "lock", decision.sha256)
    assert (line.decided_by, line.role, line.reason) == ("A. Officer", "Director of Place", "reported, to committee")


def test_every_column_of_the_status_is_locked() -> None:
    columns = column_types()["marts.measure_status"]
    assert ["report_quarter", "measure_code", *FIGURES] == list(columns)
    assert columns == column_types()["marts.computed_status"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_lines_that_were_there_stay_as_they_are(paths: Paths, line_end: str) -> None:
    heading, sha256 = "decided_on,action,source,workbook,sha256,reason,decided_by", "ab" * 32
    line = f'2021-10-05,accept,s,a.xlsx,{sha256},"checked, by phone",A. Officer'
    paths.decisions.write_text(line_end.join([heading, line]), encoding="utf-8", newline="")
    lock_quarter(paths, QUARTER, SIGNED)
    written = paths.decisions.read_bytes().decode().split(line_end)
    assert written[:2] == [f"{heading},role", line]
    assert [decision.action for decision in read_decisions(paths.decisions)] == ["accept", "lock"]


def test_a_quarter_is_locked_once(paths: Paths) -> None:
    lock_quarter(paths, QUARTER, SIGNED)
    before = paths.decisions.read_bytes()
    with pytest.raises(NotDecided, match="is locked already, since 09/12/2021"):
        lock_quarter(paths, QUARTER, SIGNED)
    assert paths.decisions.read_bytes() == before


def test_an_unknown_quarter_cannot_be_locked(paths: Paths) -> None:
    with pytest.raises(NotDecided, match=r"'2035-36-Q1' is not a reporting quarter .* Known are: 2021-22-Q2"):
        lock_quarter(paths, "2035-36-Q1", SIGNED)
    assert list(paths.raw.iterdir()) == []


def test_a_sign_off_names_the_figures_that_were_locked(paths: Paths) -> None:
    lock = lock_quarter(paths, QUARTER, SIGNED)
    assert sign_off(paths, QUARTER, SIGNED).sha256 == lock.sha256
    assert [decision.action for decision in locks(paths).decisions] == ["lock", "sign_off"]


def test_what_is_not_locked_is_neither_signed_off_nor_restated(paths: Paths) -> None:
    for attempt in (lambda: sign_off(paths, QUARTER, SIGNED), lambda: record_erratum(paths, QUARTER, "IN.16", SIGNED)):
        with pytest.raises(NotDecided, match="2021-22-Q2 is not locked"):
            attempt()
    assert list(paths.raw.iterdir()) == []


def test_an_erratum_lets_the_new_figure_of_one_measure_through(paths: Paths) -> None:
    lock_quarter(paths, QUARTER, SIGNED)
    compute_anew(paths, "IN.16", 98)
    compute_anew(paths, "IN.17", 90)
    decision, changes = record_erratum(paths, QUARTER, "in.16", SIGNED)
    assert [(change.figure, change.old, change.new) for change in changes] == [("value", Decimal(94), Decimal(98))]
    assert (decision.workbook, decision.measure) == ("2021-22-Q2 IN.16 erratum 1.csv", "IN.16")
    assert values(paths) == {"IN.16": Decimal(98), "IN.17": Decimal(97)}


def test_a_second_erratum_has_a_file_of_its_own(paths: Paths) -> None:
    lock_quarter(paths, QUARTER, SIGNED)
    for value in (98, 96):
        compute_anew(paths, "IN.16", value)
        decision, _ = record_erratum(paths, QUARTER, "IN.16", SIGNED)
    assert decision.workbook == "2021-22-Q2 IN.16 erratum 2.csv"
    assert values(paths)["IN.16"] == Decimal(96)


def test_an_erratum_may_take_what_became_known_later(paths: Paths) -> None:
    lock_quarter(paths, QUARTER, SIGNED)
    record_erratum(paths, QUARTER, "IN.16", SIGNED, date(2021, 12, 1))
    row = locks(paths).figures[QUARTER]["IN.16"]
    assert (row["value"], row["known_by"]) == (Decimal(99), date(2021, 12, 1))


@pytest.mark.parametrize(
    ("measure", "known_on", "why"),
    [
        pytest.param("IN.16", None, "are those that are published; --as-at", id="nothing_new"),
        pytest.param("IN.16", date(2021, 11, 13), "are those that are published$", id="nothing_new_by_that_day"),
        pytest.param("IN.16", CUT_OFF, "must be a day after the quarter's cut-off, 12/11/2021", id="at_the_cut_off"),
        pytest.param("IN.16", SIGNED.day + timedelta(1), "and not to come", id="to_come"),
        pytest.param("IN.99", None, "'IN.99' is not among the figures .*: IN.16, IN.17", id="unknown_measure"),
    ],
)
def test_an_erratum_that_restates_nothing_is_not_recorded(
    paths: Paths, measure: str, known_on: date | None, why: str
) -> None:
    lock_quarter(paths, QUARTER, SIGNED)
    before = paths.decisions.read_bytes()
    with pytest.raises(NotDecided, match=why):
        record_erratum(paths, QUARTER, measure, SIGNED, known_on)
    assert paths.decisions.read_bytes() == before
    assert [path.name for path in paths.locked.iterdir()] == ["2021-22-Q2.csv"]


def test_a_measure_that_is_not_computed_any_more_has_no_new_figures(paths: Paths) -> None:
    lock_quarter(paths, QUARTER, SIGNED)
    with duckdb.connect(str(paths.published)) as connection:
        connection.execute("delete from marts.computed_status where measure_code = 'IN.16'")
    with pytest.raises(NotDecided, match=r"nothing is computed for IN\.16"):
        record_erratum(paths, QUARTER, "IN.16", SIGNED)


def test_nothing_is_decided_beside_figures_that_were_tampered_with(paths: Paths) -> None:
    lock_quarter(paths, QUARTER, SIGNED)
    with (paths.locked / "2021-22-Q2.csv").open("a") as file:
        file.write("\n")
    with pytest.raises(LockError, match="has changed since"):
        sign_off(paths, QUARTER, SIGNED)


BY = ["--who", "A. Officer", "--role", "Director", "--why", "agreed"]


def test_the_commands_say_what_they_did(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    root = [*BY, "--root", str(paths.root)]
    assert main(["lock", "2021-22-q2", *root]) == 0
    assert "Locked: 2021-22-Q2, as it is published now." in capsys.readouterr().out
    assert main(["sign-off", QUARTER, *root]) == 0
    assert "Signed off: 2021-22-Q2, by A. Officer, Director." in capsys.readouterr().out
    assert main(["erratum", QUARTER, "IN.16", "--as-at", "2021-12-01", *root]) == 0
    said = capsys.readouterr().out
    assert "value: 99.000000, was 94" in said and "from the next run of `neighbourhoods nightly` on" in said
    assert {decision.decided_on for decision in read_decisions(paths.decisions)} == {today()}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(["lock", "2035-36-Q1", *BY], 1, "is not a reporting quarter", id="unknown_quarter"),
        pytest.param(["sign-off", QUARTER, *BY], 1, "`neighbourhoods lock 2021-22-Q2` locks it", id="not_locked"),
        pytest.param(["lock", QUARTER, *BY[:-1], " "], 64, "must say something", id="no_reason"),
    ],
)
def test_a_command_that_cannot_be_done_writes_nothing(
    paths: Paths, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    assert main([*arguments, "--root", str(paths.root)]) == code
    assert said in capsys.readouterr().err
    assert list(paths.raw.iterdir()) == []


def test_a_decision_without_a_name_is_wrong_usage(paths: Paths) -> None:
    with pytest.raises(SystemExit) as exit_of:
        main(["lock", QUARTER, "--role", "Director", "--why", "agreed", "--root", str(paths.root)])
    assert exit_of.value.code == 64


def test_nothing_is_locked_before_anything_is_published(tmp_path: Path) -> None:
    with pytest.raises(NotDecided, match="nothing is published"):
        lock_quarter(Paths(tmp_path), QUARTER, SIGNED)

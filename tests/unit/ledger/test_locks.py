"""Locked files and the decisions that rest on them: what has an effect, what has none and why, what stops the run."""

import os
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.ledger.decisions import Decision, DecisionError, read_decisions
from pipelines.ledger.locks import FIELDS, FIGURES, LockError, Locks, locked_text, read_locks
from pipelines.versions import bytes_sha256

QUARTER = "2021-22-Q2"
CUT_OFF = date(2021, 11, 12)
SHA = "ab" * 32


def row(code: str = "IN.16", value: str | None = "94", **changes: Any) -> dict[str, Any]:
    figures = dict.fromkeys(FIGURES) | {"value": None if value is None else Decimal(value), "status": "A"}
    return {"report_quarter": QUARTER, "measure_code": code, "known_by": CUT_OFF, **figures, **changes}


def decided(folder: Path, day: int, action: str, *rows: dict[str, Any], name: str = f"{QUARTER}.csv") -> Decision:
    """A decision of a day of December, and its file where rows are given."""
    if rows:
        (folder / name).write_text(locked_text(rows), encoding="utf-8", newline="")
    sha256 = bytes_sha256((folder / name).read_bytes()) if (folder / name).exists() else SHA
    return Decision(date(2021, 12, day), action, "locked", name, sha256, "agreed", "A. Officer", day + 1, "Director")


ERRATUM = f"{QUARTER} IN.16 erratum 1.csv"


def published(locks: Locks) -> Mapping[str, Any]:
    return {code: figures["value"] for code, figures in locks.figures.get(QUARTER, {}).items()}


def effects(locks: Locks) -> list[bool]:
    return [effect.has_effect for effect in locks.effects]


def test_a_lock_keeps_its_figures_and_an_erratum_restates_one(tmp_path: Path) -> None:
    lock = decided(tmp_path, 1, "lock", row(), row("IN.17", "97"))
    erratum = decided(tmp_path, 3, "erratum", row(value="98"), name=ERRATUM)
    locks = read_locks(tmp_path, [erratum, decided(tmp_path, 2, "sign_off"), lock])
    assert effects(locks) == [True, True, True]
    assert published(locks) == {"IN.16": Decimal(98), "IN.17": Decimal(97)}
    assert [(each["decision_order"], each["measure_code"]) for each in locks.rows] == [
        (1, "IN.16"),
        (1, "IN.17"),
        (3, "IN.16"),
    ]
    assert [each["action"] for each in locks.decision_rows] == ["lock", "sign_off", "erratum"]
    assert locks.strays == []


@pytest.mark.parametrize(
    ("days", "action", "why"),
    [
        pytest.param((1, 2), "lock", "was locked already, on 01/12/2021", id="locked_twice"),
        pytest.param((2, 1), "sign_off", "was not locked by 01/12/2021", id="signed_off_before_it_is_locked"),
        pytest.param((2, 1), "erratum", "was not locked by 01/12/2021", id="restated_before_it_is_locked"),
    ],
)
def test_a_decision_that_does_not_fit_has_no_effect_and_says_why(
    tmp_path: Path, days: tuple[int, int], action: str, why: str
) -> None:
    lock = decided(tmp_path, days[0], "lock", row())
    rows, name = ([row(value="98")], ERRATUM) if action == "erratum" else ([], f"{QUARTER}.csv")
    locks = read_locks(tmp_path, [lock, decided(tmp_path, days[1], action, *rows, name=name)])
    assert published(locks) == {"IN.16": Decimal(94)}
    [effect] = [effect for effect in locks.effects if not effect.has_effect]
    assert why in effect.effect and "mend or remove the line" in effect.effect


def test_an_erratum_of_a_quarter_that_is_not_locked_has_no_effect(tmp_path: Path) -> None:
    locks = read_locks(tmp_path, [decided(tmp_path, 1, "erratum", row(), name=ERRATUM)])
    assert (effects(locks), locks.figures, locks.rows) == ([False], {}, [])


def test_an_erratum_of_a_measure_that_was_not_locked_has_no_effect(tmp_path: Path) -> None:
    lock = decided(tmp_path, 1, "lock", row("IN.17"))
    locks = read_locks(tmp_path, [lock, decided(tmp_path, 2, "erratum", row(), name=ERRATUM)])
    assert effects(locks) == [True, False]
    assert "IN.16 is not among the figures that were locked" in locks.effects[1].effect


def test_an_erratum_recorded_twice_counts_once(tmp_path: Path) -> None:
    lock = decided(tmp_path, 1, "lock", row())
    twice = [decided(tmp_path, day, "erratum", row(value="98"), name=ERRATUM) for day in (2, 3)]
    assert effects(read_locks(tmp_path, [lock, *twice])) == [True, True, False]


def test_a_sign_off_of_other_figures_has_no_effect(tmp_path: Path) -> None:
    lock = decided(tmp_path, 1, "lock", row())
    other = Decision(date(2021, 12, 2), "sign_off", "locked", f"{QUARTER}.csv", SHA, "agreed", "A. Officer", 3, "Chair")
    locks = read_locks(tmp_path, [lock, other])
    assert effects(locks) == [True, False]
    assert "sha256 is not that of the figures that were locked" in locks.effects[1].effect


def test_a_file_that_was_changed_stops_everything(tmp_path: Path) -> None:
    lock = decided(tmp_path, 1, "lock", row())
    path = tmp_path / f"{QUARTER}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("94", "95"), encoding="utf-8", newline="")
    with pytest.raises(LockError, match=r"2021-22-Q2\.csv has changed since A\. Officer decided on it, in line 2"):
        read_locks(tmp_path, [lock])


def test_a_file_that_is_gone_stops_everything(tmp_path: Path) -> None:
    lock = decided(tmp_path, 1, "lock", row())
    (tmp_path / f"{QUARTER}.csv").unlink()
    with pytest.raises(LockError, match=r"2021-22-Q2\.csv is missing"):
        read_locks(tmp_path, [lock])


def test_a_file_that_no_decision_names_is_a_stray(tmp_path: Path) -> None:
    decided(tmp_path, 1, "lock", row())
    (tmp_path / ".hidden").write_text("")
    (tmp_path / os.fsdecode(b"Q1 \xa3.csv")).write_text("")
    locks = read_locks(tmp_path, [])
    assert (locks.strays, locks.figures) == ([f"{QUARTER}.csv", r"Q1 \udca3.csv"], {})


@pytest.mark.parametrize(
    ("rows", "name", "action", "said"),
    [
        pytest.param([row(report_quarter="2021-22-Q1")], f"{QUARTER}.csv", "lock", "once for each", id="other_quarter"),
        pytest.param([row(), row()], f"{QUARTER}.csv", "lock", "once for each measure", id="a_measure_twice"),
        pytest.param([row("IN.17")], ERRATUM, "erratum", "of IN.16 alone", id="erratum_of_another_measure"),
        pytest.param([row(target_value="94%")], f"{QUARTER}.csv", "lock", "'94%' is not a figure", id="no_number"),
        pytest.param([row(target_value="NaN")], f"{QUARTER}.csv", "lock", "'NaN' is not a figure", id="not_a_number"),
        pytest.param([row(status_robust="yes")], f"{QUARTER}.csv", "lock", "neither true nor false", id="no_boolean"),
        pytest.param([row(known_by="soon")], f"{QUARTER}.csv", "lock", "line 2: Invalid isoformat", id="no_day"),
    ],
)
def test_a_file_that_says_something_else_is_refused(
    tmp_path: Path, rows: list[dict[str, Any]], name: str, action: str, said: str
) -> None:
    before = [decided(tmp_path, 1, "lock", row(), row("IN.17"))] if action == "erratum" else []
    with pytest.raises(LockError, match=said):
        read_locks(tmp_path, [*before, decided(tmp_path, 2, action, *rows, name=name)])


def test_an_empty_file_locks_nothing_and_is_refused(tmp_path: Path) -> None:
    (tmp_path / f"{QUARTER}.csv").write_text(f"{','.join(FIELDS)}\n", encoding="utf-8")
    with pytest.raises(LockError, match="must hold figures"):
        read_locks(tmp_path, [decided(tmp_path, 1, "lock")])


TEXTS = st.none() | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Z"]), min_size=1)
NUMBERS = st.none() | st.decimals(min_value=Decimal(-(10**20)), max_value=Decimal(10**20), places=6, allow_nan=False)


@given(text=TEXTS, more=TEXTS, value=NUMBERS, target=NUMBERS, robust=st.sampled_from([True, False, None]))
def test_what_is_locked_is_read_as_it_was_published(
    tmp_path_factory: pytest.TempPathFactory,
    text: str | None,
    more: str | None,
    value: Decimal | None,
    target: Decimal | None,
    robust: bool | None,
) -> None:
    folder = tmp_path_factory.mktemp("locked")
    said = text and f'{text}\n"{more}", {text}'
    figures = row(commentary=said, measure_name=more, target_value=target, status_robust=robust) | {"value": value}
    locks = read_locks(folder, [decided(folder, 1, "lock", figures, row("IN.17"))])
    kept = locks.figures[QUARTER]["IN.16"]
    assert {name: kept[name] for name in FIGURES} == {name: figures[name] for name in FIGURES}
    assert [each["line_number"] for each in locks.rows] == [2, 3]


HEADER = "decided_on,action,source,workbook,sha256,reason,decided_by,role\n"


def test_decisions_of_quarters_are_read_beside_those_of_files(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    lines = [
        f"2021-10-05,accept,s,a.xlsx,{SHA},why,who",
        f"2021-12-01,Lock,locked,2021-22-Q2.csv,{SHA},why,who,Director",
        f"2021-12-02,erratum,locked,{ERRATUM},{SHA},why,who,Chair",
    ]
    path.write_text(HEADER + "\n".join(lines), encoding="utf-8")
    accept, lock, erratum = read_decisions(path)
    assert (accept.role, accept.quarter, accept.measure) == ("", "", "")
    assert (lock.action, lock.role, lock.quarter, lock.measure) == ("lock", "Director", QUARTER, "")
    assert (erratum.quarter, erratum.measure) == (QUARTER, "IN.16")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("lock,locked,2021-22-Q2.csv,{sha},why,who", "for lock the column role must be filled", id="role"),
        pytest.param("accept,s,a.xlsx,{sha},why, as said,who", "for accept the column role must be blank", id="comma"),
        pytest.param("lock,other,2021-22-Q2.csv,{sha},why,who,r", "lock needs the source locked", id="source"),
        pytest.param("lock,locked,2021-22-Q5.csv,{sha},why,who,r", "such as '2021-22-Q2.csv'", id="no_such_quarter"),
        pytest.param("lock,locked,2021-23-Q2.csv,{sha},why,who,r", "such as '2021-22-Q2.csv'", id="no_such_year"),
        pytest.param("lock,locked,../2021-22-Q2.csv,{sha},why,who,r", "such as '2021-22-Q2.csv'", id="another_folder"),
        pytest.param(f"lock,locked,{ERRATUM},{{sha}},why,who,r", "such as '2021-22-Q2.csv'", id="lock_of_an_erratum"),
        pytest.param("erratum,locked,2021-22-Q2.csv,{sha},why,who,r", "IN.16 erratum 1.csv", id="no_measure"),
    ],
)
def test_line_that_is_no_decision_of_a_quarter_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(f"{HEADER}2021-12-01,{line.format(sha=SHA)}\n", encoding="utf-8")
    with pytest.raises(DecisionError, match=f"line 2: .*{said}"):
        read_decisions(path)

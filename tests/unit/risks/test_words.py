"""How risks are worded: every kind has words, and says the figures as they are printed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pipelines.risks.words import reason_in_words
from tests.sql.harness import run


def risk(kind: str = "red", **changes: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "kind": kind,
        "subject_kind": "measure",
        "unit": "%",
        "year_type": "academic",
        "basis": "forecast",
    }
    row |= {"value": Decimal("41"), "value_kind": "forecast", "value_period": "2021-22 academic", "shown_status": "R"}
    row |= {"against_value": Decimal("45"), "against_period": None, "gap_pct": Decimal("8.888889"), "said": None}
    row |= {"due_on": date(2021, 7, 31), "grace_until": date(2021, 8, 14), "counted": 1, "counted_of": 3}
    return row | {"source_title": "Crime", "source_sent_on": date(2021, 7, 15)} | changes


AGAINST_2020 = {"against_period": "2020-21 academic"}
SNAPSHOTS = {"value_kind": None, "year_type": "snapshot", "value_period": "2022-03", "against_period": "2021-10"}
SCORES = {"value": Decimal("34.8"), "against_value": Decimal("36.25"), "gap_pct": Decimal("-4")}
OF_A_SUCCESSOR = {"value_kind": None, "year_type": None, "value_period": "2022", "against_period": "2021"}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (risk(), "41% (2021/22, forecast) against a target of 45%: 8.9% of the target short."),
        (
            risk("amber", basis="year_to_date", value_kind="actual"),
            "41% (2021/22) against a target of 45%: 8.9% of the target short, on the year to date.",
        ),
        (
            risk("supply_failure", counted=6, value_period="2021-22-Q2", against_period="2020-21-Q1"),
            "No figure for 6 periods running, 2020/21 Q1 to 2021/22 Q2.",
        ),
        (
            risk("late", value_period="2020-21"),
            "The figure of 2020-21 was due on 31 July 2021 and is late: Crime last sent a file on 15 July 2021.",
        ),
        (
            risk("source_overdue", subject_kind="source", value_period="2020-21"),
            "Its file of 2020-21 was due on 31 July 2021. It last sent one on 15 July 2021.",
        ),
        (
            risk("worsening", basis="projected year-end against previous", **AGAINST_2020),
            "The projected year-end changed by +8.9% from 45% (2020/21); now 41% (2021/22, forecast).",
        ),
        (
            risk("trend_not_robust", gap_pct=Decimal("-0.04"), **AGAINST_2020),
            "Changed by 0% from 45% (2020/21): another trend for some figures that print the same.",
        ),
        (
            risk("target_weaker", basis="now", value=Decimal("1e5"), unit="£", value_period="2021-22", **AGAINST_2020),
            "The target of £100,000 for 2021/22 asks for less than the £45 (2020/21) that was reached,"
            " which became known since.",
        ),
        (
            risk("forecast_missed", **SNAPSHOTS),
            "1 of 3 earlier forecasts (forecast) missed. The worst: 41% (March 2022) was forecast and"
            " 45% (October 2021) came, 8.9% apart.",
        ),
        (
            risk("action_overdue", value_period=None),
            "Was due by 31 July 2021, and nothing says that it was done.",
        ),
        (
            risk("successor_worse", basis="related subject", unit="Score per pupil", **OF_A_SUCCESSOR | SCORES),
            "34.8 (2022), before that 36.25 (2021): changed by −4%. Related subject.",
        ),
        (
            risk("successor_worse", basis="same subject", **OF_A_SUCCESSOR),
            "41% (2022), before that 45% (2021): changed by +8.9%. Same subject.",
        ),
    ],
)  # fmt: skip
def test_a_risk_is_worded(row: dict[str, Any], reason: str) -> None:
    assert reason_in_words(row) == reason


def test_every_kind_has_words() -> None:
    kinds = [row["kind"] for row in run("marts.risk_kind", {})]
    assert len(kinds) == 17
    assert all(reason_in_words(risk(kind, **AGAINST_2020)).endswith(".") for kind in kinds)

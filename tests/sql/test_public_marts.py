"""What the public sees of ratings, grants, events, applications; and that no count of people is left open."""

from collections import defaultdict

import pytest

from tests.sql.harness import Given, Row, column_types, day, dec, models, run, run_one
from tests.sql.test_grant_scheme import SPRING, payment, workbook
from tests.sql.test_layers import links_of

STATUS: Row = {
    "report_quarter": "2021-22-Q2",
    "measure_code": "IN.5",
    "value": dec("3"),
    "value_period": "2021-22 to Q2",
    "previous_value": dec("4"),
    "previous_period": "2020-21",
    "target_value": dec("2"),
    "shortfall_pct": dec("50"),
    "status": "R",
    "change_pct": dec("-25"),
    "trend": "better",
    "commentary": "Fewer than before",
}


def status(*withheld: str) -> Row:
    periods = [{"measure_code": "IN.5", "period_label": label} for label in withheld]
    given: Given = {"marts.measure_status": [STATUS], "marts.disclosure_period": periods}
    return run_one("marts.public_measure_status", given)


def test_a_status_beside_a_suppressed_value_would_give_it_away() -> None:
    row = status("2021-22 to Q2")
    hidden = {"value", "shortfall_pct", "status", "change_pct", "trend", "status_robust", "trend_robust"}
    assert {name for name in hidden if row[name] is not None} == set()
    assert (row["status_reason"], row["trend_reason"]) == ("suppressed", "suppressed")
    assert (row["target_value"], row["previous_value"], row["commentary"]) == (2, 4, "Fewer than before")


def test_a_suppressed_previous_value_takes_the_trend_and_leaves_the_status() -> None:
    row = status("2020-21")
    assert (row["value"], row["status"], row["previous_value"]) == (3, "R", None)
    assert (row["trend"], row["change_pct"], row["trend_reason"]) == (None, None, "suppressed")


def test_nothing_suppressed_leaves_a_rating_as_it_is() -> None:
    assert status("2019-20") | STATUS == status("2019-20")


def test_a_suppressed_quarter_takes_the_year_so_far_with_it() -> None:
    shown: Row = {"table_name": "observation", "figure": "value", "component": "total", "measure_code": "IN.5"}
    quarter = shown | {"period_label": "2021-22-Q2", "year_type": "quarter"}
    labels = {row["period_label"] for row in run("marts.disclosure_period", {"marts.suppression": [quarter]})}
    assert {"2021-22-Q2", "2021-22", "2021-22 to Q2", "2021-22 to Q3"} <= labels
    assert "2021-22-Q1" not in labels


def paid(*residents: int | None) -> Given:
    recipients = [
        payment(number, "2021-07-20", "100", people, recipient=f"Recipient {number}")
        for number, people in enumerate(residents, 5)
    ]
    return workbook([SPRING], recipients)


def test_few_residents_of_a_recipient_are_suppressed_with_what_they_cost_and_the_next_recipient() -> None:
    rows = run("marts.public_grants", paid(3, 10, 20))
    assert [row["residents_count"] for row in rows] == [None, None, 20]
    assert [row["cost_per_resident_pounds"] for row in rows] == [None, None, 5]
    assert [row["paid_pounds"] for row in rows] == [100, 100, 100]
    assert run_one("marts.public_grant_scheme", paid(3, 10, 20))["residents_count"] == 33


def test_few_residents_of_a_scheme_of_one_recipient_are_suppressed_in_both() -> None:
    assert run_one("marts.public_grants", paid(4))["residents_count"] is None
    assert run_one("marts.public_grant_scheme", paid(4))["cost_per_resident_pounds"] is None


def test_a_recipient_that_nobody_counted_for_is_not_suppressed() -> None:
    rows = run("marts.suppression", paid(None, 10, 20))
    assert rows == []


@pytest.mark.parametrize(("came", "shown"), [(4, None), (5, 5), (0, 0)])
def test_few_people_at_events_of_a_kind(came: int, shown: int | None) -> None:
    event: Row = {"period_label": "2021-22-Q2", "event": "Workshop", "as_at": day("2021-10-11")}
    counted = {"workbook_sha256": "one", "attendance_count": came, "event_count": 1}
    given = {"marts.sector_event": [event | counted]}
    row = run_one("marts.public_sector_event", given)
    assert (row["attendance_count"], row["event_count"]) == (shown, 1)


def test_who_got_no_grant_is_not_named() -> None:
    rows: list[Row] = [
        {"reference": "1", "organisation": "Choir", "is_awarded": True},
        {"reference": "2", "organisation": "Gardeners", "is_awarded": False},
    ]
    shown = run("marts.public_local_fund_application", {"marts.local_fund_application": rows})
    assert [row["organisation"] for row in shown] == ["Choir", "[c]"]


def test_an_author_who_is_no_team_is_not_named() -> None:
    texts = [{"measure_code": "IN.16", "author": author} for author in ("Policy", "J. Smith")]
    given: Given = {"marts.commentary": texts, "marts.measure": [{"measure_code": "IN.16", "owner": "Policy"}]}
    assert {row["author"] for row in run("marts.public_commentary", given)} == {"Policy", "[c]"}


@pytest.mark.parametrize("name", sorted(name for name in models() if name.startswith("marts.public_")))
def test_a_public_mart_has_the_columns_of_the_one_it_stands_for(name: str) -> None:
    assert column_types()[name] == column_types()[name.replace("public_", "")]


PEOPLE = {
    ("measures.figure", "amount"),
    ("measures.figure", "cell_text"),
    ("staging.dwp_grants_payment", "residents_count"),
    ("staging.dwp_grants_payment", "households_count"),
    ("staging.sector_support_event", "attendance_count"),
}
"""Where figures come from that may count people."""

FIGURE_TYPES = ("DECIMAL", "BIGINT", "HUGEINT", "DOUBLE")

NOT_PEOPLE = {
    "marts.sector": "organisations",
    "marts.survey": "answers of a sample",
    "marts.survey_interval": "answers of a sample",
    "marts.survey_change": "answers of a sample",
    "marts.survey_pair": "answers of a sample",
}
ONLY_COUNTS_FIGURES = {"days_before_end", "directions_right", "directions_known", "counted"}


def people_columns() -> set[tuple[str, str]]:
    """Columns of marts that hold figures made, over any number of steps, of what may count people."""
    made_of = defaultdict(set)
    for model in models().values():
        for link in links_of(model):
            made_of[link.upstream_table, link.upstream_column].add((link.table_name, link.column_name))
    found, queue = set(PEOPLE), list(PEOPLE)
    while queue:
        for column in made_of[queue.pop()] - found:
            found.add(column)
            queue.append(column)
    return {
        (table, column)
        for table, column in found
        if table.startswith("marts.") and column_types()[table][column].startswith(FIGURE_TYPES)
    }


def test_every_figure_that_may_count_people_is_behind_the_door() -> None:
    covered = {
        (row["table_name"], column)
        for row in run("staging.disclosure_mask", {})
        for column in (*row["emptied"], *row["marked"], *row["told"], *row["blurred"])
    }
    public = {name.replace("public_", "") for name in models() if name.startswith("marts.public_")}
    open_figures = {
        (table, column)
        for table, column in people_columns() - covered
        if table not in public | NOT_PEOPLE.keys()
        and not table.startswith(("marts.public_", "marts.disclosure_"))
        and column not in ONLY_COUNTS_FIGURES
    }
    assert open_figures == set()


NO_PEOPLE_IN = {
    "staged.receipt": "days of receipt, and rows of files",
    "staged.build": "the day of the build",
    "staged.source": "how often a source sends",
    "staged.locked_figure": "the order of decisions",
    "staged.quarter_decision": "the order of decisions",
    "staged.portfolio_agreement_measures": "targets",
    "staged.portfolio_agreement_priorities": "numbers of priorities",
    "staged.national_indicators_basket": "rows",
    "staged.national_indicators_targets": "targets",
    "staged.action_plan_actions": "actions",
    "staged.published_report_measures": "printed before",
    "staged.published_report_claims": "printed before",
    "staged.lait_figures": "official statistics, with the suppression of their publisher",
    "staged.lait_dictionary": "how measures of the same are ranked",
    "staged.community_safety_survey_responses": "answers of a sample of hundreds",
    "staged.local_fund_applications": "applications of organisations",
    "staged.finance_outturn": "money",
    "staged.finance_cash_limit": "money",
    "staged.finance_budget_changes": "money",
    "staged.finance_reserves": "money",
    "staged.dwp_grants_outcomes": "money",
}
"""Staged tables of which no number counts people, or none that is not public already."""

NO_PEOPLE_AS = {("staged.dwp_grants_spend", "amount"), ("staged.recorded_crime_figures", "population")}


def test_every_number_of_a_mart_is_declared_to_count_no_people_or_behind_the_door() -> None:
    made_of = defaultdict(set)
    for model in models().values():
        for link in links_of(model):
            made_of[link.table_name, link.column_name].add((link.upstream_table, link.upstream_column))

    def supplied(column: tuple[str, str], before: frozenset[tuple[str, str]] = frozenset()) -> set[tuple[str, str]]:
        if column in before:
            return set()
        upstream = [supplied(each, before | {column}) for each in made_of[column]]
        return set().union(*upstream) if upstream else {column}

    covered = {
        (row["table_name"], column)
        for row in run("staging.disclosure_mask", {})
        for column in (*row["emptied"], *row["marked"], *row["told"])
    }
    public = {name.replace("public_", "") for name in models() if name.startswith("marts.public_")}
    undeclared = {
        (table, column, *origin)
        for table, types in column_types().items()
        if table.startswith("marts.")
        and table not in public
        and not table.startswith(("marts.public_", "marts.disclosure_"))
        for column, kind in types.items()
        if kind.startswith(FIGURE_TYPES) and (table, column) not in covered
        for origin in supplied((table, column))
        if origin[0].startswith("staged.")
        and origin[0] not in NO_PEOPLE_IN
        and origin not in NO_PEOPLE_AS
        and not origin[1].startswith("row_number")
    }
    assert undeclared == set()


def test_a_mask_covers_columns_that_there_are() -> None:
    types = column_types()
    for row in run("staging.disclosure_mask", {}):
        named = [
            *row["emptied"],
            *row["marked"],
            *row["told"],
            *row["blurred"],
            *row["measure_columns"],
            *row["period_columns"],
        ]
        named += row["origin_columns"]
        if row["table_name"] in types:
            assert set(named) <= types[row["table_name"]].keys(), row["table_name"]


def public_kinds(*withheld: str) -> list[str]:
    rated = {"report_quarter": "2021-22-Q2", "subject_kind": "measure", "subject": "IN.5", "measure_code": "IN.5"}
    risks: list[Row] = [
        rated | {"kind": "worsening", "basis": "actual", "value_period": "2021-22", "against_period": "2020-21"},
        rated | {"kind": "target_weak", "basis": "since", "value_period": "2022-23", "against_period": "2020-21"},
        rated | {"kind": "red", "basis": "actual", "value_period": "2021-22", "against_value": dec("2")},
        rated | {"kind": "supply_failed", "value_period": "2021-22", "against_period": "2020-21"},
        {"report_quarter": "2021-22-Q2", "subject_kind": "action", "subject": "1A.1", "kind": "action_overdue"},
    ]
    hidden = [{"measure_code": "IN.5", "period_label": label} for label in withheld]
    found = run("marts.public_risk", {"marts.risk": risks, "marts.disclosure_period": hidden})
    return sorted(row["kind"] for row in found)


def test_a_risk_that_says_much_of_a_suppressed_figure_is_none_in_public() -> None:
    always = ["action_overdue", "supply_failed"]
    assert public_kinds() == sorted([*always, "worsening", "target_weak", "red"])
    assert public_kinds("2020-21") == sorted([*always, "red"])
    assert public_kinds("2021-22") == sorted([*always, "target_weak"])

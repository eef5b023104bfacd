"""Columns that need a contract's help: thousands by their heading, two figures in a cell, two columns of one name."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tests.corpus.case import Case, Must, count_rows
from tests.corpus.makers import xlsx
from tests.helpers import SheetRows, Sheets


def _special(
    name: str,
    source: str,
    sheets: Sheets,
    must: Must,
    rows: Any = None,
    *says: str,
    kind: str = "figures",
    table: str = "",
) -> Case:
    """A file of one of the sources whose columns need a contract's help."""
    file = f"{source.capitalize()} 2021-22 Q2.xlsx"
    return Case(name, kind, source, file, lambda: xlsx(sheets), must, says, rows, count_rows(sheets), table)


def _awards(headings: Sequence[str], *rows: Sequence[Any]) -> Sheets:
    payments: SheetRows = [["Reference", "Paid", "Paid on"], ["P1", 100, date(2021, 8, 2)]]
    return {"Awards": [list(headings), *(list(row) for row in rows)], "Payments": payments}


HALL = {"recipient": "Hall", "awarded": Decimal(486000)}
CASES = [
    _special(
        "thousands_by_their_heading", "grants", _awards(["Recipient", "Awarded (£000)"], ["Hall", 486]), "load", [HALL]
    ),
    _special(
        "thousands_with_an_apostrophe",
        "grants",
        _awards(["Recipient", "Awarded £’000"], ["Hall", "486"]),
        "load",
        [HALL],
    ),
    _special(
        "thousands_with_a_fraction",
        "grants",
        _awards(["Recipient", "Awarded (£000)"], ["Hall", 486.557]),
        "load",
        [{"awarded": Decimal(486557)}],
    ),
    _special("pounds_beside_thousands", "grants", _awards(["Recipient", "Awarded"], ["Hall", 486000]), "load", [HALL]),
    _special(
        "money_with_its_own_k_under_thousands",
        "grants",
        _awards(["Recipient", "Awarded (£000)"], ["Hall", "£486k"]),
        "quarantine",
        None,
        "cell B2",
    ),
    _special(
        "marker_under_thousands",
        "grants",
        _awards(["Recipient", "Awarded (£000)"], ["Hall", ".."]),
        "load",
        [{"awarded": None, "awarded_availability": "not_available"}],
    ),
    _special(
        "second_column_of_a_name",
        "grants",
        _awards(["Recipient", "Awarded", "Paid", "Paid"], ["Hall", 486000, 100, 250]),
        "load",
        [HALL | {"first_paid": Decimal(100), "second_paid": Decimal(250)}],
        kind="headings",
    ),
    _special(
        "third_column_of_a_name",
        "grants",
        _awards(["Recipient", "Awarded", "Paid", "Paid", "Paid"], ["Hall", 486000, 100, 250, 9]),
        "quarantine",
        None,
        "sheet 'Awards', cell E1",
        kind="headings",
    ),
    _special(
        "column_that_is_ignored",
        "grants",
        _awards(["Recipient", "Officer", "Awarded"], ["Hall", "Smith", 486000]),
        "load",
        [HALL],
        kind="columns",
    ),
    _special(
        "sheet_of_the_pair_missing",
        "grants",
        {"Awards": [["Recipient", "Awarded"], ["Hall", 1]]},
        "quarantine",
        None,
        "'Payments'",
        "missing",
        kind="sheets",
    ),
    _special(
        "payment_in_words",
        "grants",
        {
            **_awards(["Recipient", "Awarded"], ["Hall", 1]),
            "Payments": [["Reference", "Paid", "Paid on"], ["P1", 100, "soon"]],
        },
        "quarantine",
        None,
        "sheet 'Payments', cell C2",
        kind="dates",
    ),
    _special(
        "payments_beside_awards",
        "grants",
        _awards(["Recipient", "Awarded"], ["Hall", 486000]),
        "load",
        [{"reference": "P1", "paid": Decimal(100), "paid_on": date(2021, 8, 2)}],
        table="payments",
    ),
    _special(
        "count_and_fraction_behind_percent",
        "answers",
        {
            "Answers": [
                ["Question", "Agreed"],
                ["One", "94.9% (1653)"],
                ["Two", "23% (54/231)"],
                ["Three", "50%"],
                ["Four", ".."],
            ]
        },
        "load",
        [
            {"question": "One", "agreed": Decimal("94.9"), "agreed_numerator": 1653, "agreed_denominator": None},
            {"question": "Two", "agreed": Decimal(23), "agreed_numerator": 54, "agreed_denominator": 231},
            {"question": "Three", "agreed": Decimal(50), "agreed_numerator": None, "agreed_denominator": None},
            {"question": "Four", "agreed": None, "agreed_numerator": None, "agreed_denominator": None},
        ],
    ),
    _special(
        "fraction_that_is_not_the_percentage",
        "answers",
        {"Answers": [["Question", "Agreed"], ["Two", "33% (54/231)"]]},
        "quarantine",
        None,
        "sheet 'Answers', cell B2",
    ),
    _special(
        "more_than_all_of_them",
        "answers",
        {"Answers": [["Question", "Agreed"], ["Two", "100% (232/231)"]]},
        "quarantine",
        None,
        "sheet 'Answers', cell B2",
    ),
    _special(
        "fraction_of_nobody",
        "answers",
        {"Answers": [["Question", "Agreed"], ["Two", "0% (0/0)"]]},
        "quarantine",
        None,
        "sheet 'Answers', cell B2",
    ),
    _special(
        "quarters_in_one_cell",
        "spending",
        {"Spending": [["Scheme", "Spent"], ["Hardship", "Q1 = £486,557 Q2 = £34,329"]]},
        "load",
        [{"scheme": "Hardship", "spent_q1": Decimal(486557), "spent_q2": Decimal(34329)}],
    ),
    _special(
        "one_quarter_of_two",
        "spending",
        {"Spending": [["Scheme", "Spent"], ["Hardship", "Q1 = £486,557"]]},
        "load",
        [{"scheme": "Hardship", "spent_q1": Decimal(486557), "spent_q2": None}],
    ),
    _special(
        "quarter_that_nobody_expects",
        "spending",
        {"Spending": [["Scheme", "Spent"], ["Hardship", "Q1 = £1 Q2 = £2 Q3 = £3"]]},
        "quarantine",
        None,
        "sheet 'Spending', cell B2",
    ),
    _special(
        "quarter_given_twice",
        "spending",
        {"Spending": [["Scheme", "Spent"], ["Hardship", "Q1 = £1 Q1 = £2"]]},
        "quarantine",
        None,
        "sheet 'Spending', cell B2",
    ),
    _special(
        "table_with_a_column_per_area",
        "survey",
        {
            "Q1": [
                ["Title"],
                ["%", "Bolton", "Stockport¹"],
                ["Agree", 26, "31%"],
                ["Disagree", None, ".."],
                ["Unweighted base", 325, "1,335"],
            ]
        },
        "load",
        [
            {"area": "Bolton", "answer": "Agree", "share": Decimal(26), "base": 325},
            {"area": "Stockport", "answer": "Agree", "share": Decimal(31), "base": 1335},
            {"area": "Bolton", "answer": "Disagree", "share": None, "base": 325},
            {"area": "Stockport", "answer": "Disagree", "share": None, "base": 1335},
        ],
        kind="layout",
    ),
    _special(
        "column_per_area_without_a_name",
        "survey",
        {"Q1": [["%", "Bolton"], ["Agree", 26, 31], ["Unweighted base", 325]]},
        "quarantine",
        None,
        "sheet 'Q1', cell C2",
        kind="columns",
    ),
    _special(
        "area_twice",
        "survey",
        {"Q1": [["%", "Bolton", "Bolton"], ["Agree", 26, 31], ["Unweighted base", 325, 300]]},
        "quarantine",
        None,
        "sheet 'Q1'",
        "Bolton",
        kind="keys",
    ),
    _special(
        "base_missing",
        "survey",
        {"Q1": [["%", "Bolton"], ["Agree", 26]]},
        "quarantine",
        None,
        "sheet 'Q1'",
        "Unweighted base",
        kind="layout",
    ),
]

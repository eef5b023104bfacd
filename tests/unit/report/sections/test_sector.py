"""Stockport against Greater Manchester: what is only about so is said, and what is missing has its reason."""

from decimal import Decimal

from pipelines.report.sections.sector import sector_table
from tests.unit.report.rows import cells

ROW = {
    "measure_name": "Organisations",
    "unit": "Number",
    "period_label": "2021-10",
    "value_kind": "interim",
    "authority_value": Decimal(1672),
    "authority_qualifier": "exact",
    "greater_manchester_value": Decimal(17000),
    "greater_manchester_qualifier": "about",
    "greater_manchester_availability": "value",
    "note": "all organisations",
}


def test_a_figure_beside_the_one_of_greater_manchester() -> None:
    assert cells(sector_table([ROW], "Stockport")) == [
        {
            "name": "Organisations | all organisations",
            "period": "October 2021 | interim",
            "own": "1,672",
            "gm": "around 17,000",
        }
    ]


def test_a_figure_that_greater_manchester_does_not_have() -> None:
    missing = {"greater_manchester_value": None, "greater_manchester_availability": "suppressed"}
    assert cells(sector_table([ROW | missing], "Stockport"))[0]["gm"] == "Figure suppressed"

"""Staged rows of a national indicators workbook: a basket of three, targets of every standing, local figures."""

from typing import Any

from tests.sql.harness import Row, dec
from tests.sql.staged import figure, staged

YEAR = ("2010-11", "2010-04-01", 12)
LATER = "2011/12 to be considered at a later date"


def national_indicator_rows() -> dict[str, list[Row]]:
    """Rows of the source's staged tables."""
    return {
        "staged.national_indicators_basket": [
            basket_row(4, "NI 53 Proxy", "Breastfeeding in areas of deprivation", "High"),
            basket_row(5, "NI 111", "First time entrants", "Low"),
            basket_row(6, "NI 151", "Employment rate", "High"),
        ],
        "staged.national_indicators_targets": [
            target_row(2, "NI 4", "% who can influence decisions", "32", "34", LATER),
            target_row(3, None, "% who feel well informed", "36", None, "as recommended in the report"),
            target_row(4, "NI 6", "formal volunteering", None, None, "no target set"),
        ],
        "staged.national_indicators_figures": [
            figure_row(2, "Children in households on benefits", "Stockport", "May 2008", "8550", ""),
            figure_row(3, "NI 111", "Priority 1 areas", "2008/09", "50", "", note="about 15% of first time entrants"),
            figure_row(4, "Poverty line (60% of median income)", "Stockport", "2008", "18836", "£"),
            figure_row(5, "School attendance", "Brinnington", "Nov 2009", None, "%"),
        ],
    }


def basket_row(number: int, indicator: str, title: str, good: str) -> Row:
    """A row of the basket."""
    return staged("indicators", number, *YEAR, indicator=indicator, indicator_title=title, good_performance=good) | {
        "basket": "Child poverty"
    }


def target_row(
    number: int, indicator: str | None, title: str, target: str | None, later: str | None, note: str | None
) -> Row:
    """A row of targets, in per cent."""
    row = staged("indicators", number, *YEAR, indicator=indicator, indicator_title=title, note=note)
    for name, value, column in (("target", target, "C"), ("next_target", later, "D")):
        row |= figure(name, None if value is None else dec(value), column, number)
        row[f"{name}_unit"] = "" if value is None else "%"
    return row


def figure_row(
    number: int, indicator: str, area: str, period: str, value: str | None, unit: str, /, **columns: Any
) -> Row:
    """A local figure."""
    row = staged("indicators", number, *YEAR, indicator=indicator, area=area, period=period)
    row |= figure("value", None if value is None else dec(value), "D", number)
    return row | {"value_unit": unit} | columns

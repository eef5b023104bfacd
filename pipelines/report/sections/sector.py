"""The state of the sector: the authority against Greater Manchester."""

from collections.abc import Sequence
from decimal import Decimal

from pipelines.document.model import Block, Cell, Column, Heading, Paragraph, Table
from pipelines.publication.quarter import Row
from pipelines.report.contents import KNOWN, Contents
from pipelines.report.wording import NO_TREND_WORDS, figure_in_words, period_in_words

_SECTOR = f"""
select * from marts.sector where {KNOWN}
qualify row_number() over (partition by measure_code order by period_start desc) = 1
order by measure_code
"""

_SIGNS = {"about": "around ", "at_least": "at least ", "over": "over "}


def sector_blocks(contents: Contents) -> list[Block]:
    """The latest figures of the sector that were known."""
    rows = contents.quarter.rows(_SECTOR)
    area = contents.quarter.publisher.area
    heading = Heading(3, f"State of the sector: {area} against Greater Manchester", "sector")
    if not rows:
        return [heading, Paragraph("No report on the state of the sector was received by the cut-off.")]
    return [heading, sector_table(rows, area)]


def sector_table(rows: Sequence[Row], area: str) -> Table:
    """Figures of the sector, the area's beside Greater Manchester's."""
    columns = [
        Column("name", "What", width=2.6, is_head=True),
        Column("period", "When"),
        Column("own", area, numeric=True),
        Column("gm", "Greater Manchester", numeric=True, width=1.3),
    ]
    cells: list[dict[str, Cell | str]] = [
        {
            "name": Cell(row["measure_name"], row["note"] or ""),
            "period": Cell(
                period_in_words(row["period_label"], "snapshot"),
                "" if row["value_kind"] == "actual" else row["value_kind"],
            ),
            "own": _figure(row["authority_value"], row["authority_qualifier"], row["unit"], "value"),
            "gm": _figure(
                row["greater_manchester_value"],
                row["greater_manchester_qualifier"],
                row["unit"],
                row["greater_manchester_availability"],
            ),
        }
        for row in rows
    ]
    return Table("sector-table", "Voluntary, community and social enterprise organisations", columns, cells)


def _figure(value: Decimal | None, qualifier: str, unit: str, availability: str) -> str:
    if value is None:
        return NO_TREND_WORDS.get(availability, "No figure available")
    return f"{_SIGNS.get(qualifier, '')}{figure_in_words(value, unit)}"

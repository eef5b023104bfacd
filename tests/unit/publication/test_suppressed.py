"""A figure that the public's door suppresses is said to be suppressed wherever its place is shown."""

from collections.abc import Iterator, Sequence

import duckdb
import pytest

from pipelines.dashboard.contents import read_contents as read_dashboard
from pipelines.dashboard.grants import grants_blocks
from pipelines.dashboard.measure import measure_files
from pipelines.dashboard.overview import overview_files
from pipelines.dashboard.sector import sector_blocks
from pipelines.document.model import Block, Chart, Table
from pipelines.publication.public import public_figures
from pipelines.publication.quarter import Quarter
from pipelines.report.contents import read_contents
from pipelines.report.sections.delivered import activity_blocks, delivered
from pipelines.report.sections.grants import grant_blocks
from pipelines.report.sections.measures import measures_table
from pipelines.report.sections.printed import printed_blocks
from pipelines.report.sections.quality import quality_blocks
from tests.small_published import write_small_published
from tests.unit.report.rows import cells, said

_KEYS = {
    "grant_scheme": ("grants|2021-10-15|COVID Winter Grant|2020-12-01", "residents_count", "cost_per_resident_pounds"),
    "grants": ("grants|2021-10-15|COVID Winter Grant|Third sector|Citizens Advice", "residents_count"),
    "sector_event": ("return of Q2|2021-10-11|2021-22-Q2|Public Health Q&A", "attendance_count"),
}

_WITHHELD = """
update marts.public_grant_scheme set residents_count = null, cost_per_resident_pounds = null;
update marts.public_grants set residents_count = null where strand = 'Third sector';
update marts.public_sector_event set attendance_count = null where event = 'Public Health Q&A';
insert into marts.disclosure_period values ('IN.16', '2020-21 academic'), ('IN.16', '2021-22 academic');
update marts.public_measure_status
set value = null, previous_value = null, status = null, trend = null, override_status = null,
    status_reason = 'suppressed', trend_reason = 'suppressed'
where measure_code = 'IN.16' and report_quarter = '2021-22-Q2';
"""


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quarter]:
    """A quarter in which few people were counted: of a grant, at an event, and of IN.16, also in the year before."""
    path = write_small_published(tmp_path_factory.mktemp("suppressed"))
    with duckdb.connect(str(path)) as connection:
        connection.execute(_WITHHELD)
        for table in ("suppression", "public_suppression"):
            rows = "(table_name, figure_key, figure, reason)"
            for name, (key, *figures) in _KEYS.items():
                for figure in figures:
                    connection.execute(f"insert into marts.{table} {rows} values (?, ?, ?, 'c')", [name, key, figure])
            connection.execute(
                f"""insert into marts.{table} by name
                select 'observation' as table_name, origin_id as figure_key, 'value' as figure, measure_code, area_code,
                    period_label, year_type, component, as_at, 'c' as reason
                from marts.observation
                where measure_code = 'IN.16' and component = 'total' and period_label = '2020-21 academic'"""
            )
    with public_figures(path) as connection:
        yield Quarter(connection, "2021-22-Q2")


def table_of(blocks: Sequence[Block], name: str) -> list[dict[str, str]]:
    tables = [block.table if isinstance(block, Chart) else block for block in blocks]
    [found] = [block for block in tables if isinstance(block, Table) and block.id == name]
    return cells(found)


def test_the_report_says_it_of_grants_events_and_activity(quarter: Quarter) -> None:
    contents = read_contents(quarter)
    blocks = grant_blocks(contents)
    [scheme] = table_of(blocks, "grant-schemes")
    assert (scheme["residents"], scheme["cost"]) == ("Suppressed", "Suppressed")
    first, second = table_of(blocks, "grant-payments")
    assert (first["residents"], first["households"], second["residents"]) == ("Suppressed", "10", "25")
    [activity] = [row for row in table_of(activity_blocks(contents), "programme-activity") if row["item"] == "Sessions"]
    assert activity["figure"] == "Suppressed"
    events = [cells(block) for blocks in delivered(contents).values() for block in blocks if isinstance(block, Table)]
    attended = {row["event"]: row["attendance_count"] for rows in events for row in rows if "event" in row}
    assert (attended["Public Health Q&A"], attended["All events"]) == ("Suppressed", "Suppressed")
    assert attended["Food Network meeting"] == "40"


def test_the_report_says_it_of_measures_beside_the_printed_ones(quarter: Quarter) -> None:
    contents = read_contents(quarter)
    by_code = {row["measure_code"]: row for row in contents.measures}
    assert [by_code[code]["before_is_suppressed"] for code in ("IN.16", "IN.17", "IN.5")] == [True, False, False]
    table = measures_table(1, "Skills", [by_code["IN.16"]], contents.head, {})
    assert [text for row in cells(table) for text in row.values()].count("Suppressed") == 2
    annex = printed_blocks(contents)
    row = next(row for row in table_of(annex, "side-by-side-table") if row["code"] == "IN.16")
    assert row["current"] == "94% | here: Suppressed; not compared"
    assert row["year_before"] == "94.2% (227) | here: Suppressed; not compared"
    assert row["two_years_before"].endswith("; differs")
    assert "IN.16, status: printed A. Not compared: suppressed here. (cell H4)" in said(annex)


def test_the_report_gives_the_rule_and_says_what_c_stands_for(quarter: Quarter) -> None:
    [rule] = [text for text in said(quality_blocks(read_contents(quarter))) if "[c]" in text and "1 to 4" in text]
    assert "Suppressed stands for a figure that is suppressed, [c] for a text that is confidential." in rule


def test_the_dashboard_says_it(quarter: Quarter) -> None:
    [scheme] = table_of(list(grants_blocks(quarter)), "scheme-lines")
    assert scheme["reached"] == "Suppressed"
    assert scheme["scheme"] == "COVID Winter Grant (DWP) | from 1 December 2020, ended on 30 September 2021"
    first, second = table_of(list(grants_blocks(quarter)), "paid-lines")
    assert (first["residents"], second["residents"]) == ("Suppressed", "25")
    contents = read_dashboard(quarter)
    sector = list(sector_blocks(quarter, contents))
    attended = {row["event"]: row["attended"] for row in table_of(sector, "events-2021-22-Q2")}
    assert attended == {"Community Champions workshop": "20", "Public Health Q&A": "Suppressed"}
    assert "Suppressed" in {row["value"] for row in table_of(sector, "programme-1") + table_of(sector, "programme-2")}
    overview, [page] = (
        overview_files(quarter, contents)["index.html"].decode(),
        [text for name, text in measure_files(quarter, contents).items() if name == "measures/IN.16.html"],
    )
    assert ">Suppressed<" in overview.replace("\n", "").replace(" ", "")
    assert ">Suppressed<" in page.decode().replace("\n", "").replace(" ", "")

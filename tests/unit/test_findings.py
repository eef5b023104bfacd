"""The page of findings: what it says of each, and that a workbook's text cannot change its layout."""

from pathlib import Path

import duckdb
import pytest

from pipelines.findings import findings_page
from pipelines.warehouse.macros import SCALAR_MACROS

FINDING = ("IN.1.1, 2020-21", "48% (42/86)", "48.84%", "0.837209", "fail", "truncated", "Report.xlsx", "Measures", "E4")
CLAIM = ("Groups", "184 (11%)", "share", "11", "%", "confirmed", "SECTOR.3: 11", "Report.xlsx", "Claims", "C7", "C7", 1)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A published file with one check that found something, one that did not, and no claims."""
    path = tmp_path / "published.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema findings; create schema marts")
        for macro in SCALAR_MACROS:
            connection.execute(macro)
        for name in ("fractions", "months"):
            connection.execute(
                f"create table findings.{name} (subject varchar, published varchar, recomputed varchar,"
                " difference decimal(28, 6), severity varchar, explanation varchar, workbook varchar, sheet varchar,"
                " cell varchar)"
            )
            connection.execute(f"comment on table findings.{name} is 'What {name} say. One row per finding.'")
        connection.execute(
            "create table marts.claim (claim varchar, printed_text varchar, stands_as varchar,"
            " printed_value decimal(28, 6), unit varchar, outcome varchar, basis varchar, workbook varchar,"
            " sheet varchar, cell varchar, claimed_cell varchar, place integer, superseded_on date)"
        )
    return path


def add(path: Path, table: str, *rows: tuple[object, ...]) -> str:
    """The page after rows were added; columns left out at the end are null."""
    with duckdb.connect(str(path)) as connection:
        for row in rows:
            width = connection.execute(f"select * from {table}").description
            marks = ", ".join("?" for _ in width or ())
            connection.execute(f"insert into {table} values ({marks})", [*row, *[None] * (len(width or ()) - len(row))])
    return findings_page(path)


def test_a_finding_says_what_was_supplied_what_is_right_and_where(published: Path) -> None:
    page = add(published, "findings.fractions", FINDING)
    assert "## Fractions\n\nWhat fractions say.\n" in page
    assert "- **IN.1.1, 2020-21** (wrong): supplied: `48% (42/86)`; the workbooks give 48.84%; apart by 0.84.\n" in page
    assert "  truncated *Report.xlsx, Measures, E4*\n" in page
    assert page.endswith("## Checks that found nothing\n\n`months`.\n")


def test_what_is_not_known_is_left_out(published: Path) -> None:
    bare = ("It", None, None, None, "warn", "why", "w", "s", "A1")
    assert "- **It** (to look into).\n  why *w, s, A1*" in add(published, "findings.fractions", bare)


def test_cells_come_in_their_order(published: Path) -> None:
    rows = [(*FINDING[:8], cell) for cell in ("E10", "E4", "AA1")]
    page = add(published, "findings.fractions", *rows)
    assert page.index("E4*") < page.index("AA1*") < page.index("E10*")


def test_a_claim_says_what_confirms_it(published: Path) -> None:
    page = add(published, "marts.claim", CLAIM)
    assert "1 of 1 figures are confirmed." in page
    assert "- Groups: 11% in brackets: confirmed (SECTOR.3: 11). *Report.xlsx, Claims, C7*" in page


def test_text_of_a_workbook_is_no_markdown(published: Path) -> None:
    row = ("**loud** <b>", "`code`", None, None, "warn", "[link](there)", "w_1.xlsx", "s", "A1")
    page = add(published, "findings.fractions", row)
    assert r"**\*\*loud\*\* \<b\>** (to look into): supplied: `'code'`." in page
    assert r"\[link\](there) *w\_1.xlsx, s, A1*" in page

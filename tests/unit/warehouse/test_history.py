"""Figures beside those of earlier periods, as published or by a program that is older than this one."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest

from assets.sources.state_of_the_sector import source
from pipelines.contract.plausibility import find_jumps
from pipelines.nightly import read_outcome
from pipelines.settings import Paths
from pipelines.warehouse.history import jumps_beside_held

TABLE = source.tables[0]


def rows(*values: str | None) -> pl.DataFrame:
    """The same indicator in one edition after the other."""
    return pl.DataFrame(
        [
            {
                "workbook": f"{year}.xlsx",
                "workbook_sha256": str(year),
                "sheet": "Summary",
                "period_label": str(year),
                "period_start": date(year, 1, 1),
                "indicator": "Organisations",
                "authority": None if value is None else Decimal(value),
                "authority_cell": "B4",
                "authority_text": value,
            }
            for year, value in enumerate(values, 2015)
        ],
        schema_overrides={"authority": pl.Decimal(28, 6), "authority_text": pl.String},
    )


@pytest.mark.parametrize(
    ("values", "jumping"),
    [
        pytest.param(("100", "120", "130"), [], id="small_changes"),
        pytest.param(("100", "110", "200"), ["2017"], id="more_than_ever_before"),
        pytest.param(("100", "300", "100", "200"), ["2016"], id="no_more_than_once_before"),
        pytest.param(("100", "110", "50"), ["2017"], id="halved"),
        pytest.param(("100", "0", "100"), ["2016"], id="to_nought_and_back"),
        pytest.param(("0", "0"), [], id="nought_stays"),
        pytest.param(("100", None, "105"), [], id="a_gap_is_no_change"),
        pytest.param(("100", "150"), [], id="exactly_what_needs_no_second_look"),
        pytest.param(("100", "151"), ["2016"], id="a_little_more_than_that"),
    ],
)
def test_jump_is_a_change_that_no_period_had_before(values: tuple[str | None, ...], jumping: list[str]) -> None:
    jumps = find_jumps(TABLE, rows(*values))
    assert [jump.workbook_sha256 for jump in jumps] == jumping
    assert all((jump.finding.severity, jump.finding.cell) == ("warn", "B4") for jump in jumps)


def test_message_says_both_figures_and_the_period() -> None:
    [jump] = find_jumps(TABLE, rows("100", "200"))
    assert jump.finding.message.startswith(
        "Organisations: authority is 200, and was 100 in 2015; it never changed as much"
    )


def test_file_that_an_earlier_version_published_is_said_not_to_be_compared_with(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    paths.published.parent.mkdir(parents=True)
    with duckdb.connect(str(paths.published)) as connection:
        connection.execute("create schema staging; create table staging.edition (source text, period_label text)")
    [finding] = jumps_beside_held(source, TABLE, rows("100"), paths)
    assert (finding.severity, finding.cell) == ("warn", "")
    assert "an earlier version of this program published" in finding.message
    assert read_outcome(paths) is None

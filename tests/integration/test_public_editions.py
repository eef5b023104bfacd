"""Real published editions, all cells of them: every file loads, and what is observed is what the files hold."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tests.conftest import Installation
from tests.neighbours_table import Spreadsheet, read_spreadsheet
from tests.public_editions import SOURCES, public_editions_dir, public_files

Place = tuple[str, str]
"""(workbook, cell)"""

Said = tuple[Decimal | None, str]
"""(value, availability)"""

LAST_PLACE = Decimal("0.000001")
"""Values are kept to six decimals; a cell of fifteen digits is shown to nine before it is rounded."""

MISSING = {"..": "not_available", "-": "not_available", "+": "suppressed", "low": "suppressed"}
STOCKPORT, GREATER_MANCHESTER_POLICE = "E08000007", "E23000005"


@pytest.fixture(scope="module")
def folder() -> Path:
    return public_editions_dir()


@pytest.fixture(scope="module")
def spreadsheet(folder: Path) -> Spreadsheet:
    return read_spreadsheet(folder / "lait")


def said(text: Any) -> Said:
    """What a cell holds, read plainly: its value, or why there is none."""
    return (None, MISSING[text]) if text in MISSING else (Decimal(str(text)), "value")


def assert_all_cells_agree(found: dict[Place, Said], held: dict[Place, Any]) -> None:
    """The same cells, the same reasons where there is no value, and values that differ by no more than rounding."""
    expected = {place: said(text) for place, text in held.items()}
    assert found.keys() == expected.keys()
    assert [place for place in expected if not _agree(found[place], expected[place])] == []


def _agree(found: Said, expected: Said) -> bool:
    if found[0] is None or expected[0] is None:
        return found == expected
    return found[1] == expected[1] and abs(found[0] - expected[0]) <= LAST_PLACE


def cells_of(path: Path, sheet: str, first_row: int, columns: Iterator[int]) -> dict[Place, Any]:
    """Non-empty cells of some columns of a sheet, read by another library than the pipeline's."""
    book = openpyxl.load_workbook(path, read_only=True)
    [name] = [name for name in book.sheetnames if name.strip() == sheet]
    wanted = set(columns)
    rows = book[name].iter_rows(min_row=first_row, max_col=max(wanted), values_only=True)
    return {
        (path.name, f"{get_column_letter(column)}{number}"): value
        for number, row in enumerate(rows, first_row)
        for column, value in enumerate(row, 1)
        if column in wanted and value is not None
    }


def staged(installation: Installation, table: str, figure: str) -> dict[Place, Said]:
    """Figures of a staging table, by the cell that each names."""
    rows = installation.rows(f"select workbook, cell, cast({figure} as decimal(28, 6)), availability from {table}")
    assert len({(workbook, cell) for workbook, cell, _, _ in rows}) == len(rows)
    return {(workbook, cell): (value, availability) for workbook, cell, value, availability in rows}


def test_every_file_loads_and_all_its_rows_are_accounted_for(with_public_editions: Installation, folder: Path) -> None:
    names = ", ".join(f"'{source}'" for source in SOURCES)
    found = {
        (source, workbook): rest
        for source, workbook, *rest in with_public_editions.rows(
            "select source, workbook, outcome, rows_read, rows_loaded, rows_set_aside, rows_rejected "
            f"from audit.workbook where source in ({names})"
        )
    }
    assert found.keys() == {(path.parent.name, path.name) for path in public_files(folder)}
    for outcome, read, loaded, aside, rejected in found.values():
        assert outcome in ("loaded", "superseded")
        assert (read, rejected) == (loaded + aside, 0)
        assert loaded > 0
    assert with_public_editions.rows("select * from audit.rejected_cell") == []


def test_each_edition_of_a_series_supersedes_the_one_before(with_public_editions: Installation) -> None:
    for source, table in {"fe_learners": "staging.fe_learners_count", "lait": "staging.lait_figure"}.items():
        days = with_public_editions.rows(f"select distinct as_at, superseded_on from {table} order by as_at")
        received = with_public_editions.rows(
            f"select count(*) from audit.workbook where source = '{source}' and regexp_matches(workbook, '\\d{{4}}-')"
        )
        assert received == [(len(days),)]
        assert [later for _, later in days] == [as_at for as_at, _ in days[1:]] + [None]


def test_every_cell_of_the_police_tables(with_public_editions: Installation, folder: Path) -> None:
    numbers: dict[Place, Any] = {}
    rates: dict[Place, Any] = {}
    for path in (folder / "police_force_areas").iterdir():
        numbers |= cells_of(path, "Table P1", 7, (column for column in range(3, 28) if column not in (4, 23)))
        rates |= cells_of(path, "Table P3", 7, (column for column in range(6, 32) if column not in (7, 27)))
    assert len(numbers) > 4000
    assert len(rates) > 4000
    found = staged(with_public_editions, "staging.police_force_areas_offences", "offence_count")
    assert_all_cells_agree(found, numbers)
    found = staged(with_public_editions, "staging.police_force_areas_rates", "offence_rate")
    assert_all_cells_agree(found, rates)


def test_every_figure_of_the_extracts(with_public_editions: Installation, folder: Path) -> None:
    held: dict[Place, Any] = {}
    for path in (folder / "lait").glob("LAIT extract*.xlsx"):
        held |= cells_of(path, "Data", 2, iter([5]))
    assert len(held) > 15_000
    found = staged(with_public_editions, "staging.lait_figure", "amount")
    assert_all_cells_agree(found, held)


def test_every_count_of_the_councils_learners(with_public_editions: Installation, folder: Path) -> None:
    kinds = ("Apprenticeships", "Education and Training", "Tailored Learning", "Community Learning")
    held: dict[Place, Any] = {}
    for path in (folder / "fe_learners").iterdir():
        with path.open(encoding="utf-8", newline="") as file:
            headings, *lines = csv.reader(file)
        provider = headings.index("Provider name")
        for number, line in enumerate(lines, 2):
            if line[provider].endswith(" COUNCIL"):
                places = {kind: headings.index(kind) for kind in kinds if kind in headings}
                held |= {(path.name, f"{get_column_letter(at + 1)}{number}"): line[at] for at in places.values()}
    assert len(held) > 6000
    found = staged(with_public_editions, "staging.fe_learners_count", "learner_count")
    assert_all_cells_agree(found, held)


def test_residents_of_every_area(with_public_editions: Installation, folder: Path) -> None:
    [path] = (folder / "population").glob("*.xlsx")
    held = cells_of(path, "MYE2 - Persons", 9, iter([4]))
    found = staged(with_public_editions, "staging.population_estimate", "resident_count")
    assert_all_cells_agree({place: value for place, value in found.items() if place[0] == path.name}, held)


def test_residents_of_the_year_before_are_those_that_the_next_edition_repeats(
    with_public_editions: Installation, folder: Path
) -> None:
    """The .xls can be read by one library alone; the .xlsx repeats its figures in another table."""
    [path] = (folder / "population").glob("*.xlsx")
    rows = openpyxl.load_workbook(path, read_only=True)["MYE 5"].iter_rows(min_row=8, max_col=7, values_only=True)
    headings = next(rows)
    assert headings[6] == "Estimated Population mid-2019"
    repeated = {row[0]: row[6] for row in rows if row[0]}
    found = dict(
        with_public_editions.rows(
            "select area_code, value from marts.observation where measure_code = 'POP.ALL' and period_label = '2019-06'"
        )
    )
    common = found.keys() & repeated.keys()
    assert len(common) > 400
    assert {code: found[code] for code in common} == {code: repeated[code] for code in common}


def test_greater_manchesters_missing_year_is_not_available(with_public_editions: Installation) -> None:
    said_of = with_public_editions.rows(
        "select period_label, availability, count(value) = 0 from marts.observation "
        f"where area_code = '{GREATER_MANCHESTER_POLICE}' "
        "group by period_label, period_end, availability order by period_end"
    )
    assert said_of == [
        ("year to Mar 2018", "value", False),
        ("year to Sep 2018", "value", False),
        ("year to Mar 2019", "value", False),
        ("year to Dec 2019", "not_available", True),
    ]


def test_a_restated_learner_count_is_in_the_history(with_public_editions: Installation, folder: Path) -> None:
    """Each count as its own edition printed it, the current one last."""
    held = []
    for path in sorted((folder / "fe_learners").iterdir()):
        with path.open(encoding="utf-8", newline="") as file:
            held += [
                (path.name, Decimal(line["Education and Training"]))
                for line in csv.DictReader(file)
                if (line["UKPRN"], line["Academic Year"], line["Learner characteristic"])
                == ("10006335", "2022/23", "Total")
            ]
    history = with_public_editions.rows(
        "select distinct workbook, value, as_at, superseded_on from marts.observation "
        "join marts.observation_origin using (origin_id) where measure_code = 'FE.EDUCATION_AND_TRAINING' "
        f"and area_code = '{STOCKPORT}' and period_label = '2022-23 academic' and component = 'total' order by as_at"
    )
    assert [(workbook, value) for workbook, value, _, _ in history] == held
    assert len({value for _, value in held}) == 2
    assert [superseded_on is None for *_, superseded_on in history] == [False] * (len(held) - 1) + [True]


def test_the_log_of_restatements_has_every_count_that_moved_and_no_other(
    with_public_editions: Installation, folder: Path
) -> None:
    """Worked out from the files alone, edition by edition: what stands in one, and otherwise in the next."""
    moved: list[tuple[str, Decimal, Decimal]] = []
    before: dict[tuple[str, str], Decimal] = {}
    for path in sorted((folder / "fe_learners").iterdir()):
        with path.open(encoding="utf-8", newline="") as file:
            counts = {
                (line["Academic Year"], line["Learner characteristic"]): said(line["Education and Training"])[0]
                for line in csv.DictReader(file)
                if line["UKPRN"] == "10006335"
            }
        known = {key: count for key, count in counts.items() if count is not None}
        moved += [
            (key[0], before[key], count) for key, count in known.items() if key in before and before[key] != count
        ]
        before = known
    assert ("2022/23", Decimal(630), Decimal(1050)) in moved
    logged = with_public_editions.rows(
        "select replace(left(period_label, 7), '-', '/'), old_value, new_value from marts.restatement "
        "where measure_code = 'FE.EDUCATION_AND_TRAINING' and kind = 'revision' and not is_expected "
        f"and area_code = '{STOCKPORT}'"
    )
    assert sorted(logged) == sorted(moved)


def test_no_figure_is_of_a_year_that_had_not_ended_when_it_was_published(with_public_editions: Installation) -> None:
    """What a single year such as 2025 means is read from the dictionary's calendars; were it wrong, this would show."""
    early = with_public_editions.rows(
        "select distinct measure_code, period_label, as_at from marts.observation "
        "where period_end > as_at and availability = 'value' and split_part(measure_code, '.', 1) in "
        "('LAIT', 'FE', 'PFA', 'POP')"
    )
    assert early == []


def test_all_measures_and_areas_are_listed_and_nothing_is_left_out(with_public_editions: Installation) -> None:
    unknown = with_public_editions.rows(
        "select distinct measure_code, area_code from marts.observation "
        "left join marts.measure using (measure_code) left join marts.area using (area_code) "
        "where measure_name is null or area_name is null"
    )
    assert unknown == []
    assert with_public_editions.rows("select * from staging.lait_left_out") == []


def test_stockport_has_ten_neighbours_with_figures_to_compare(with_public_editions: Installation) -> None:
    compared = with_public_editions.rows(
        "select neighbour_rank, count(distinct measure_code) from marts.neighbour "
        "join marts.observation on observation.area_code = neighbour_area_code "
        f"where neighbour.area_code = '{STOCKPORT}' and measure_code like 'LAIT.%' group by all order by all"
    )
    assert [rank for rank, _ in compared] == list(range(1, 11))
    assert len({measures for _, measures in compared}) == 1


def test_every_rank_and_quartile_is_that_of_a_spreadsheet(
    with_public_editions: Installation, spreadsheet: Spreadsheet
) -> None:
    found = with_public_editions.rows(
        "select measure_short, area, value, rank, quartile from marts.comparison_area "
        "join staging.lait_measure using (measure_code)"
    )
    assert len(found) == 13 * len(spreadsheet.extract) > 3000
    assert sorted(found, key=repr) == sorted(spreadsheet.areas(), key=repr)


def test_every_gap_of_stockport_is_that_of_a_spreadsheet(
    with_public_editions: Installation, spreadsheet: Spreadsheet
) -> None:
    found = with_public_editions.rows(
        "select measure_short, value, rank, quartile, neighbours_with_value, "
        "neighbours_suppressed + neighbours_missing, neighbours_mean, neighbours_median, "
        "gap_to_neighbours_mean, gap_to_neighbours_median, gap_to_region, gap_to_england "
        "from marts.comparison join staging.lait_measure using (measure_code)"
    )
    assert len(found) == len(spreadsheet.extract) == 250
    assert sorted(found, key=repr) == sorted(spreadsheet.gaps(), key=repr)


def test_neighbours_stand_in_the_order_of_their_list(
    with_public_editions: Installation, spreadsheet: Spreadsheet
) -> None:
    ordered = with_public_editions.rows(
        "select distinct neighbour_rank, area from marts.comparison_area where comparator = 'neighbour' order by all"
    )
    assert ordered == list(enumerate(spreadsheet.neighbours, 1))


def test_successors_of_national_indicators_are_measures_that_the_extracts_have(
    with_public_editions: Installation, published: Installation
) -> None:
    """Those that have a successor have it whether the extracts are loaded or not; then they have figures besides."""
    columns = "select indicator_code, successor_measure_code, relation, likeness, what_differs"
    listed = published.rows(f"{columns} from marts.indicator_successor order by all")
    assert with_public_editions.rows(f"{columns} from marts.indicator_successor order by all") == listed
    assert len({code for code, *_ in listed}) == 21
    loaded = "select distinct relation, is_loaded from marts.indicator_successor order by all"
    assert published.rows(loaded) == [("none", False), ("successor, not the same measure", False)]
    assert with_public_editions.rows(loaded) == [("none", False), ("successor, not the same measure", True)]


def test_figures_of_england_that_sum_its_regions_are_found(with_public_editions: Installation, folder: Path) -> None:
    """The extract of April 2026 gives England some nine times the rates that the extract before gave it."""
    found = with_public_editions.rows(
        "select workbook, cell, published from marts.reconciliation_finding "
        "where check_name = 'whole_beyond_its_parts' order by all"
    )
    sheet = openpyxl.load_workbook(folder / "lait" / "LAIT extract 2026-04-08.xlsx", read_only=True)["Data"]
    rows = enumerate(sheet.iter_rows(min_row=2, max_col=5, values_only=True), 2)
    held = [(number, row[4]) for number, row in rows if (row[0], row[3]) == ("FirstYJS", "England")]
    assert len(held) == 9
    assert found == sorted(("LAIT extract 2026-04-08.xlsx", f"E{number}", text) for number, text in held)


def test_what_was_there_before_is_unaffected(with_public_editions: Installation, published: Installation) -> None:
    """Quarters, ratings and other sources' rows stand as they do without published editions."""
    for table in ("observation", "observation_origin", "area", "period"):
        before = published.rows(f"select * from marts.{table}")
        assert set(before) <= set(with_public_editions.rows(f"select * from marts.{table}")), table
    for table in ("reporting_quarter", "measure_status", "survey", "sector", "grants", "target"):
        before = published.rows(f"from marts.{table} order by all")
        assert before, table
        assert with_public_editions.rows(f"from marts.{table} order by all") == before, table

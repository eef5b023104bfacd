"""Reads one workbook against its source's contract, whole: finds its tables, its period, and accounts for every row."""

import re
from collections.abc import Sequence

from pipelines.contract.crosstab import read_crosstab
from pipelines.contract.headings import matches, normalise
from pipelines.contract.model import Crosstab, Rows, Source, Table
from pipelines.contract.outcome import Finding, Reading, SetAside
from pipelines.contract.rows import read_rows
from pipelines.periods import Period
from pipelines.read.figures import tidy
from pipelines.read.standin import read_any
from pipelines.read.workbook import Sheet, UnreadableWorkbook

Layout = Rows | Crosstab


def read_source_workbook(source: Source, workbook: str, workbook_sha256: str, content: bytes) -> Reading:
    """What the workbook holds by the source's contract. Never raises for what is wrong with the file: it says so."""
    periods = (table.period(workbook) for table in source.tables)
    reading = Reading(source.name, workbook, workbook_sha256, period=next(filter(None, periods), None))
    if not workbook.lower().endswith((".xlsx", ".xlsm", ".xls", ".csv")):
        message = "only .xlsx workbooks are read; open it in Excel and save it as .xlsx"
        reading.findings.append(Finding("", "", "", workbook, "kind of file", message))
        return reading
    try:
        sheets = read_any(workbook, content)
    except UnreadableWorkbook as error:
        reading.findings.append(Finding("", "", "", "", "readable", str(error)))
        return reading
    reading.rows_read = sum(len(sheet.rows) for sheet in sheets)
    _read_tables(source, sheets, reading)
    recorded = {place for table in reading.tables.values() for place in table.source_rows}
    reading.rows_recorded = len(recorded)
    unaccounted = reading.rows_read - reading.rows_recorded - reading.rows_set_aside
    if reading.loads and unaccounted:
        message = f"{unaccounted} rows were neither loaded nor set aside; tell the data team"
        reading.findings.append(Finding("", "", "", "", "every row accounted for", message))
    return reading


def _read_tables(source: Source, sheets: Sequence[Sheet], reading: Reading) -> None:
    found = _choose_layouts(source, sheets)
    _place_other_sheets(source, sheets, {normalise(name) for _, layout in found for name in layout.sheets}, reading)
    if not found:
        if not reading.findings:
            reading.findings.append(Finding("", "", "", "", "sheets as expected", "it holds no sheet with figures"))
        return
    _report_missing_tables(source, [table for table, _ in found], reading)
    _report_mixed_calendars(found, reading)
    reading.period = _period(source, found[0][0], reading)
    if reading.period is not None:
        for table, layout in found:
            _read_table(table, layout, sheets, reading.period, reading)


def _place_other_sheets(source: Source, sheets: Sequence[Sheet], known: set[str], reading: Reading) -> None:
    """Sets aside the sheets that the contract names as holding no figures; reports those that it does not know."""
    for sheet in sheets:
        reason = _why_set_aside(source, sheet.name, known)
        if reason:
            for number, cells in sheet.rows.items():
                text = " | ".join(tidy(cell.text) for cell in cells.values())
                reading.set_aside.append(SetAside(sheet.name, number, reason, text))
        elif sheet.rows and normalise(sheet.name) not in known:
            expected = ", ".join(f"'{n}'" for t in source.tables for layout in t.layouts for n in layout.sheets)
            message = f"the sheet is not known; expected {expected}. Rename or remove it, or ask the data team"
            reading.findings.append(Finding(sheet.name, "", "", sheet.name, "sheets as expected", message))


def _why_set_aside(source: Source, sheet: str, known: set[str]) -> str:
    """The reason why a sheet is set aside; a pattern stands for no sheet that is known by its own name."""
    exact = {normalise(name): reason for name, reason in source.set_aside_sheets.items()}
    if normalise(sheet) in exact or normalise(sheet) in known:
        return exact.get(normalise(sheet), "")
    return next((reason for name, reason in source.set_aside_sheets.items() if matches(name, sheet)), "")


def _report_mixed_calendars(found: Sequence[tuple[Table, Layout]], reading: Reading) -> None:
    """A workbook has one period: tables that run by different calendars belong in workbooks of their own."""
    if len({table.period for table, _ in found}) > 1:
        tables = " and ".join(f"'{table.name}'" for table, _ in found)
        message = f"it holds the tables {tables}, which are of different periods; send a workbook for each"
        reading.findings.append(Finding("", "", "", "", "one period", message))


def _report_missing_tables(source: Source, found: Sequence[Table], reading: Reading) -> None:
    """Tables of one calendar come together: a workbook that brings one of them must bring the others."""
    finders = {table.period for table in found}
    for table in source.tables:
        if table.period in finders and table not in found:
            names = " or ".join(f"'{layout.sheets[0]}'" for layout in table.layouts)
            message = f"the sheet {names} is missing; the table '{table.name}' comes from it"
            reading.findings.append(Finding("", "", table.name, "", "sheets as expected", message))


def _choose_layouts(source: Source, sheets: Sequence[Sheet]) -> list[tuple[Table, Layout]]:
    """For each table, the first layout any of whose sheets the workbook has."""
    names = {normalise(sheet.name) for sheet in sheets if sheet.rows}
    chosen = []
    for table in source.tables:
        layout = next((layout for layout in table.layouts if names & {normalise(name) for name in layout.sheets}), None)
        if layout is not None:
            chosen.append((table, layout))
    return chosen


def _period(source: Source, table: Table, reading: Reading) -> Period | None:
    period = table.period(reading.workbook)
    if period is None:
        message = f"the file's name does not say its period; name it like '{source.period_in_words}'"
        reading.findings.append(Finding("", "", "", reading.workbook, "period in the name", message))
    return period


def _read_table(table: Table, layout: Layout, sheets: Sequence[Sheet], period: Period, reading: Reading) -> None:
    names = {normalise(name): name for name in layout.sheets}
    wanted = [sheet for sheet in sheets if normalise(sheet.name) in names]
    there = {names[normalise(sheet.name)] for sheet in wanted}
    missing = set(layout.sheets) - there if isinstance(layout, Crosstab) else set()
    for name in sorted(missing):
        message = "the sheet is missing; the others of its table are there"
        reading.findings.append(Finding(name, "", "", "", "sheets as expected", message))
    for sheet in wanted:
        if not sheet.rows:
            continue
        _compare_period_in_titles(sheet, table, period, reading)
        facts = _facts(sheet, layout, reading)
        if isinstance(layout, Crosstab):
            read_crosstab(sheet, table, layout, period, facts, reading)
        else:
            read_rows(sheet, table, layout, period, facts, reading)


def _titles(sheet: Sheet) -> list[tuple[str, str]]:
    """(address, text) of the cells above the table: rows at the top that hold one cell each."""
    titles = []
    for cells in sheet.rows.values():
        if len(cells) > 1:
            break
        titles += [(cell.address, tidy(cell.text)) for cell in cells.values()]
    return titles


def _compare_period_in_titles(sheet: Sheet, table: Table, period: Period, reading: Reading) -> None:
    """Last year's sheet in this year's file: what a title says must be what the name says."""
    for address, text in _titles(sheet):
        stated = table.period(text)
        if stated is not None and stated != period:
            message = f"the title speaks of {stated.label}, the file's name of {period.label}; mend the wrong one"
            reading.findings.append(Finding(sheet.name, address, "", text, "one period", message))


def _facts(sheet: Sheet, layout: Layout, reading: Reading) -> dict[str, str]:
    facts = {}
    for name, fact in layout.facts.items():
        found = next((match for _, text in _titles(sheet) if (match := re.search(fact.pattern, text))), None)
        if found:
            facts[name] = found[1]
        elif fact.required:
            message = f"no title above the table says its {name.replace('_', ' ')}"
            reading.findings.append(Finding(sheet.name, "", name, "", "titles as expected", message))
    return facts

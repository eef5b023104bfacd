"""Workbooks that could end the process or raise what nobody catches: blank cells far away, single damaged bytes."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.read.sheet import Sheet, UnreadableWorkbook
from pipelines.read.workbook import read_workbook
from tests.helpers import REPOSITORY, Sheets, repacked, workbook_bytes, workbook_of_cells

READ_IN_LITTLE_MEMORY = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
from pipelines.read.sheet import UnreadableWorkbook
from pipelines.read.workbook import read_workbook
try:
    read_workbook("far.xlsx", Path(sys.argv[1]).read_bytes())
except UnreadableWorkbook as error:
    print(error)
"""
CENTRAL_DIRECTORY = b"PK\x01\x02"


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param('<c r="XFD1048576" t="s"><v>0</v></c>', id="shared_string"),
        pytest.param('<c r="XFD1048576" t="inlineStr"><is><t xml:space="preserve"> </t></is></c>', id="inline_string"),
        pytest.param('<c r="XFD1048576" t="str"><f>" "</f><v> </v></c>', id="result_of_a_formula"),
    ],
)
def test_far_away_cell_that_holds_only_a_space_is_refused_without_ending_the_process(cell: str, tmp_path: Path) -> None:
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">{cell}</row>'
    path = tmp_path / "far.xlsx"
    path.write_bytes(workbook_of_cells(rows, '<si><t xml:space="preserve"> </t></si>'))
    command = [sys.executable, "-c", READ_IN_LITTLE_MEMORY, str(path)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr[-500:]
    assert done.stdout.startswith("Sheet 'S', cell XFD1048576: a value lies outside")


def all_of(sheet: Sheet) -> tuple[object, ...]:
    """All that is known of a sheet, to be compared."""
    return sheet.name, sheet.first_row, sheet.first_column, sheet.texts.rows(), sheet.marks


def read_unless_refused(content: bytes) -> list[tuple[object, ...]] | None:
    try:
        return [all_of(sheet) for sheet in read_workbook("any.xlsx", content)]
    except UnreadableWorkbook:
        return None


@pytest.mark.parametrize("mask", [0xFF, 0x01], ids=["all_bits", "lowest_bit"])
def test_flipped_byte_anywhere_is_refused_or_changes_nothing(mask: int) -> None:
    sheets: Sheets = {"CBL": [["Subject", "Enrolments"], ["English", 76], ["Maths", 0.5]]}
    content = workbook_bytes(sheets)
    whole = read_unless_refused(content)
    assert whole
    directory = content.index(CENTRAL_DIRECTORY)
    places = [*range(0, directory, directory // 150), *range(directory, len(content), 4)]
    refused = 0
    for place in places:
        damaged = bytearray(content)
        damaged[place] ^= mask
        got = read_unless_refused(bytes(damaged))
        assert got is None or got == whole, f"byte {place}"
        refused += got is None
    assert 0 < refused < len(places)


def test_declared_entities_are_refused() -> None:
    sheet = (
        '<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa">]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>'
    )
    content = repacked(workbook_bytes({"S": []}), {"xl/worksheets/sheet1.xml": sheet.encode()})
    with pytest.raises(UnreadableWorkbook, match="document type"):
        read_workbook("any.xlsx", content)

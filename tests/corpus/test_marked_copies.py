"""What `check` says of the corpus's refused files: a copy of each opens, the problem cell marked, the list complete."""

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.contract.outcome import Finding
from pipelines.marked_copy import FILLS, LISTED, write_marked_copy
from pipelines.supplied_check import check_file, read_sheets
from tests.corpus.case import Case
from tests.corpus.cases import CASES
from tests.corpus.contract import source_named

LISTED_MOST = 2_000
REFUSED = [
    case for case in CASES if case.must == "quarantine" and case.kind not in ("guards", "hostile") and not case.held
]
"""Refused for what they hold; of files that are no workbooks nothing can be marked."""


def checked(case: Case, folder: Path) -> tuple[list[Finding], Path]:
    """What is wrong with the case's file, and its marked copy."""
    path = folder / case.file
    case.put(path, case.make())
    findings = check_file(source_named(case.source), path).reading.failures
    target = folder / f"{path.stem} checked.xlsx"
    write_marked_copy(path, findings, target, read_sheets(path))
    return findings, target


def is_marked(sheet: Worksheet, cell: str) -> bool:
    """Whether the cell is coloured and commented; of merged cells the first, which is the one that is seen."""
    block = next((block for block in sheet.merged_cells.ranges if cell in block), None)
    found = sheet.cell(block.min_row, block.min_col) if block else sheet[cell]
    return found.fill.start_color.rgb == FILLS["fail"] and found.comment is not None


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_each_problem_is_listed_and_its_cell_marked(case: Case, tmp_path: Path) -> None:
    findings, copy = checked(case, tmp_path)
    assert findings
    book = openpyxl.load_workbook(copy)
    said = " ".join(str(cell.value) for row in book[LISTED].iter_rows() for cell in row)
    for finding in findings[:LISTED_MOST]:
        assert finding.message[:60] in said
        if finding.cell and finding.sheet in book.sheetnames:
            assert is_marked(book[finding.sheet], finding.cell)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_marked_copies_open_in_libreoffice_with_their_marks(tmp_path: Path) -> None:
    kinds = {case.kind: case for case in REFUSED if case.file.endswith(".xlsx")}
    expected: dict[str, list[Finding]] = {}
    for name, case in kinds.items():
        (tmp_path / name).mkdir()
        findings, copy = checked(case, tmp_path / name)
        expected[name] = [finding for finding in findings if finding.cell]
        shutil.copy(copy, tmp_path / f"{name}.xlsx")
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    copies = [str(tmp_path / f"{name}.xlsx") for name in kinds]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "opened"), *copies], check=True, capture_output=True, timeout=240
    )
    assert sum(map(len, expected.values())) > 0
    for name, findings in expected.items():
        book = openpyxl.load_workbook(tmp_path / "opened" / f"{name}.xlsx")
        for finding in findings:
            if finding.sheet in book.sheetnames:
                assert is_marked(book[finding.sheet], finding.cell), (name, str(finding))

"""The commands for suppliers and readers, on an installation that has published."""

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipelines.cli import main
from pipelines.explain import NotKnown, as_text, explain
from tests.conftest import Installation

CLASSROOM = "continuing_education/CE classroom based 2020-21.xlsx"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(published: Installation, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the published installation; its exit code, what it printed, and what it complained of."""

    def command(*arguments: str, rooted: bool = True) -> tuple[int, str, str]:
        code = main([*arguments, *(["--root", str(published.paths.root)] if rooted else [])])
        printed = capsys.readouterr()
        return code, " ".join(printed.out.split()), printed.err

    return command


def test_explanation_goes_from_the_rating_to_the_cells(run: Run) -> None:
    code, said, _ = run("explain", "in.16")
    assert code == 0
    assert "Rating: Amber" in said
    assert "misses the target by 3 points, which is 3.092784% of it: at most 5% of the target" in said
    assert "94% (forecast year-end) against 93.185079% (2020-21 academic): a change of +0.874519%." in said
    assert "= 100 × 1,299 / 1,394" in said
    assert "CE classroom based 2020-21.xlsx, known from 15/10/2021" in said
    assert "CBL!F2:F20" in said
    assert "Forecast!B4 says '0.94'" in said


def test_every_cell_of_an_explanation_holds_what_is_said_of_it(published: Installation) -> None:
    explanation = explain(published.paths.published, "IN.16", "2021-22-Q2")
    [previous] = [observation for observation in explanation.observations if observation.use == "previous"]
    book = openpyxl.load_workbook(published.paths.raw / CLASSROOM, data_only=True)
    sums = {"numerator": Decimal(0), "denominator": Decimal(0)}
    for origin in previous.origins:
        assert str(book[origin.sheet][origin.cell].value) == origin.cell_text
        assert book[origin.sheet][f"B{origin.cell[1:]}"].value in origin.row_words
        sums[origin.role] += Decimal(origin.cell_text)
    assert (sums["numerator"], sums["denominator"]) == (previous.numerator, previous.denominator)


@pytest.mark.parametrize("quarter", ["2020-21-Q4", "2021-22-Q2"])
def test_every_measure_can_be_explained_in_any_quarter(published: Installation, quarter: str) -> None:
    measures = "select measure_code from marts.measure"
    rated = f"select measure_code from marts.measure_status where report_quarter = '{quarter}' and status is not null"
    with duckdb.connect(str(published.paths.published), read_only=True) as connection:
        are_rated = {measure for (measure,) in connection.execute(rated).fetchall()}
        for (measure,) in connection.execute(measures).fetchall():
            said = as_text(explain(connection, measure, quarter), every_cell=True)
            assert said.startswith(measure)
            assert ("Not rated" in said) != (measure in are_rated)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("explain", "IN.99"), "'IN.99' is not a measure of this warehouse. Known are: IN.1.1, "),
        (("explain", "IN.16", "--quarter", "2035-36-Q1"), "'2035-36-Q1' is not a reporting quarter"),
        (("check", "nowhere.xlsx"), "there is no file 'nowhere.xlsx'"),
    ],
)
def test_wrong_usage_says_what_is_known(run: Run, arguments: tuple[str, ...], complaint: str) -> None:
    code, _, complaints = run(*arguments)
    assert code == 64
    assert complaint in complaints


def test_unknown_measure_is_an_error_in_python_too(published: Installation) -> None:
    with pytest.raises(NotKnown, match=r"IN\.16"):
        explain(str(published.paths.published), "IN.99")


def test_nothing_published_says_what_to_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "IN.16", "--root", str(tmp_path)]) == 1
    assert "run `neighbourhoods nightly` first" in capsys.readouterr().err


def test_supplied_workbook_passes_and_is_known_already(run: Run, published: Installation) -> None:
    before = sorted(published.paths.root.rglob("*"))
    code, said, _ = run("check", str(published.paths.raw / CLASSROOM))
    assert code == 0
    assert "It passes. It would load as Continuing Education: classroom-based learning of 2020-21 academic" in said
    assert "These bytes came already, on 15/10/2021" in said
    assert sorted(published.paths.root.rglob("*")) == before


def test_mended_workbook_would_supersede_the_one_that_is_held(
    run: Run, published: Installation, tmp_path: Path
) -> None:
    path = tmp_path / "CE classroom based mended 2020-21.xlsx"
    book = openpyxl.load_workbook(published.paths.raw / CLASSROOM)
    book["Notes"]["A20"] = "mended"
    book.save(path)
    code, said, _ = run("check", str(path))
    assert code == 0
    assert "taken for a workbook of Continuing Education" in said
    assert "It would supersede 'CE classroom based 2020-21.xlsx', received 15/10/2021" in said
    assert list(tmp_path.iterdir()) == [path]


def test_refused_workbook_is_explained_and_marked(run: Run, published: Installation, tmp_path: Path) -> None:
    path = tmp_path / "CE classroom based 2020-21.xlsx"
    book = openpyxl.load_workbook(published.paths.raw / CLASSROOM)
    book["CBL"]["D5"] = "many"
    book.save(path)
    code, said, _ = run("check", str(path), "--source", "continuing_education")
    assert code == 2
    assert "1. sheet 'CBL', cell D5: 'Learners / Starts': 'many' is not a figure; enter a number" in said
    marked = openpyxl.load_workbook(tmp_path / "CE classroom based 2020-21 checked.xlsx")
    assert marked.sheetnames[0] == "Problems"
    assert "'many' is not a figure" in marked["CBL"]["D5"].comment.text


def test_marked_copy_of_a_file_in_raw_is_not_put_in_raw(
    new_installation: Callable[[], Installation], capsys: pytest.CaptureFixture[str]
) -> None:
    installation = new_installation()
    path = installation.paths.raw / "dwp_grants" / "letter.xlsx"
    path.write_bytes(b"Dear all")
    before = sorted(installation.paths.raw.rglob("*"))
    assert main(["check", str(path), "--root", str(installation.paths.root)]) == 2
    assert sorted(installation.paths.raw.rglob("*")) == before
    assert (installation.paths.warehouse / "checked" / "letter checked.xlsx").exists()
    assert "held against the contract of DWP grants" in capsys.readouterr().out


def test_workbook_cannot_be_its_own_marked_copy(run: Run, published: Installation, tmp_path: Path) -> None:
    path = shutil.copy(published.paths.raw / CLASSROOM, tmp_path)
    code, _, complaints = run("check", str(path), "--output", str(path))
    assert code == 64
    assert "other than the workbook itself" in complaints


def test_template_is_written_and_never_over_a_file(run: Run, tmp_path: Path) -> None:
    arguments = ("template", "continuing_education", "--period", "2021-22 Q3", "--output", str(tmp_path))
    code, said, _ = run(*arguments, rooted=False)
    assert code == 0
    assert "Written:" in said
    assert [path.name for path in tmp_path.iterdir()] == ["CE forecast 2021-22 Q3.xlsx"]
    code, _, complaints = run(*arguments, rooted=False)
    assert code == 64
    assert "may have been filled" in complaints


def test_template_of_an_unknown_source_lists_those_that_there_are(run: Run) -> None:
    code, _, complaints = run("template", "libraries", rooted=False)
    assert code == 64
    assert "continuing_education" in complaints

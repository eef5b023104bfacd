"""Files read in a process of their own: what a bad one does to it, to the files behind it, and what is left running."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.read import isolation
from pipelines.read.isolation import TOO_LONG, IsolatedReader, Wanted, read_isolated
from pipelines.read.sheet import UnreadableWorkbook
from pipelines.read.workbook import read_workbook
from pipelines.read.worker import TOO_MUCH_MEMORY
from tests.helpers import REPOSITORY, Value, repacked, workbook_bytes, workbook_of_cells

Put = Callable[[str, bytes], Wanted]

GOOD = workbook_bytes({"S": [["a", 1]]})
SPREAD_OUT = workbook_of_cells(
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="199999"><c r="ZZ199999"><v>1</v></c></row>'
)
"""140 million cells between two: more than the process may hold, and its reader of values aborts."""

MISBEHAVING = """
import os, signal, time
from pipelines.read import worker

read = worker.read_workbook

def misbehave(name, content):
    if name == "spin.xlsx":
        while True:
            pass
    if name == "busy.xlsx":
        until = time.process_time() + 0.4
        while time.process_time() < until:
            pass
    if name == "sleep.xlsx":
        time.sleep(600)
    if name == "kill.xlsx":
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "segfault.xlsx":
        os.kill(os.getpid(), signal.SIGSEGV)
    if name == "raise.xlsx":
        raise LookupError("no such thing")
    if name == "memory.xlsx":
        raise MemoryError
    if name == "print.xlsx":
        print("loading ...")
    return read(name, content)

worker.read_workbook = misbehave
worker.MOST_SECONDS = 1
worker.main()
"""
"""A process that reads files, and does with some of them what a hostile one might make it do."""

LITTLE_MEMORY = """
from pipelines.read import worker

worker.MOST_BYTES = 800 * 1024**2
worker.main()
"""
"""A process with less than half the memory, that a smaller file is enough to exhaust."""

READ_AND_TELL = """
import sys
from pathlib import Path
from pipelines.read.isolation import read_isolated, shared_reader

read_isolated(Path(sys.argv[1]), "good.xlsx")
print(shared_reader()._process.pid)
"""


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Writes a file to be read."""

    def put(name: str, content: bytes) -> Wanted:
        path = tmp_path / f"{name}.{len(list(tmp_path.iterdir()))}"
        path.write_bytes(content)
        return Wanted(path, name)

    return put


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list["subprocess.Popen[bytes]"]:
    """The processes that were started to read files."""
    found: list[subprocess.Popen[bytes]] = []
    start = isolation._start

    def start_and_note() -> "subprocess.Popen[bytes]":
        found.append(start())
        return found[-1]

    monkeypatch.setattr(isolation, "_start", start_and_note)
    return found


@pytest.fixture
def reader() -> Iterator[IsolatedReader]:
    reader = IsolatedReader()
    yield reader
    reader.close()


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch, reader: IsolatedReader) -> IsolatedReader:
    """A reader whose process does as the names of the files say, and may take a second for each."""
    run_instead_of_the_worker(MISBEHAVING, monkeypatch)
    return reader


def run_instead_of_the_worker(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    popen = subprocess.Popen

    def start(_: list[str], **options: Any) -> "subprocess.Popen[bytes]":
        return popen([sys.executable, "-c", code], **options)

    monkeypatch.setattr(subprocess, "Popen", start)


def outcomes(reader: IsolatedReader, *files: Wanted) -> list[str]:
    """For each file the text of its first cell, or why it was refused."""
    return [
        str(answer) if isinstance(answer, UnreadableWorkbook) else answer[0].texts.item(0, 0)
        for answer in reader.read(files)
    ]


def numbered(put: Put, count: int) -> list[Wanted]:
    return [put(f"{number}.xlsx", workbook_bytes({"S": [[f"file {number}"]]})) for number in range(count)]


def test_good_file_is_read_as_in_this_process(put: Put, reader: IsolatedReader) -> None:
    content = workbook_bytes(
        {"S": [[], [None, "a", "=B2"], [None, "#N/A", 0.5]], "Notes": []},
        merged={"S": ["B5:C6"]},
        formats={"S": {"C3": "0%"}},
    )
    [sheets] = reader.read([put("good.xlsx", content)])
    assert not isinstance(sheets, UnreadableWorkbook)
    expected = read_workbook("good.xlsx", content)
    assert [(s.name, s.first_row, s.first_column, s.texts.rows(), s.marks) for s in sheets] == [
        (s.name, s.first_row, s.first_column, s.texts.rows(), s.marks) for s in expected
    ]
    assert sheets[0].marks.problems
    assert sheets[0].marks.percent


def test_damaged_file_is_refused_with_its_reason_by_the_same_process(
    put: Put, reader: IsolatedReader, started: list["subprocess.Popen[bytes]"]
) -> None:
    files = [put("a.xlsx", GOOD), put("b.xlsx", GOOD[:-100]), put("c.csv", GOOD), put("d.xlsx", GOOD)]
    first, cut, misnamed, last = outcomes(reader, *files)
    assert (first, last) == ("a", "a")
    assert cut == "It is cut short or damaged. Send it again."
    assert misnamed.startswith("It is an Excel workbook (.xlsx), but its name ends in .csv")
    assert len(started) == 1


def test_file_that_is_not_there_is_refused(put: Put, reader: IsolatedReader, tmp_path: Path) -> None:
    missing, good = outcomes(reader, Wanted(tmp_path / "gone", "gone.xlsx"), put("a.xlsx", GOOD))
    assert "FileNotFoundError" in missing
    assert good == "a"


def test_file_that_takes_the_process_down_is_refused_and_those_behind_it_are_read_in_order(
    put: Put, reader: IsolatedReader, started: list["subprocess.Popen[bytes]"]
) -> None:
    bad = put("bad.xlsx", SPREAD_OUT)
    first, second, third, fourth = numbered(put, 4)
    found = outcomes(reader, first, bad, second, bad, bad, third, fourth)
    assert [found[place] for place in (0, 2, 5, 6)] == ["file 0", "file 1", "file 2", "file 3"]
    for place in (1, 3, 4):
        assert found[place].startswith("Reading it brings the reader down, so it is damaged or made to do so.")
        assert "clear what lies far below or to the right of the table" in found[place]
    assert len(started) == 4
    assert [process.poll() is None for process in started] == [False, False, False, True]


def test_last_file_that_takes_the_process_down_leaves_none_running(
    put: Put, reader: IsolatedReader, started: list["subprocess.Popen[bytes]"]
) -> None:
    found = outcomes(reader, put("a.xlsx", GOOD), put("bad.xlsx", SPREAD_OUT))
    assert found[0] == "a"
    assert found[1].startswith("Reading it brings the reader down")
    assert [process.poll() is None for process in started] == [False]


def test_many_files_share_one_process(
    put: Put, reader: IsolatedReader, started: list["subprocess.Popen[bytes]"]
) -> None:
    files = numbered(put, 12)
    assert outcomes(reader, *files[:8]) == [f"file {number}" for number in range(8)]
    assert outcomes(reader, *files[8:]) == [f"file {number}" for number in range(8, 12)]
    assert len(started) == 1


def test_large_answer_comes_whole(put: Put, reader: IsolatedReader) -> None:
    rows: list[list[Value]] = [[f"{row} {'x' * 200}", row] for row in range(15_000)]
    [answer] = reader.read([put("large.xlsx", workbook_bytes({"S": rows}))])
    assert not isinstance(answer, UnreadableWorkbook)
    assert answer[0].texts.rows() == [(text, str(number)) for text, number in rows]


def test_no_files_start_no_process(reader: IsolatedReader, started: list["subprocess.Popen[bytes]"]) -> None:
    assert list(reader.read([])) == []
    assert started == []


def test_small_file_that_unpacks_to_more_than_memory_holds_is_refused_and_harms_nothing_else(
    put: Put, reader: IsolatedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_instead_of_the_worker(LITTLE_MEMORY, monkeypatch)
    inside = b'<worksheet xmlns="m"><sheetData>' + b'<row r="11"/>' * 7_000_000 + b"</sheetData></worksheet>"
    huge = repacked(GOOD, {"xl/worksheets/sheet1.xml": inside})
    assert len(huge) < 500_000
    assert outcomes(reader, put("huge.xlsx", huge), put("a.xlsx", GOOD)) == [TOO_MUCH_MEMORY, "a"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("spin.xlsx", TOO_LONG, id="too_much_time"),
        pytest.param("kill.xlsx", TOO_MUCH_MEMORY, id="killed_by_the_system"),
        pytest.param("memory.xlsx", TOO_MUCH_MEMORY, id="no_more_memory"),
        pytest.param("segfault.xlsx", "Reading it brings the reader down", id="crash"),
        pytest.param("raise.xlsx", "It cannot be read (LookupError: no such thing). Save it again", id="exception"),
        pytest.param("print.xlsx", "a", id="library_that_prints"),
    ],
)
def test_whatever_a_file_does_the_next_is_read(name: str, said: str, put: Put, misbehaving: IsolatedReader) -> None:
    first, second, third = outcomes(misbehaving, put("1.xlsx", GOOD), put(name, GOOD), put("3.xlsx", GOOD))
    assert (first, third) == ("a", "a")
    assert second.startswith(said)


def test_time_counts_for_each_file_and_not_for_all(put: Put, misbehaving: IsolatedReader) -> None:
    assert outcomes(misbehaving, *[put("busy.xlsx", GOOD)] * 8) == ["a"] * 8


def test_file_that_waits_for_ever_is_given_up(
    put: Put, misbehaving: IsolatedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "WAIT_SECONDS", 3)
    assert outcomes(misbehaving, put("sleep.xlsx", GOOD), put("a.xlsx", GOOD)) == [TOO_LONG, "a"]


def test_closing_ends_the_process_and_a_later_file_starts_another(
    put: Put, reader: IsolatedReader, started: list["subprocess.Popen[bytes]"]
) -> None:
    good = put("a.xlsx", GOOD)
    assert outcomes(reader, good) == ["a"]
    assert started[0].poll() is None
    reader.close()
    reader.close()
    assert started[0].poll() is not None
    assert outcomes(reader, good) == ["a"]
    assert len(started) == 2


def test_one_who_wants_no_more_files_gets_none_of_the_others_answers(
    put: Put, reader: IsolatedReader, started: list["subprocess.Popen[bytes]"]
) -> None:
    files = numbered(put, 5)
    answers = reader.read(files)
    next(answers)
    answers.close()  # type: ignore[attr-defined]
    assert started[0].poll() is not None
    assert outcomes(reader, *files[3:]) == ["file 3", "file 4"]


def test_refusal_of_a_single_file_is_raised(put: Put) -> None:
    good, bad = put("a.xlsx", GOOD), put("b.xlsx", GOOD[:-100])
    assert read_isolated(good.path, good.name)[0].texts.rows() == [("a", "1")]
    with pytest.raises(UnreadableWorkbook, match="cut short or damaged"):
        read_isolated(bad.path, bad.name)


def test_nothing_is_left_running_when_the_one_who_asked_has_ended(put: Put) -> None:
    command = [sys.executable, "-c", READ_AND_TELL, str(put("good.xlsx", GOOD).path)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True, timeout=60)
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)

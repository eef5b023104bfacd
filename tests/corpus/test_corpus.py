"""Every file of the corpus becomes what it must: loaded to the exact rows, refused with the reason, or left alone."""

import resource
from collections import Counter
from pathlib import Path

import pytest

from pipelines.contract.outcome import Reading
from pipelines.read.worker import MOST_BYTES
from tests.corpus.case import Case
from tests.corpus.cases import CASES, KINDS
from tests.corpus.judge import judge

MOST_SECONDS = 60
"""By the clock. The reader gets 15 seconds of a processor, which a busy machine stretches."""
MOST_KILOBYTES = MOST_BYTES // 1024


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, tmp_path: Path) -> None:
    verdict = judge(case, tmp_path)
    assert verdict.outcome == case.must, verdict.messages
    said = "\n".join(verdict.messages)
    assert [words for words in case.says if not any(one in said for one in words.split("|"))] == [], said
    if case.rows is None:
        assert verdict.rows is None
        assert list((tmp_path / "staged").glob("*.parquet")) == [] or case.held
    else:
        assert verdict.rows is not None
        assert len(verdict.rows) == len(case.rows)
        pairs = zip(verdict.rows, case.rows, strict=True)
        assert [{name: row[name] for name in expected} for row, expected in pairs] == list(case.rows)
    if verdict.reading is not None:
        assert_accounted_for(case, verdict.reading)
    assert verdict.seconds < MOST_SECONDS
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < MOST_KILOBYTES


def assert_accounted_for(case: Case, reading: Reading) -> None:
    """Every row of the file is loaded, rejected or set aside; none is loaded from a file that is refused."""
    assert reading.rows_read == reading.rows_loaded + reading.rows_rejected + reading.rows_set_aside
    assert min(reading.rows_loaded, reading.rows_rejected, reading.rows_set_aside) >= 0
    unreadable = case.rows is None and reading.rows_read == 0
    assert case.read in (None, reading.rows_read) or unreadable
    assert (reading.rows_loaded if case.rows is None else reading.rows_rejected) == 0 or case.must == "ignore"


def test_corpus_is_as_large_and_as_varied_as_it_says() -> None:
    counted = Counter(case.kind for case in CASES)
    assert sum(counted.values()) >= 150
    assert counted.keys() == set(KINDS)
    assert {case.must for case in CASES} == {"load", "warn", "quarantine", "ignore"}
    assert [name for name, times in Counter(case.name for case in CASES).items() if times > 1] == []


def test_every_case_says_why_or_what() -> None:
    assert [case.name for case in CASES if case.rows is None and not case.says] == []
    assert [case.name for case in CASES if case.must == "load" and case.rows is None] == []

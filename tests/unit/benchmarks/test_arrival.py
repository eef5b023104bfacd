from itertools import islice
from pathlib import Path

import pytest

from assets.sources import all_sources
from benchmarks.arrival import FILES, Made, made_up, survey, write_workbook
from pipelines.contract.staging import Supplied, read_source

ONE_OF_EACH = {made.source: made for made in islice(made_up(), 8)}


@pytest.mark.parametrize("made", ONE_OF_EACH.values(), ids=lambda made: made.source)
def test_a_made_up_workbook_keeps_its_contract(tmp_path: Path, made: Made) -> None:
    write_workbook(tmp_path, made)
    [source] = [source for source in all_sources() if source.name == made.source]
    [reading], _ = read_source(source, [Supplied(made.name, "0" * 64, tmp_path / made.source / made.name)])
    assert reading.loads, reading.reason
    assert reading.rows_recorded == len(made.rows) - 1


def test_a_workbook_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    wave = survey("Jan-Mar 2010")
    written = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        write_workbook(tmp_path / name, wave)
        written.append((tmp_path / name / wave.source / wave.name).read_bytes())
    assert written[0] == written[1]


def test_there_are_enough_and_none_is_of_the_name_of_another() -> None:
    names = [(made.source, made.name) for made in made_up()]
    assert len(names) == len(set(names)) >= FILES

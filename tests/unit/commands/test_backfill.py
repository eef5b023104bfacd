"""Whether `neighbourhoods backfill` builds: only when a file of the periods came, or may have come."""

from datetime import date
from pathlib import Path

import pytest

from pipelines import backfill
from pipelines.cli import main
from pipelines.contract.kept import keep_reading
from pipelines.contract.outcome import Reading
from pipelines.periods import Period
from pipelines.settings import Paths, code_root
from pipelines.warehouse.quarters import keep_told
from pipelines.warehouse.supplied import reading_sha256

YEAR = Period("2019-20", date(2019, 4, 1), date(2020, 4, 1), "financial")
SHA256 = "a" * 64
LINE = f"Finance 2019-20.xlsx,{SHA256},2020-05-01"
HEADER = "source,workbook,sha256,received_on"


@pytest.mark.parametrize(
    ("lines", "read", "period", "wanted", "builds"),
    [
        pytest.param([f"finance,{LINE}"], True, YEAR, "2020-21", False, id="nothing_of_the_next_year"),
        pytest.param([f"finance,{LINE}"], True, YEAR, "2019-20-Q4", True, id="of_a_quarter_of_its_year"),
        pytest.param([f"finance,{LINE}"], True, YEAR, "2019-20 to 2020-21", True, id="of_one_of_two_years"),
        pytest.param([f"finance,{LINE}"], True, None, "2020-21", True, id="of_a_period_that_nobody_could_tell"),
        pytest.param([f"finance,{LINE}"], False, YEAR, "2020-21", True, id="not_read_yet"),
        pytest.param([f"dwp_grants,{LINE}"], False, YEAR, "2019-20", False, id="of_another_source"),
        pytest.param(["nonsense"], True, YEAR, "2020-21", True, id="a_register_that_cannot_be_read"),
    ],
)
def test_without_a_file_of_the_period_nothing_is_built(
    lines: list[str],
    read: bool,
    period: Period | None,
    wanted: str,
    builds: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paths, built = Paths(tmp_path), []
    paths.raw.mkdir()
    paths.register.write_text("\n".join([HEADER, *lines]) + "\n")
    keep_told(paths, {"finance": {"stem": YEAR}})
    if read:
        reading = Reading("finance", "Finance 2019-20.xlsx", SHA256, period=period)
        keep_reading(paths.staged / "finance" / "stem.json", reading, reading_sha256(paths, code_root()))

    def runs(*_of: object) -> bool:
        built.append(wanted)
        return True

    monkeypatch.setattr(backfill, "run_backfill", runs)
    assert main(["backfill", "--root", str(tmp_path), "finance", *wanted.split(" ")]) == 0
    assert built == ([wanted] if builds else [])
    assert ("nothing is built" in capsys.readouterr().out) == (not builds)

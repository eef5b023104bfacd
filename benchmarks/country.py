"""Made-up figures of every council in England: 317 authorities, 150 measures, 40 quarters; again with 30 wards each.

A scan reads every column of the same table once and adds it up by measure. Each question is asked in a process of its
own, which may use 1.5 GB; Polars' streaming engine and, of the small size, pandas answer status and trend too, and must
answer the same.
"""

import sys
import tempfile
from pathlib import Path

from benchmarks.national.generate import Size, write_country
from benchmarks.national.questions import DAY, QUESTIONS
from benchmarks.ratios import TURNS, Cost, Ratio, answer_of, in_environment, medians_in_turn, to

SMALLEST, COUNTRY, WARDS = Size(32, 1), Size(317, 1), Size(317, 30)

MOST_FOR_PANDAS = 2_000_000
"""Observations that pandas is asked about: of more its memory would be the machine's."""

STATUS, SCAN = "status_and_trend", "scan"
MOST_TIMES_A_SCAN, MOST_MB = 5.0, 2048

_WORDS = {"status_and_trend": "status and trend", "rolling_four": "four quarters rolling", "as_at": "as at a day"}


def measure(smallest: bool) -> list[Ratio]:
    """Ratios to one scan, of one size after the other."""
    found: list[Ratio] = []
    for size in (SMALLEST,) if smallest else (COUNTRY, WARDS):
        with tempfile.TemporaryDirectory() as folder:
            write_country(Path(folder), size)
            found += _of_size(Path(folder), size)
    return found


def _of_size(folder: Path, size: Size) -> list[Ratio]:
    loaded = answer_of(_question("load", folder))
    commands = {name: _question(name, folder) for name in QUESTIONS}
    commands["polars"] = [sys.executable, "-m", "benchmarks.peers.country_polars", str(folder)]
    if SMALLEST.observations < size.observations <= MOST_FOR_PANDAS:
        pandas = [*in_environment("pandas", "pyarrow"), "-m", "benchmarks.peers.country_pandas"]
        commands["pandas"] = [*pandas, str(folder), DAY]
    peaks: dict[str, float] = {}
    answers: dict[str, object] = {}

    def asked(name: str) -> Cost:
        given = answer_of(commands[name])
        peaks[name] = max(given["peak_mb"], peaks.get(name, 0))
        answers[name] = given["answer"]
        return Cost(given["seconds"], given["processor"])

    costs = medians_in_turn({name: (lambda name=name: asked(name)) for name in commands}, TURNS, warms_up=True)  # type: ignore[misc]
    for peer in commands.keys() - set(QUESTIONS):
        assert answers[peer] == answers[STATUS], f"{peer} answers otherwise"
    rows = f"{size.observations / 1e6:.1f} million observations"
    scan, load = costs[SCAN], Cost(loaded["seconds"], loaded["processor"])
    return [
        to(f"{rows}: loading to a scan", load, scan, told="timed once"),
        *(
            to(
                f"{rows}: {words} to a scan",
                costs[name],
                scan,
                MOST_TIMES_A_SCAN if name == STATUS else None,
                f"{peaks[name]:,.0f} MB",
            )
            for name, words in _WORDS.items()
        ),
        Ratio(f"{rows}: peak memory of status and trend to 2 GB", peaks[STATUS] / MOST_MB, 1.0),
        *(
            to(
                f"{rows}: status and trend by {peer.capitalize()} to ours",
                costs[peer],
                costs[STATUS],
                told=f"{peaks[peer]:,.0f} MB; the same answer",
            )
            for peer in sorted(commands.keys() - set(QUESTIONS))
        ),
    ]


def _question(name: str, folder: Path) -> list[str]:
    return [sys.executable, "-m", "benchmarks.national.questions", name, str(folder)]

"""The nightly's work beside what users would otherwise write, from the same files, each started as a process.

Pandas reads the workbooks with openpyxl, and writes figures, texts and the values of the measures with `to_sql`; what
of our work it leaves out is said in `benchmarks/peers/nightly_pandas.py`. "As far as pandas goes" is our work up to the
same values: received, archived, read twice, validated, staged, and built as far as the observations.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.agreement import with_pandas
from benchmarks.ratios import Cost, Ratio, environment_in, medians_in_turn, timed, to
from pipelines.settings import Paths, code_root

PEERS = Path(__file__).parent / "peers"
TIMES_FASTER = 5.0
OBSERVATIONS = "marts.observation"


def measure(smallest: bool) -> list[Ratio]:  # noqa: ARG001  there is one size: the supplied workbooks
    """Pandas to our work."""
    with tempfile.TemporaryDirectory() as folder:
        return _pandas(Path(folder))


def _pandas(root: Path) -> list[Ratio]:
    paths = Paths(root)
    shutil.copytree(code_root() / "raw", paths.raw, ignore=shutil.ignore_patterns("archive"))
    database = root / "pandas.sqlite"
    python = environment_in(root / "environment", "pandas", "openpyxl", "sqlalchemy")
    work = [sys.executable, "-m", "benchmarks.work", str(root)]

    def anew(command: list[str]) -> Cost:
        shutil.rmtree(paths.warehouse, ignore_errors=True)
        return timed(command)

    costs = medians_in_turn(
        {
            "pandas": lambda: timed([python, str(PEERS / "nightly_pandas.py"), str(paths.raw), str(database)]),
            "as far": lambda: anew([*work, OBSERVATIONS]),
            "work": lambda: anew(work),
        },
        warms_up=True,
    )
    compared = with_pandas(paths, database)
    found = costs["pandas"]
    return [
        to("pandas to the nightly's work without Dagster", found, costs["work"], TIMES_FASTER, compared, at_least=True),
        to("pandas to our work as far as pandas goes", found, costs["as far"]),
    ]

"""The nightly on small code, for what does not depend on the real models: seconds instead of half a minute."""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from pipelines.settings import Paths
from tests.conftest import supply_as_first_received
from tests.torture.bench import Runner
from tests.torture.runner import NIGHTLY
from tests.torture.small import SOURCES, make_code

ALL_SOURCES = (*SOURCES, "action_plan", "community_safety_survey")
"""With those of the waves and of the earliest quarters, which backfills name."""


@dataclass(frozen=True)
class SmallInstallation:
    """A folder with raw/ and its own Dagster home, and the code that runs on it in forks of one process."""

    paths: Paths
    code: Path
    run: Runner

    @property
    def dagster_home(self) -> Path:
        """Where Dagster keeps the history of the runs."""
        return self.paths.root / "dagster"

    def nightly(self, *options: str) -> tuple[int, str]:
        """Runs the console command; its exit code, and what it printed."""
        done = self.run(NIGHTLY, self.paths.root, options=options)
        return done["code"], done["said"]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query on the published file, opened as an analyst would."""
        with duckdb.connect(str(self.paths.published), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def copied_to(self, root: Path) -> "SmallInstallation":
        """The same in another folder, with the history of its runs, to which more happens."""
        shutil.copytree(self.paths.root, root, symlinks=True)
        return replace(self, paths=Paths(root))


def published_small(folder: Path) -> SmallInstallation:
    """An installation after one nightly. Whoever is done with it closes `run`."""
    make_code(folder / "code", ALL_SOURCES)
    installation = SmallInstallation(Paths(folder / "root"), folder / "code", Runner(folder / "code", folder, None))
    supply_as_first_received(installation.paths.raw, ALL_SOURCES)
    code, said = installation.nightly()
    assert code == 0, said
    return installation

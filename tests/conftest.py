"""What several kinds of tests share: a folder of raw/ as supplied, and one that the nightly job has been run on."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.cli import main
from pipelines.settings import Paths, code_root


@dataclass(frozen=True)
class Installation:
    """A folder with raw/ and its own Dagster home, on which the nightly job can be run."""

    paths: Paths
    dagster_home: Path

    def nightly(self, *options: str) -> int:
        """Runs the console command; returns its exit code."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DAGSTER_HOME", str(self.dagster_home))
            return main(["nightly", "--root", str(self.paths.root), *options])

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query on the published file, opened as an analyst would."""
        with duckdb.connect(str(self.paths.published), read_only=True) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture(scope="session")
def new_installation(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Installation]:
    """Makes an installation with the workbooks as supplied, on which nothing has run yet."""

    def make() -> Installation:
        root = tmp_path_factory.mktemp("installation")
        shutil.copytree(code_root() / "raw", root / "raw", ignore=shutil.ignore_patterns("archive", ".*"))
        home = root / "dagster"
        home.mkdir()
        return Installation(Paths(root), home)

    return make


@pytest.fixture(scope="session")
def published(new_installation: Callable[[], Installation]) -> Installation:
    """An installation after one nightly. Tests must leave it as it is."""
    installation = new_installation()
    assert installation.nightly() == 0
    return installation

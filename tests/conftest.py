"""What several kinds of tests share: a folder of raw/ as supplied, and one that the nightly job has been run on."""

import csv
import os
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest

from pipelines.cli import main
from pipelines.files import alone
from pipelines.publication.public import public_figures
from pipelines.publication.quarter import Quarter
from pipelines.report.report import report_files
from pipelines.settings import Paths, code_root
from tests.public_editions import public_editions_dir, supply_public_editions
from tests.small_published import write_small_published

LAST_RECEIPT = "2021-11-12"
"""The cut-off of the mid-year report 2021/22, by which all its workbooks had come."""


@pytest.fixture(autouse=True)
def _files_are_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that tests put down are whole, and nobody waits for them; tests/unit/ledger/test_register.py tests that."""
    monkeypatch.setattr("pipelines.ledger.register.SETTLES_IN_SECONDS", 0.0)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the corpus second: while one process publishes for the first file, the other needs nothing published."""
    first = items[0].path if items else None
    items.sort(key=lambda item: 0 if item.path == first else 1 if item.path.parent.name == "corpus" else 2)


@dataclass(frozen=True)
class Installation:
    """A folder with raw/ and its own Dagster home, on which the nightly job can be run."""

    paths: Paths
    dagster_home: Path

    def nightly(self, *options: str, with_history: bool = False, with_all_outputs: bool = False) -> int:
        """Runs the console command; returns its exit code.

        Without history Dagster's instance is one in memory that forgets events: they are half of a nightly. Of what is
        made for a quarter there is the report alone, unless all is asked for.
        """
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DAGSTER_HOME", str(self.dagster_home))
            if not with_history:
                patch.setattr("pipelines.dagster_home.dagster_instance", in_memory)
            if not with_all_outputs:
                patch.setattr("pipelines.publication.outputs.MAKERS", (report_files,))
            return main(["nightly", "--root", str(self.paths.root), *options])

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query on the published file, opened as an analyst would."""
        with duckdb.connect(str(self.paths.published), read_only=True) as connection:
            return connection.execute(sql).fetchall()


@contextmanager
def in_memory(_paths: Paths) -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance, pytest.MonkeyPatch.context() as patch:
        patch.setattr(instance.event_log_storage, "store_event", lambda _event: None)
        patch.setattr(instance.event_log_storage, "get_asset_records", lambda _keys=None: [])
        yield instance


def supply_as_first_received(raw: Path, sources: Collection[str] | None = None) -> None:
    """Lays out the workbooks of the mid-year report and their register, whatever came into the project's raw/ since.

    sources: those whose workbooks are laid out, all when None.
    """
    own = code_root() / "raw"
    lines = (own / "received.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines[1:] if line.rsplit(",", 1)[1] <= LAST_RECEIPT]
    found = {sha256(path.read_bytes()).hexdigest(): path for path in own.glob("*/*.xlsx")}
    kept = [line for line in kept if sources is None or line.partition(",")[0] in sources]
    for source, workbook, digest, _ in csv.reader(kept):
        (raw / source).mkdir(parents=True, exist_ok=True)
        shutil.copy(found[digest], raw / source / workbook)
    (raw / "received.csv").write_text("\n".join([lines[0], *kept, ""]), encoding="utf-8")


@pytest.fixture(scope="session")
def new_installation(published: Installation, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Installation]:
    """Makes an installation with the workbooks as supplied, on which nothing has run yet.

    It has the column lineage that an earlier one worked out, as every nightly but the first has.
    """

    def make() -> Installation:
        root = tmp_path_factory.mktemp("installation")
        supply_as_first_received(root / "raw")
        installation = Installation(Paths(root), root / "dagster")
        installation.dagster_home.mkdir()
        installation.paths.kept_lineage.parent.mkdir()
        shutil.copy(published.paths.kept_lineage, installation.paths.kept_lineage)
        return installation

    return make


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation after one nightly, the same for all processes of a test run. Tests must leave it as it is."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    root = shared / "published"
    installation = Installation(Paths(root), root / "dagster")
    with alone(shared / "published.lock"):
        if not root.exists():
            supply_as_first_received(root / "raw")
            installation.dagster_home.mkdir()
            try:
                assert installation.nightly(with_history=True, with_all_outputs=True) == 0
            except BaseException:
                root.rename(shared / "not published")
                raise
    return installation


@pytest.fixture(scope="session")
def published_copy(published: Installation, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Installation]:
    """Makes copies of what is published, with the history of its runs, for tests in which more happens."""

    def copy() -> Installation:
        root: Path = tmp_path_factory.mktemp("copy") / "root"
        shutil.copytree(published.paths.root, root, symlinks=True)
        return Installation(Paths(root), root / published.dagster_home.relative_to(published.paths.root))

    return copy


@pytest.fixture(scope="session")
def with_public_editions(new_installation: Callable[[], Installation]) -> Installation:
    """An installation after one nightly on the same workbooks and the published editions. Tests must leave it so."""
    folder = public_editions_dir()
    installation = new_installation()
    supply_public_editions(installation.paths.raw, folder)
    assert installation.nightly() == 0
    return installation


@pytest.fixture(scope="session")
def small_quarter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quarter]:
    """A quarter of a warehouse in miniature, through the public's door: seconds instead of a nightly."""
    with public_figures(write_small_published(tmp_path_factory.mktemp("small"))) as connection:
        yield Quarter(connection, "2021-22-Q2")

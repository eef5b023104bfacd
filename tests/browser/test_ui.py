"""Dagster's UI as an engineer uses it: the graph with its groups, checks, a backfill of ten quarters, its metadata."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import dagster as dg
import pytest
from playwright.sync_api import Browser, Page, expect

from pipelines.settings import ROOT_VARIABLE, code_root
from tests.conftest import Installation

pytestmark = pytest.mark.browser

QUARTERS = [*(f"2019-20-Q{number}" for number in (1, 2, 3, 4)), *(f"2020-21-Q{number}" for number in (1, 2, 3, 4))]
QUARTERS += ["2021-22-Q1", "2021-22-Q2"]
STARTS_WITHIN, ENDS_WITHIN = 120, 20
PATIENCE, PATIENCE_FOR_A_RUN = 60_000, 180_000
"""Milliseconds: on a busy machine; most of it is not used."""

expect.set_options(timeout=PATIENCE)


@dataclass
class Served:
    """A running UI, the Dagster home that it shows, and a folder for screenshots."""

    url: str
    dagster_home: Path
    shots: Path


@pytest.fixture(scope="module")
def served(published: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The UI of a copy of an installation, on which the nightly has run."""
    root = tmp_path_factory.mktemp("ui") / "root"
    shutil.copytree(published.paths.root, root, symlinks=True)
    with serving(root, root / published.dagster_home.name) as served:
        yield served


@contextmanager
def serving(root: Path, home: Path) -> Iterator[Served]:
    """Dagster's web server and daemon, as `make ui` starts them, on a free port of this machine alone."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"DAGSTER_HOME": str(home), ROOT_VARIABLE: str(root), "PYTHONPATH": str(code_root())}
    # started from a script in the background, it would ignore the signal that ends it
    start = "import signal, sys; from dagster_dg_cli.cli import main; signal.signal(signal.SIGINT, "
    start += "signal.default_int_handler); sys.argv[0] = 'dg'; main()"
    command = [sys.executable, "-c", start, "dev", "--host", "127.0.0.1", "--port", str(port)]
    with (root / "ui.log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=code_root(), env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/server_info", server, root / "ui.log")
        yield Served(url, home, root.parent)
    finally:
        server.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            server.wait(ENDS_WITHIN)
        # what it started and left behind: a run that follows the backfill need not be waited for
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)


def _wait_for(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    pytest.fail(f"the UI did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A page of the UI; that it asks anything of another machine fails the test."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.set_default_timeout(PATIENCE)
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    yield page
    page.close()
    assert [url for url in asked if not url.startswith((served.url, "data:", "blob:"))] == []


def test_the_graph_shows_groups_and_an_asset_its_checks(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/asset-groups")
    for group in ("supply", "continuing_education", "staging", "measures", "marts", "published"):
        expect(page.get_by_text(group, exact=True).first).to_be_visible()
    page.screenshot(path=served.shots / "graph.png")

    page.goto(f"{served.url}/assets/marts/measure_status?view=checks")
    for check in ("measure_status_key_unique", "status_or_reason"):
        expect(page.get_by_text(check).first).to_be_visible()
    page.screenshot(path=served.shots / "checks.png")


def test_ten_quarters_are_backfilled_in_one_run_and_show_what_was_read(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/assets/supplied/continuing_education?view=partitions")
    page.get_by_role("button", name="Materialize").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Select a partition").click()
    search = page.get_by_placeholder("Filter partitions")
    for quarter in QUARTERS:
        search.fill(quarter)
        page.locator("label").filter(has_text=quarter).first.click()
    page.screenshot(path=served.shots / "chosen.png")
    search.press("Escape")
    expect(dialog.get_by_text("10 partitions").first).to_be_visible()
    expect(dialog.get_by_text("Backfills all partitions in a single run.")).to_be_visible()
    page.screenshot(path=served.shots / "dialog.png")
    dialog.get_by_role("button", name="Launch backfill").click()

    page.goto(f"{served.url}/runs?view=backfills")
    expect(page.get_by_text(re.compile("Success|Completed")).first).to_be_visible(timeout=PATIENCE_FOR_A_RUN)
    page.screenshot(path=served.shots / "backfills.png")

    page.goto(f"{served.url}/assets/supplied/continuing_education?view=partitions&partition=2020-21-Q3")
    expect(page.get_by_text("2020-21 academic").first).to_be_visible()
    expect(page.get_by_text("Oct-Dec 2020").first).to_be_visible()
    page.screenshot(path=served.shots / "metadata.png")

    with dg.DagsterInstance.from_config(str(served.dagster_home)) as instance:
        [backfill] = instance.get_backfills()
        [run] = instance.get_runs(dg.RunsFilter(tags={"dagster/backfill": backfill.backfill_id}))
        assert run.status == dg.DagsterRunStatus.SUCCESS
        events = instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION)
        assert sorted(str(entry.get_dagster_event().partition) for entry in events) == QUARTERS

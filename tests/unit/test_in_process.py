"""What a person at a terminal sees of a run in this process, and who is told when it takes too long."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import pytest

from pipelines.definitions import PROGRESS_LOGGER, progress_logger
from pipelines.in_process import run_in_process
from pipelines.resources import Workspace
from pipelines.settings import Paths
from tests.conftest import in_memory
from tests.receivers import webhook_receiver


@dg.op(out=dg.Out(is_required=False))
def finds_nothing(context: dg.OpExecutionContext):  # type: ignore[no-untyped-def]
    """Yields nothing, so that what follows is skipped."""
    context.log.info("nothing new")
    yield from ()


@dg.op
def follows(_found: object) -> None:
    """Is skipped."""


@dg.op(out=dg.Out(dg.Nothing))
def fails() -> None:
    """Fails."""
    raise ValueError


@dg.op(ins={"before": dg.In(dg.Nothing)})
def is_not_begun() -> None:
    """Is not begun."""


def test_steps_that_are_not_run_are_not_told_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    @dg.job(logger_defs={PROGRESS_LOGGER: progress_logger}, config={"loggers": {PROGRESS_LOGGER: {}}})
    def halts() -> None:
        follows(finds_nothing())
        is_not_begun(before=fails())

    result = halts.execute_in_process(raise_on_error=False)
    assert [event.step_key for event in result.all_events if event.is_step_skipped] == ["follows"]
    assert capsys.readouterr().out == "  nothing new\n"


@contextmanager
def time_is_up(_seconds: float, _exit_code: int, tell: Callable[[str], None]) -> Iterator[None]:
    tell("it took too long")
    yield


def test_run_that_takes_too_long_is_told_by_the_channels_and_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @dg.job(
        resource_defs={"workspace": Workspace()},
        logger_defs={PROGRESS_LOGGER: progress_logger},
    )
    def endless() -> None:
        fails()

    (tmp_path / "raw").mkdir()
    monkeypatch.setattr("pipelines.dagster_home.dagster_instance", in_memory)
    monkeypatch.setattr("pipelines.definitions.definitions", dg.Definitions)
    monkeypatch.setattr("pipelines.in_process.ends_after", time_is_up)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with webhook_receiver() as hook:
        monkeypatch.setenv("NEIGHBOURHOODS_SLACK_WEBHOOK", f"http://127.0.0.1:{hook.port}/")
        run_in_process(Paths(tmp_path), "endless", lambda _definitions, _instance: endless)
    [post] = hook.posts
    assert "• The run 'endless' failed: it took too long" in json.loads(post)["blocks"][1]["text"]["text"]

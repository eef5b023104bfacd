"""Whether `neighbourhoods nightly` says rightly that a run that failed had published before it did."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines import nightly
from pipelines.cli import main
from pipelines.settings import Paths
from pipelines.warehouse.publish import point_at
from tests.small_versions import publish_small

PUBLISHED = "PUBLISHED, but what follows on that could not be finished"


@pytest.mark.parametrize(
    ("meanwhile", "has_published"),
    [
        pytest.param(lambda _paths, _first: None, False, id="nothing"),
        pytest.param(lambda paths, first: point_at(paths.current, paths.versions / first), False, id="a_rollback"),
        pytest.param(lambda paths, _first: publish_small(paths, 3), True, id="a_new_version"),
    ],
)
def test_a_failed_run_published_only_what_was_not_there_before(
    meanwhile: Callable[[Paths, str], object],
    has_published: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paths = Paths(tmp_path)
    paths.raw.mkdir()
    first = publish_small(paths, 1)
    publish_small(paths, 2)

    def fails(_paths: Paths, **_options: bool) -> bool:
        meanwhile(paths, first)
        return False

    monkeypatch.setattr(nightly, "run_nightly", fails)
    monkeypatch.setattr(
        nightly, "read_outcome", lambda _paths: nightly.Outcome({}, [], [], "", {}, 0, [], [], [], [], {})
    )
    assert main(["nightly", "--root", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert (PUBLISHED in said) == has_published
    assert ("NOT PUBLISHED" in said) == (not has_published)

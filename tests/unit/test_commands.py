"""What commands that read the published file say where it cannot be read."""

from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.settings import Paths
from tests.small_versions import publish_small

SIGNED = ["--who", "A. Person", "--role", "Director", "--why", "agreed"]
READERS = pytest.mark.parametrize(
    "arguments",
    [
        ["status"],
        ["explain", "IN.16"],
        ["findings"],
        ["lock", "2021-22-Q2", *SIGNED],
    ],
    ids=lambda arguments: arguments[0],
)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths(tmp_path / "root")
    paths.raw.mkdir(parents=True)
    publish_small(paths, 1)
    return paths


@READERS
@pytest.mark.parametrize("kept", [0, 5_000, 0.5, None], ids=["empty", "head", "half", "other tables"])
def test_damaged_published_file_is_told_in_one_line(
    paths: Paths, arguments: list[str], kept: float | None, capsys: pytest.CaptureFixture[str]
) -> None:
    if kept is not None:
        whole = paths.published.read_bytes()
        paths.published.chmod(0o644)
        paths.published.write_bytes(whole[: int(kept * len(whole)) if kept < 1 else int(kept)])
    assert main([*arguments, "--root", str(paths.root)]) == 1
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert f"the published file {paths.published} is damaged" in told.err
    assert "`neighbourhoods nightly --rebuild`, or go back with `neighbourhoods rollback`" in told.err


@pytest.mark.parametrize("arguments", [["status"], ["explain", "IN.16"], ["findings"]], ids=lambda each: each[0])
def test_lost_link_is_told_apart_from_nothing_published(
    paths: Paths, arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths.current.unlink()
    assert main([*arguments, "--root", str(paths.root)]) == 1
    assert "is lost. `neighbourhoods rollback` points it at the latest" in capsys.readouterr().err
    assert main([*arguments, "--root", str(tmp_path)]) == 1
    assert "Nothing is published" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["rollback"], ["rollback", "2021"], ["versions"], ["prune"], ["status"], ["lock", "2021-22-Q2", *SIGNED]],
    ids=" ".join,
)
def test_command_that_refuses_leaves_nothing_where_there_is_no_installation(
    tmp_path: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    assert main([*arguments, "--root", str(tmp_path / "absent")]) in (1, 64)
    assert list(tmp_path.iterdir()) == []

"""Going back to an earlier version of the published file, and what that holds back."""

from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.operations.kept_versions import NotRolledBack, kept_versions, release, roll_back
from pipelines.settings import PUBLISHED_NAME, Paths
from pipelines.warehouse.publish import KEPT_VERSIONS, Stamp, published_stamp
from pipelines.warehouse.rollbacks import (
    HeldBack,
    read_rollbacks,
    require_not_held_back,
    rollback_in_force,
)
from tests.small_versions import number_of, publish_small


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path)


def published(paths: Paths, *numbers: int) -> list[str]:
    return [publish_small(paths, number) for number in numbers]


def held_back(paths: Paths, *numbers: int) -> list[bool]:
    def is_held(number: int) -> bool:
        try:
            require_not_held_back(paths, f"inputs {number}", "code")
        except HeldBack:
            return True
        return False

    return [is_held(number) for number in numbers]


def test_versions_are_listed_the_latest_first(paths: Paths) -> None:
    names = published(paths, 1, 2)
    latest, first = kept_versions(paths)
    assert [latest.name, first.name] == names[::-1]
    assert (latest.is_current, first.is_current) == (True, False)
    assert latest.stamp == Stamp("inputs 2", "code")
    assert (latest.schema_version, latest.is_whole) == ("1.0.0", True)
    assert latest.size == paths.published.stat().st_size
    assert first.published_at < latest.published_at


def test_without_a_name_it_goes_to_the_version_before_and_records_it(paths: Paths) -> None:
    names = published(paths, 1, 2, 3)
    done = roll_back(paths, who="A. Officer", why="wrong grant totals")
    assert (done.left, done.went_to) == (names[2], names[1])
    assert number_of(paths.published) == 2
    [line] = read_rollbacks(paths)
    assert (line.left, line.went_to, line.who, line.why) == (names[2], names[1], "A. Officer", "wrong grant totals")
    assert line == rollback_in_force(paths)


def test_without_a_name_it_never_goes_to_what_somebody_went_back_from(paths: Paths) -> None:
    names = published(paths, 1, 2)
    roll_back(paths)
    published(paths, 3)
    assert roll_back(paths).went_to == names[0]
    roll_back(paths, names[1])
    published(paths, 4)
    assert roll_back(paths).went_to == names[1]


def test_what_was_rolled_back_from_is_not_published_again_by_itself(paths: Paths) -> None:
    [_, second] = published(paths, 1, 2)
    roll_back(paths)
    assert held_back(paths, 1, 2, 3) == [False, True, False]
    with pytest.raises(HeldBack, match=r"went back to the version .* --rebuild` publishes it"):
        publish_small(paths, 2)
    assert number_of(paths.published) == 1
    assert kept_versions(paths)[0].name == second


def test_new_inputs_or_new_code_are_published_and_end_the_hold(paths: Paths) -> None:
    published(paths, 1, 2)
    roll_back(paths)
    publish_small(paths, 2, code="mended code")
    assert number_of(paths.published) == 2
    assert rollback_in_force(paths) is None
    roll_back(paths)
    publish_small(paths, 3)
    assert held_back(paths, 2) == [False]


def test_going_back_twice_holds_back_both(paths: Paths) -> None:
    published(paths, 1, 2, 3)
    roll_back(paths)
    roll_back(paths)
    assert number_of(paths.published) == 1
    assert held_back(paths, 2, 3) == [True, True]


def test_going_forward_again_lets_that_version_be(paths: Paths) -> None:
    names = published(paths, 1, 2, 3)
    roll_back(paths, names[0])
    roll_back(paths, names[2])
    assert number_of(paths.published) == 3
    assert held_back(paths, 1, 2, 3) == [True, False, False]


def test_rebuild_publishes_all_the_same(paths: Paths) -> None:
    published(paths, 1, 2)
    roll_back(paths)
    release(paths)
    assert held_back(paths, 2) == [False]
    publish_small(paths, 2)
    assert number_of(paths.published) == 2
    assert [line.action for line in read_rollbacks(paths)] == ["rolled_back", "released"]


def test_equal_versions_hold_back_nothing(paths: Paths) -> None:
    for number in (1, 2):
        publish_small(paths, number, inputs="the same")
    roll_back(paths)
    require_not_held_back(paths, "the same", "code")


def test_version_that_readers_see_is_kept_through_later_publications(paths: Paths) -> None:
    first, *_ = published(paths, *range(KEPT_VERSIONS))
    roll_back(paths, first)
    assert number_of(paths.published) == 0
    publish_small(paths, 100)
    assert number_of(paths.published) == 100
    assert len(kept_versions(paths)) == KEPT_VERSIONS


def test_version_that_somebody_wrote_to_is_passed_over_and_refused(paths: Paths) -> None:
    names = published(paths, 1, 2, 3)
    spoiled = paths.versions / names[1] / PUBLISHED_NAME
    spoiled.chmod(0o644)
    spoiled.write_bytes(spoiled.read_bytes()[:-1] + b"!")
    with pytest.raises(NotRolledBack, match="somebody has written to"):
        roll_back(paths, names[1])
    assert roll_back(paths).went_to == names[0]


@pytest.mark.parametrize(("count", "wanted", "complaint"), [
    (0, "", "nothing is published yet"), (1, "", "no version before"), (2, "1999", "names no versions. Kept are: 2"),
    (2, "2", "names 2 versions"),
])  # fmt: skip
def test_what_cannot_be_gone_back_to_changes_nothing(paths: Paths, count: int, wanted: str, complaint: str) -> None:
    published(paths, *range(count))
    before = paths.current.readlink() if count else None
    with pytest.raises(NotRolledBack, match=complaint):
        roll_back(paths, wanted)
    assert read_rollbacks(paths) == []
    assert (paths.current.readlink() if count else None) == before


def test_what_was_left_because_somebody_wrote_to_it_may_be_published_again(paths: Paths) -> None:
    published(paths, 1, 2)
    paths.published.with_name(f"{PUBLISHED_NAME}.wal").write_bytes(b"left behind")
    roll_back(paths)
    assert held_back(paths, 2) == [False]
    publish_small(paths, 2)
    assert number_of(paths.published) == 2


def test_crash_between_record_and_swap_holds_nothing_back(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    published(paths, 1, 2)

    def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("pipelines.operations.kept_versions.point_at", power_cut)
        with pytest.raises(KeyboardInterrupt):
            roll_back(paths)
    assert number_of(paths.published) == 2
    assert rollback_in_force(paths) is None
    assert held_back(paths, 2) == [False]


def test_commands_say_what_is_current_and_what_follows(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    root = ["--root", str(paths.root)]
    assert main(["versions", *root]) == 1
    assert main(["rollback", *root]) == 1
    names = published(paths, 1, 2)
    capsys.readouterr()
    # these small files hold nothing that a report could be cut from
    assert main(["rollback", "--why", "wrong totals", *root]) == 1
    told = capsys.readouterr()
    assert f"Readers see the version {names[0]} again, no longer {names[1]}." in told.out
    assert "The reports could NOT be cut from it" in told.err
    assert main(["versions", *root]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[0] for line in lines[1:3]] == [" ", "*"]
    assert names[0] in lines[2]
    assert "wrong totals" in lines[-2]
    assert "The next nightly leaves it so" in lines[-1]


def test_nothing_published_has_no_stamp_and_neither_has_a_version_with_a_log_of_a_writer(paths: Paths) -> None:
    assert published_stamp(paths) is None
    published(paths, 1)
    assert published_stamp(paths) == Stamp("inputs 1", "code")
    paths.published.touch()  # copied or touched: the bytes are the same
    assert published_stamp(paths) == Stamp("inputs 1", "code")
    paths.published.with_name(f"{PUBLISHED_NAME}.wal").write_bytes(b"left behind")
    assert published_stamp(paths) is None


def test_nightly_that_leaves_a_version_of_other_code_alone_says_so(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paths.raw.mkdir()
    published(paths, 1, 2)
    roll_back(paths)
    monkeypatch.setattr("pipelines.nightly.run_nightly", lambda *_, **__: True)
    assert main(["nightly", "--root", str(paths.root)]) == 1
    assert "was made by an earlier version of this code, and stands" in capsys.readouterr().out

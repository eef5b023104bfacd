"""Going back to an earlier version of the published file, and what that holds back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest

from pipelines.cli import main
from pipelines.files import HeldByAnother, alone
from pipelines.operations.kept_versions import NotRolledBack, kept_versions, release, roll_back
from pipelines.settings import PUBLISHED_NAME, Paths
from pipelines.warehouse.publish import KEPT_VERSIONS, Stamp, point_at, published_stamp
from pipelines.warehouse.rollbacks import (
    HeldBack,
    RecordError,
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


def mock_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> Mock:
    clock = Mock(wraps=datetime)
    clock.now.return_value = moment
    monkeypatch.setattr("pipelines.moments.datetime", clock)
    return clock


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


def test_what_was_made_of_the_same_later_is_held_back_until_one_goes_forward_to_it(paths: Paths) -> None:
    names = [publish_small(paths, number, inputs="the same") for number in (1, 2)]
    roll_back(paths)
    with pytest.raises(HeldBack):
        publish_small(paths, 3, inputs="the same")
    assert number_of(paths.published) == 1
    roll_back(paths, names[1])
    require_not_held_back(paths, "the same", "code")


def test_while_a_nightly_builds_or_writes_reports_nobody_goes_back(paths: Paths) -> None:
    published(paths, 1, 2)
    with alone(paths.being_published), pytest.raises(NotRolledBack, match="a nightly is building or writing reports"):
        roll_back(paths)
    assert (number_of(paths.published), read_rollbacks(paths)) == (2, [])
    assert roll_back(paths).left


def test_nobody_builds_or_writes_reports_while_one_goes_back(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    published(paths, 1, 2)

    def cut(paths: Paths) -> dict[Path, bool]:
        with pytest.raises(HeldByAnother), alone(paths.being_published, waits=False):
            pass
        return {}

    monkeypatch.setattr("pipelines.operations.kept_versions.write_reports", cut)
    assert roll_back(paths).report_error == ""


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), ValueError("no\nsense"), KeyError()])
def test_reports_that_cannot_be_written_are_told_and_the_swap_stands(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def fail(_: Paths) -> None:
        raise fault

    published(paths, 1, 2)
    monkeypatch.setattr("pipelines.operations.kept_versions.write_reports", fail)
    assert roll_back(paths).report_error.startswith(type(fault).__name__)
    assert number_of(paths.published) == 1


def test_record_that_cannot_be_written_is_told_plainly(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "rollbacks.jsonl")

    published(paths, 1, 2)
    monkeypatch.setattr("pipelines.operations.kept_versions.add_to_record", full)
    assert main(["rollback", "--root", str(paths.root)]) == 1
    assert "not rolled back, readers see what they saw: [Errno 28] No space" in capsys.readouterr().err
    assert number_of(paths.published) == 2


@pytest.mark.parametrize("line", ["{", "[]", '{"action": "rolled_back"}', '{"held_back": 1}', "\xff"])
def test_damaged_record_is_named_and_nothing_is_published_past_it(
    paths: Paths, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    published(paths, 1, 2)
    roll_back(paths)
    with paths.rollbacks.open("a", encoding="latin-1") as record:
        record.write(line)
    with pytest.raises(RecordError, match=r"rollbacks.jsonl, line 2, is damaged, .* or move the file away"):
        publish_small(paths, 3)
    assert number_of(paths.published) == 1
    root = ["--root", str(paths.root)]
    assert [main(["rollback", *root]), main(["versions", *root])] == [1, 1]
    told = capsys.readouterr()
    assert told.err.count("line 2, is damaged") == 2
    assert paths.current.readlink().name in told.out  # the versions are listed all the same


def test_what_is_no_version_is_passed_over_kept_and_named_once(
    paths: Paths, capsys: pytest.CaptureFixture[str]
) -> None:
    published(paths, 1)
    (paths.versions / "0 kept by hand").mkdir()
    (paths.versions / "0 kept by hand" / PUBLISHED_NAME).write_text("mine")
    (paths.versions / "99999999T999999999999").mkdir()
    (paths.versions / "notes.txt").write_text("mine")
    names = published(paths, *range(2, KEPT_VERSIONS + 2))
    assert [version.name for version in kept_versions(paths)] == names[::-1]
    root = ["--root", str(paths.root)]
    assert main(["versions", *root]) == 0
    assert capsys.readouterr().out.count("passed over: 0 kept by hand, 99999999T999999999999, notes.txt\n") == 1
    main(["rollback", *root])
    assert capsys.readouterr().out.count("passed over: 0 kept by hand,") == 1
    assert paths.current.readlink().name == names[-2]


AUTUMN = datetime(2021, 10, 31, 0, 30, tzinfo=UTC)
"""01:30 in London, for the first time; an hour later it is 01:30 again."""


def test_versions_of_the_hour_that_comes_twice_are_told_apart_and_in_order(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = mock_clock(monkeypatch, AUTUMN)
    first = publish_small(paths, 1)
    clock.now.return_value = AUTUMN + timedelta(minutes=59, seconds=59)
    second = publish_small(paths, 2)
    assert [first[:14], second[:14]] == ["20211031T00300", "20211031T01295"]
    assert [version.name for version in kept_versions(paths)] == [second, first]
    assert main(["versions", "--root", str(paths.root)]) == 0
    told = capsys.readouterr().out
    assert f"31/10/2021 01:30 BST  {first}" in told
    assert f"31/10/2021 01:29 GMT  {second}" in told
    assert roll_back(paths).went_to == first


def test_versions_with_names_in_london_time_stay_readable_and_in_order(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = mock_clock(monkeypatch, datetime(2021, 7, 1, 9, 0, tzinfo=UTC))
    old = "20210701T100000000000-12345678"  # 09:00 in UTC
    (paths.versions / publish_small(paths, 1)).rename(paths.versions / old)
    point_at(paths.current, paths.versions / old)
    clock.now.return_value = datetime(2021, 7, 1, 9, 5, tzinfo=UTC)
    new = publish_small(paths, 2)
    latest, before = kept_versions(paths)
    assert [latest.name, before.name] == [new, old]
    assert before.published_at == datetime(2021, 7, 1, 9, 0, tzinfo=UTC)
    assert roll_back(paths).went_to == old
    published(paths, 3)
    assert roll_back(paths).went_to == old  # never to the one that somebody went back from


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


def test_empty_name_of_a_version_is_refused(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    published(paths, 1, 2)
    with pytest.raises(SystemExit, match="64"):
        main(["rollback", "", "--root", str(paths.root)])
    assert "argument version: it is empty" in capsys.readouterr().err
    assert (number_of(paths.published), read_rollbacks(paths)) == (2, [])


def lose_link(paths: Paths, how: str) -> None:
    paths.current.unlink()
    if how == "dangling":
        paths.current.symlink_to(Path("versions") / "20200101T100000000000Z-gone")


LOST = pytest.mark.parametrize("how", ["removed", "dangling"])


@LOST
def test_lost_link_goes_to_the_latest_or_to_the_version_named(paths: Paths, how: str) -> None:
    names = published(paths, 1, 2, 3)
    lose_link(paths, how)
    done = roll_back(paths)
    assert (done.left, done.went_to, number_of(paths.published)) == ("", names[2], 3)
    assert read_rollbacks(paths) == [], "nothing was gone back from"
    lose_link(paths, how)
    with pytest.raises(NotRolledBack, match="names no versions"):
        roll_back(paths, "1999")
    assert roll_back(paths, names[0]).went_to == names[0]
    assert number_of(paths.published) == 1
    assert held_back(paths, 2, 3) == [False, True]


@LOST
def test_lost_link_does_not_end_what_a_rollback_holds_back(paths: Paths, how: str) -> None:
    names = published(paths, 1, 2)
    roll_back(paths)
    lose_link(paths, how)
    assert roll_back(paths).went_to == names[0]
    assert held_back(paths, 2) == [True]


@LOST
def test_lost_link_is_told_by_the_commands(paths: Paths, how: str, capsys: pytest.CaptureFixture[str]) -> None:
    root = ["--root", str(paths.root)]
    [name] = published(paths, 1)
    lose_link(paths, how)
    assert main(["versions", *root]) == 1
    told = capsys.readouterr().out
    assert name in told
    assert "NONE is current" in told
    main(["rollback", *root])
    assert f"the link was lost. Readers see the version {name} again." in capsys.readouterr().out
    assert main(["versions", *root]) == 0

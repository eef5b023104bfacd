"""The register of receipts and the archive of bytes."""

import csv
import os
import time
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.ledger import register
from pipelines.ledger.register import (
    SETTLES_IN_SECONDS,
    Receipt,
    RegisterError,
    comes_and_goes,
    read_register,
    read_supply,
    require_register,
    take_in,
)
from pipelines.settings import Paths

SOURCES = ["dwp_grants", "state_of_the_sector"]
FIRST, SECOND, THIRD = date(2021, 10, 15), date(2021, 10, 18), date(2021, 10, 20)
HEADER = "source,workbook,sha256,received_on\n"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    (tmp_path / "raw").mkdir()
    return Paths(tmp_path)


def drop(paths: Paths, workbook: str, content: bytes, source: str = "dwp_grants") -> Path:
    """A file put into the folder of its source."""
    folder = paths.raw / source
    folder.mkdir(exist_ok=True)
    path = folder / workbook
    path.write_bytes(content)
    return path


def test_a_register_that_is_gone_though_files_came_before_stops_the_run(paths: Paths) -> None:
    require_register(paths)
    drop(paths, "DWP grants 2021-22.xlsx", b"one")
    take_in(paths, SOURCES, FIRST)
    require_register(paths)
    paths.register.unlink()
    with pytest.raises(RegisterError, match=r"received\.csv is gone, while .* holds 1 files"):
        require_register(paths)


def test_an_empty_folder_though_something_was_published_stops_the_run(paths: Paths) -> None:
    paths.published.parent.mkdir(parents=True)
    paths.published.write_bytes(b"published")
    (paths.raw / "dwp_grants").mkdir()
    with pytest.raises(RegisterError, match="is its disk there"):
        require_register(paths)
    drop(paths, "DWP grants 2021-22.xlsx", b"one")
    require_register(paths)


@pytest.mark.parametrize("name", ["~$Grants.xlsx", ".DS_Store", "Grants.xlsx.part", "~WRL0001.tmp"])
def test_what_comes_and_goes_is_told_from_what_was_supplied(name: str) -> None:
    assert comes_and_goes(name)
    assert not comes_and_goes("Grants.xlsx")


def receipt(workbook: str, content: bytes, received_on: date, source: str = "dwp_grants") -> Receipt:
    return Receipt(source, workbook, sha256(content).hexdigest(), received_on)


def archived(paths: Paths) -> set[bytes]:
    return {path.read_bytes() for path in paths.archive.iterdir()}


def test_new_file_is_entered_with_the_day_and_archived(paths: Paths) -> None:
    drop(paths, "Spend Q2.xlsx", b"A")
    expected = [receipt("Spend Q2.xlsx", b"A", FIRST)]
    assert take_in(paths, SOURCES, FIRST) == expected
    assert read_register(paths.register) == expected
    kept = paths.archive / f"{sha256(b'A').hexdigest()}.xlsx"
    assert [path.name for path in paths.archive.iterdir()] == [kept.name]
    assert kept.read_bytes() == b"A"


@pytest.mark.parametrize("seconds_ago", [0, 600])
def test_file_that_changes_while_it_is_waited_for_is_left_for_the_next_time(
    seconds_ago: int, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing = drop(paths, "Spend Q2.xlsx", b"A")
    drop(paths, "Spend Q1.xlsx", b"whole")
    for path in growing.parent.iterdir():
        os.utime(path, (time.time() - seconds_ago,) * 2)
    waited = []

    def copied_meanwhile(seconds: float) -> None:
        waited.append(seconds)
        growing.write_bytes(b"AB")

    monkeypatch.setattr(register, "SETTLES_IN_SECONDS", SETTLES_IN_SECONDS)
    monkeypatch.setattr("pipelines.ledger.register.time.sleep", copied_meanwhile)
    assert take_in(paths, SOURCES, FIRST) == [receipt("Spend Q1.xlsx", b"whole", FIRST)]
    [seconds] = waited
    assert 0 < seconds <= 1.0 if not seconds_ago else seconds == 0
    monkeypatch.setattr("pipelines.ledger.register.time.sleep", lambda _: None)
    assert take_in(paths, SOURCES, SECOND) == [receipt("Spend Q2.xlsx", b"AB", SECOND)]


def test_known_file_is_not_entered_again(paths: Paths) -> None:
    drop(paths, "Spend Q2.xlsx", b"A")
    take_in(paths, SOURCES, FIRST)
    before = paths.register.read_bytes()
    assert take_in(paths, SOURCES, SECOND) == []
    assert paths.register.read_bytes() == before


def test_file_replaced_under_its_own_name_is_a_second_receipt(paths: Paths) -> None:
    drop(paths, "Spend Q2.xlsx", b"A")
    take_in(paths, SOURCES, FIRST)
    drop(paths, "Spend Q2.xlsx", b"B")
    assert take_in(paths, SOURCES, SECOND) == [receipt("Spend Q2.xlsx", b"B", SECOND)]
    assert archived(paths) == {b"A", b"B"}
    assert read_supply(paths, SOURCES).missing == []


def test_file_put_back_as_it_was_is_received_again(paths: Paths) -> None:
    for content, day in ((b"A", FIRST), (b"B", SECOND), (b"A", THIRD)):
        drop(paths, "Spend Q2.xlsx", content)
        take_in(paths, SOURCES, day)
    assert read_register(paths.register) == [
        receipt("Spend Q2.xlsx", b"A", FIRST),
        receipt("Spend Q2.xlsx", b"B", SECOND),
        receipt("Spend Q2.xlsx", b"A", THIRD),
    ]


def test_same_bytes_under_another_name_are_entered_and_archived_once(paths: Paths) -> None:
    drop(paths, "Spend Q2.xlsx", b"A")
    drop(paths, "Spend Q2 (1).xlsx", b"A")
    new = take_in(paths, SOURCES, FIRST)
    assert {entry.workbook for entry in new} == {"Spend Q2.xlsx", "Spend Q2 (1).xlsx"}
    assert len(list(paths.archive.iterdir())) == 1


def test_file_that_is_removed_keeps_its_receipt_and_bytes(paths: Paths) -> None:
    path = drop(paths, "Spend Q2.xlsx", b"A")
    take_in(paths, SOURCES, FIRST)
    path.unlink()
    take_in(paths, SOURCES, SECOND)
    supply = read_supply(paths, SOURCES)
    assert supply.receipts == [receipt("Spend Q2.xlsx", b"A", FIRST)]
    assert supply.bytes_at[sha256(b"A").hexdigest()].read_bytes() == b"A"


def test_files_of_an_unknown_source_are_left_alone_and_named(paths: Paths) -> None:
    drop(paths, "Leavers.xlsx", b"A", source="payroll")
    assert take_in(paths, SOURCES, FIRST) == []
    assert not paths.register.exists()
    reason = "no source is called 'payroll'; known are dwp_grants, state_of_the_sector"
    assert read_supply(paths, SOURCES).ignored == [("payroll", "Leavers.xlsx", reason)]


@pytest.mark.parametrize("name", ["~$Spend Q2.xlsx", ".DS_Store", ".~lock.Spend Q2.xlsx#"])
def test_lock_and_hidden_files_are_left_alone(name: str, paths: Paths) -> None:
    drop(paths, name, b"A")
    assert take_in(paths, SOURCES, FIRST) == []
    assert read_supply(paths, SOURCES).ignored == [("dwp_grants", name, "a lock or hidden file")]


def test_a_file_whose_name_is_not_in_utf_8_is_left_alone_and_can_be_printed(paths: Paths) -> None:
    drop(paths, os.fsdecode(b"Spend \xa32021.xlsx"), b"A")
    drop(paths, "Spend £2021.xlsx", b"B")
    drop(paths, "Leavers.xlsx", b"C", source=os.fsdecode(b"pay\xff"))
    drop(paths, os.fsdecode(b"dwp\xff.csv"), b"D", source="corrections")
    assert [entry.workbook for entry in take_in(paths, SOURCES, FIRST)] == ["Spend £2021.xlsx"]
    ignored = {(source, name): reason for source, name, reason in read_supply(paths, SOURCES).ignored}
    assert ignored.keys() == {
        ("dwp_grants", r"Spend \udca32021.xlsx"),
        (r"pay\udcff", "Leavers.xlsx"),
        ("corrections", r"dwp\udcff.csv"),
    }
    assert ignored["dwp_grants", r"Spend \udca32021.xlsx"].endswith("rename it")
    assert str(ignored).encode().decode() == str(ignored)


def test_folder_and_link_within_a_source_are_left_alone(paths: Paths) -> None:
    target = drop(paths, "Spend Q2.xlsx", b"A")
    (paths.raw / "dwp_grants" / "old").mkdir()
    (paths.raw / "dwp_grants" / "link.xlsx").symlink_to(target)
    assert [entry.workbook for entry in take_in(paths, SOURCES, FIRST)] == ["Spend Q2.xlsx"]
    assert read_supply(paths, SOURCES).ignored == [
        ("dwp_grants", "link.xlsx", "not a regular file"),
        ("dwp_grants", "old", "not a regular file"),
    ]


def test_archive_and_corrections_are_no_sources(paths: Paths) -> None:
    drop(paths, "dwp_grants.csv", b"when,who,why\n", source="corrections")
    drop(paths, f"{sha256(b'A').hexdigest()}.xlsx", b"A", source="archive")
    (paths.raw / "decisions.csv").write_text("decided_on\n")
    assert take_in(paths, SOURCES, FIRST) == []
    assert read_supply(paths, SOURCES).ignored == []


def test_registered_bytes_that_are_nowhere_are_missing(paths: Paths) -> None:
    lost = sha256(b"lost").hexdigest()
    paths.register.write_text(f"{HEADER}dwp_grants,Spend Q1.xlsx,{lost},2021-07-15\n")
    drop(paths, "Spend Q2.xlsx", b"A")
    take_in(paths, SOURCES, FIRST)
    supply = read_supply(paths, SOURCES)
    assert supply.missing == [lost]
    assert supply.bytes_at.keys() == {sha256(b"A").hexdigest()}


def test_registered_file_without_archive_is_archived_without_a_new_receipt(paths: Paths) -> None:
    kept = sha256(b"A").hexdigest()
    paths.register.write_text(f"{HEADER}dwp_grants,Spend Q2.xlsx,{kept},2021-07-15\n")
    drop(paths, "Spend Q2.xlsx", b"A")
    assert take_in(paths, SOURCES, FIRST) == []
    assert read_supply(paths, SOURCES).missing == []


def test_register_typed_by_hand_without_a_last_line_break_is_continued(paths: Paths) -> None:
    first = f"dwp_grants,Spend Q1.xlsx,{sha256(b'Q1').hexdigest()},2021-07-15"
    paths.register.write_text(HEADER + first)
    drop(paths, "Spend Q2.xlsx", b"A")
    take_in(paths, SOURCES, FIRST)
    second = f"dwp_grants,Spend Q2.xlsx,{sha256(b'A').hexdigest()},2021-10-15"
    assert paths.register.read_text() == f"{HEADER}{first}\n{second}\n"


def test_register_saved_by_excel_with_a_byte_order_mark_is_read(paths: Paths) -> None:
    line = f"dwp_grants,Spend Q1.xlsx,{sha256(b'Q1').hexdigest()},2021-07-15\n"
    paths.register.write_text(HEADER + line, encoding="utf-8-sig")
    assert read_register(paths.register) == [receipt("Spend Q1.xlsx", b"Q1", date(2021, 7, 15))]


def test_no_register_yet_is_no_receipts(paths: Paths) -> None:
    assert read_register(paths.register) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param(f"dwp_grants,a.xlsx,{'0' * 64},15/10/2021", "received_on must be a day such as", id="day_first"),
        pytest.param(f"dwp_grants,a.xlsx,{'0' * 64},", "received_on must be a day such as", id="no_day"),
        pytest.param(f"dwp_grants,a.xlsx,{'0' * 64}", "received_on must be a day such as", id="too_few_fields"),
        pytest.param("dwp_grants,a.xlsx,abc123,2021-10-15", "sha256 must have 64 hex digits", id="short_hash"),
    ],
)
def test_line_that_is_no_receipt_is_named(line: str, said: str, paths: Paths) -> None:
    good = f"dwp_grants,Spend Q1.xlsx,{'f' * 64},2021-07-15\n"
    paths.register.write_text(f"{HEADER}{good}{line}\n")
    with pytest.raises(RegisterError, match=f"line 3: {said}"):
        read_register(paths.register)


def test_a_day_of_receipt_to_come_is_named_and_today_is_none(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "today", lambda: SECOND)
    line = f"dwp_grants,Spend Q1.xlsx,{sha256(b'Q1').hexdigest()}"
    paths.register.write_text(f"{HEADER}{line},{SECOND}\n")
    assert read_register(paths.register) == [receipt("Spend Q1.xlsx", b"Q1", SECOND)]
    paths.register.write_text(f"{HEADER}{line},{SECOND}\n{line},2021-10-19\n")
    said = r"received\.csv, line 3: received_on must be a day up to today, 2021-10-18, not 2021-10-19"
    with pytest.raises(RegisterError, match=said):
        take_in(paths, SOURCES, SECOND)


def test_register_with_other_columns_is_refused(paths: Paths) -> None:
    paths.register.write_text("source,file,hash\n")
    with pytest.raises(RegisterError, match="line 1: expected the columns source, workbook, sha256, received_on"):
        read_register(paths.register)


def test_register_saved_in_another_encoding_says_what_to_save_it_as(paths: Paths) -> None:
    line = f"dwp_grants,Spend – Q1.xlsx,{sha256(b'Q1').hexdigest()},2021-07-15\n"
    paths.register.write_bytes((HEADER + line).encode("cp1252"))
    with pytest.raises(RegisterError, match="not in UTF-8; save it as 'CSV UTF-8'"):
        read_register(paths.register)


def test_broken_register_is_left_as_it_is(paths: Paths) -> None:
    paths.register.write_text("nonsense\n")
    drop(paths, "Spend Q2.xlsx", b"A")
    with pytest.raises(RegisterError):
        take_in(paths, SOURCES, FIRST)
    assert paths.register.read_text() == "nonsense\n"


@pytest.mark.parametrize("order", [("a.xlsx", "b.xlsx"), ("b.xlsx", "a.xlsx")])
def test_order_of_dropping_plays_no_part(order: tuple[str, str], paths: Paths) -> None:
    for name in order:
        drop(paths, name, name.encode())
    take_in(paths, SOURCES, FIRST)
    assert [entry.workbook for entry in read_register(paths.register)] == ["a.xlsx", "b.xlsx"]


def test_name_with_commas_and_quotes_round_trips(paths: Paths) -> None:
    name = 'Spend, "final" – Stockport’s.xlsx'
    drop(paths, name, b"A")
    take_in(paths, SOURCES, FIRST)
    assert [entry.workbook for entry in read_register(paths.register)] == [name]


receipts = st.lists(
    st.builds(
        Receipt,
        st.sampled_from(SOURCES),
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=20),
        st.binary(max_size=4).map(lambda content: sha256(content).hexdigest()),
        st.dates(max_value=FIRST),
    ),
    max_size=5,
)


@given(receipts)
def test_register_round_trips(tmp_path_factory: pytest.TempPathFactory, entries: list[Receipt]) -> None:
    path = tmp_path_factory.mktemp("register") / "received.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["source", "workbook", "sha256", "received_on"])
        writer.writerows(
            [entry.source, entry.workbook, entry.sha256, entry.received_on.isoformat()] for entry in entries
        )
    assert read_register(path) == entries


def test_workbook_outside_any_folder_is_left_alone_and_said_where_to_move(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    paths.raw.mkdir()
    (paths.raw / "Return.xlsx").write_bytes(b"supplied")
    assert take_in(paths, ["centres"], date(2021, 10, 5)) == []
    [(source, workbook, reason)] = read_supply(paths, ["centres"]).ignored
    assert (source, workbook) == ("", "Return.xlsx")
    assert "move it into one of centres" in reason
    assert [path.name for path in paths.raw.iterdir()] == ["Return.xlsx"]

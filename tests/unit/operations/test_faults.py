"""What a person is told when something cannot be written."""

import errno
import os
import sqlite3
from pathlib import Path

import pytest

from pipelines.files import written_whole
from pipelines.operations.faults import in_plain_words, told

ROOT = Path("/srv/neighbourhoods")


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("OSError: [Errno 28] No space left on device: '/srv/raw/received.csv'", "The disk is full: /srv/raw/rec"),
        ('IO Error: Could not write file "/srv/a b.duckdb": No space left on device', "The disk is full: /srv/a b.d"),
        ("OSError: No space left on device (os error 28)", "The disk is full: somewhere below /srv/neighbourhoods."),
        ("sqlite3.OperationalError: database or disk is full", "The disk is full: somewhere below /srv/dagster."),
        (
            "sqlite3.OperationalError: disk I/O error [SQL: 'a']",
            "The disk cannot be read or written: somewhere below /srv/d",
        ),
        ("PermissionError: [Errno 13] Permission denied: '/srv/raw/archive'", "Access is denied: /srv/raw/archive."),
        ("OSError: [Errno 30] Read-only file system: '/mnt/raw'", "The disk or folder is read-only: /mnt/raw."),
        ("OSError: [Errno 5] Input/output error", "The disk cannot be read or written: somewhere below"),
        ("pipelines.ledger.register.RegisterError: received.csv, line 3: mend it\n", "received.csv, line 3: mend it"),
    ],
)
def test_message_in_words(message: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAGSTER_HOME", "/srv/dagster")
    assert in_plain_words(message, ROOT).startswith(words)


def test_what_is_wrong_with_the_machine_is_told_and_not_what_it_led_to() -> None:
    error = RuntimeError("the step failed")
    error.__cause__ = PermissionError(errno.EACCES, "Permission denied", "/srv/raw/archive")
    assert told(error, ROOT).startswith("Access is denied: /srv/raw/archive. Make it readable and writable")


def test_full_disk_is_told_before_what_it_led_to() -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.__cause__ = OSError(errno.ENOSPC, "No space left on device", "/srv/raw/archive")
    assert told(error, ROOT).startswith("The disk is full: /srv/raw/archive. Make room")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_sqlite_that_cannot_write_where_there_is_no_room_is_told_as_full(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    error = sqlite3.OperationalError("disk I/O error")
    assert told(error, ROOT).startswith(f"The disk cannot be read or written: somewhere below {tmp_path}.")
    monkeypatch.setattr("os.fsync", full)
    assert told(error, ROOT).startswith(f"The disk is full: somewhere below {tmp_path}. Make room")


def test_what_came_first_is_told_where_the_machine_is_well() -> None:
    error = RuntimeError("the step failed")
    error.__cause__ = sqlite3.DatabaseError("file is not a database")
    assert told(error, ROOT) == "file is not a database"


def test_file_is_named_where_the_error_does_not(tmp_path: Path) -> None:
    target = tmp_path / "rows.parquet"
    with pytest.raises(OSError, match="No space left") as caught, written_whole(target):
        raise OSError("No space left on device (os error 28)")
    assert told(caught.value, ROOT).startswith(f"The disk is full: {target}.")
    assert list(tmp_path.iterdir()) == []

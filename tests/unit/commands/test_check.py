"""What `neighbourhoods check` says of files that it cannot hold against a contract."""

import os
from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.commands.common import REFUSED


def test_a_file_whose_name_is_not_in_utf_8_is_to_be_renamed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / os.fsdecode(b"Spend \xa32021.xlsx")
    path.write_bytes(b"A")
    assert main(["check", str(path), "--root", str(tmp_path)]) == REFUSED
    said = capsys.readouterr().out
    assert r"Spend \udca32021.xlsx" in said
    assert "rename it" in said

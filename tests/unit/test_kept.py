"""Results kept from one start to the next: used while text and code are the same, never when the file is not sound."""

import json
from pathlib import Path

import pytest

from pipelines.kept import code_of, kept_results
from pipelines.versions import bytes_sha256


class Work:
    """Works out the length of texts, and remembers of which."""

    def __init__(self, kept: Path) -> None:
        self.kept, self.done = kept, list[str]()

    def results(self, **made_of: str) -> dict[str, int]:
        def length(name: str) -> int:
            self.done.append(name)
            return len(made_of[name])

        return kept_results(self.kept, made_of, length)


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(tmp_path / "folder" / "kept.json")


def test_only_what_has_changed_is_worked_out(work: Work) -> None:
    assert work.results(a="x", b="xy") == {"a": 1, "b": 2}
    assert work.results(b="xy", a="x") == {"b": 2, "a": 1}
    assert work.done == ["a", "b"]
    assert work.results(a="xyz", b="xy") == {"a": 3, "b": 2}
    assert work.done == ["a", "b", "a"]


def test_what_is_no_longer_there_is_not_kept(work: Work) -> None:
    work.results(a="x", b="xy")
    work.results(a="x")
    assert work.results(a="x", b="xy") == {"a": 1, "b": 2}
    assert work.done == ["a", "b", "b"]


def half(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


def another_result(whole: bytes) -> bytes:
    return whole.replace(b": 1", b": 7")


def not_sealed(whole: bytes) -> bytes:
    return whole.partition(b"\n")[2]


def not_text(whole: bytes) -> bytes:
    return b"\xff" + whole


def nothing(_whole: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [half, another_result, not_sealed, not_text, nothing])
def test_a_damaged_file_is_not_used_and_made_anew(work: Work, damage: object) -> None:
    assert callable(damage)
    work.results(a="x")
    whole = work.kept.read_bytes()
    work.kept.write_bytes(damage(whole))
    assert work.kept.read_bytes() != whole
    assert work.results(a="x") == {"a": 1}
    assert work.done == ["a", "a"]
    assert work.kept.read_bytes() == whole


def test_a_file_that_cannot_be_written_or_read_is_done_without(work: Work) -> None:
    work.kept.mkdir(parents=True)
    assert work.results(a="x") == work.results(a="x") == {"a": 1}
    assert work.done == ["a", "a"]


def test_seal_is_of_what_is_kept(work: Work) -> None:
    work.results(a="x")
    seal, _, text = work.kept.read_text(encoding="utf-8").partition("\n")
    assert seal == bytes_sha256(text.encode())
    assert json.loads(text) == {bytes_sha256(b"x"): 1}


def test_other_code_is_another_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "module.py"
    module.write_text("a = 1", encoding="utf-8")
    before = code_of(module)
    assert code_of(module) == before
    monkeypatch.setattr("pipelines.kept.version", lambda _name: "0.0")
    assert code_of(module) != before
    monkeypatch.undo()
    module.write_text("a = 2", encoding="utf-8")
    assert code_of(module) != before

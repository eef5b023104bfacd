"""What models say of themselves, parsed or remembered."""

from pathlib import Path

import pytest

from pipelines.settings import code_root
from pipelines.warehouse.models import LAYERS, Model, parse_model, with_what_they_say

HEAD = "-- a model\n-- grain: a row\n-- key: b\n"


def model(sql: str) -> Model:
    return parse_model("marts.a", HEAD + sql)


def must_not_be_parsed(patch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("parsed")

    patch.setattr("sqlglot.parse_one", refused)


def test_unchanged_sql_is_not_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "models.json"
    sql = "select\n    z.b,  -- first\n    z.a,  -- second\nfrom staging.z\ninner join marts.y using (b)"
    first = with_what_they_say({"marts.a": model(sql)}, kept)["marts.a"]
    must_not_be_parsed(monkeypatch)
    again = with_what_they_say({"marts.a": model(sql)}, kept)["marts.a"]
    assert list(again.columns.items()) == [("b", "first"), ("a", "second")] == list(first.columns.items())
    assert again.reads == first.reads == {"staging.z", "marts.y"}
    assert again == first
    with pytest.raises(AssertionError, match="parsed"):
        with_what_they_say({"marts.a": model(sql.replace("second", "third"))}, kept)


def test_other_code_parses_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "models.json"
    models = {"marts.a": model("select b from staging.z")}
    with_what_they_say(models, kept)
    monkeypatch.setattr("pipelines.warehouse.models.code_of", lambda *_: "other code")
    must_not_be_parsed(monkeypatch)
    with pytest.raises(AssertionError, match="parsed"):
        with_what_they_say({"marts.a": model("select b from staging.z")}, kept)


def test_every_model_says_the_same_parsed_and_remembered(tmp_path: Path) -> None:
    models = {
        f"{layer}.{path.stem}": parse_model(f"{layer}.{path.stem}", path.read_text(encoding="utf-8"))
        for layer in LAYERS
        for path in sorted((code_root() / "sql" / layer).glob("*.sql"))[:12]
    }
    with_what_they_say(models, tmp_path / "models.json")
    for name, remembered in with_what_they_say(models, tmp_path / "models.json").items():
        assert remembered.known is not None
        assert list(remembered.columns.items()) == list(models[name].columns.items())
        assert remembered.reads == models[name].reads

"""Which code may know which: imports run one way, and only named modules know Dagster."""

import ast
from pathlib import Path

import pytest

from pipelines.settings import code_root

KNOW_DAGSTER = {
    *("definitions", "jobs", "schedules", "sensors", "run_sensors", "partitions", "resources", "checks"),
    *("in_process", "dagster_home", "backfill", "instance", "retention", "event_storage"),
}
"""Modules of pipelines/ that may import Dagster; those of the second line run jobs in its instance, keep or read it."""

KNOW_ASSETS = {"definitions", "cli"}
"""Modules of pipelines/ that may import assets: what Dagster loads, and the console script."""

LIMITS = {"module": 400, "function": 50, "sql": 120}


def modules(folder: str) -> list[Path]:
    return sorted((code_root() / folder).rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def identity(path: Path) -> str:
    return path.relative_to(code_root()).as_posix()


@pytest.mark.parametrize("path", modules("pipelines"), ids=identity)
def test_library_knows_neither_dagster_nor_assets(path: Path) -> None:
    top_level = path.parent == code_root() / "pipelines"
    names = imported(path)
    if not (top_level and path.stem in KNOW_DAGSTER):
        assert not {name for name in names if name.split(".")[0] == "dagster"}
    if not (top_level and path.stem in KNOW_ASSETS):
        assert not {name for name in names if name.split(".")[0] == "assets"}


@pytest.mark.parametrize("path", modules("assets/sources"), ids=identity)
def test_a_source_knows_contracts_and_periods_only(path: Path) -> None:
    own = {name for name in imported(path) if name.split(".")[0] in ("pipelines", "assets", "dagster")}
    names_the_authority = {"pipelines.authorities", "pipelines.contract.naming"}
    known = names_the_authority if path.name == "__init__.py" else {"pipelines.periods"}
    assert own <= known | {"pipelines.contract.model"}


@pytest.mark.parametrize("path", modules("assets"), ids=identity)
def test_no_asset_imports_anothers_insides(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("assets", "pipelines")):
            assert not [alias.name for alias in node.names if alias.name.startswith("_")]


@pytest.mark.parametrize("path", [*modules("pipelines"), *modules("assets"), *modules("benchmarks")], ids=identity)
def test_modules_and_functions_are_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LIMITS["module"]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LIMITS["function"], node.name


@pytest.mark.parametrize("path", sorted((code_root() / "sql").rglob("*.sql")), ids=identity)
def test_sql_files_are_small(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= LIMITS["sql"]

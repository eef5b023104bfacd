"""What the README shows works as written."""

import re
from typing import Any

from pipelines.contract.model import Source
from pipelines.settings import code_root
from tests.conftest import Installation


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", (code_root() / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def test_queries_run_on_the_published_file(published: Installation) -> None:
    queries = [query for query in block("sql").split(";") if query.strip()]
    rows = [len(published.rows(query)) for query in queries]
    assert rows == [22, 38, 22, 0]


def test_example_of_a_source_is_a_contract() -> None:
    names: dict[str, Any] = {}
    exec(block("python"), names)
    source = names["source"]
    assert isinstance(source, Source)
    assert source.tables[0].schema.to_schema().columns.keys() == {"site", "visits"}

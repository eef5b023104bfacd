"""The data dictionary: every public table and column, what it means, and what it is made of."""

import re

import pytest

from pipelines.dictionary.lineage import Lineage, lineages, picture
from pipelines.dictionary.page import dictionary_files, type_in_words, unit
from pipelines.publication.catalogue import public_tables
from pipelines.publication.quarter import Quarter
from tests.small_published import HOSTILE


def links(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"table_name": table, "upstream_table": upstream} for table, upstream in pairs]


TITLES = {"fund": "Local fund", "fund_more": "Another fund"}


@pytest.fixture(scope="module")
def html(small_quarter: Quarter) -> str:
    return dictionary_files(small_quarter)["dictionary.html"].decode()


def test_a_table_comes_from_the_sources_of_all_that_it_reads() -> None:
    found = lineages(
        links(
            ("marts.award", "staging.fund"),
            ("marts.award", "marts.other"),
            ("marts.other", "staging.more"),
            ("staging.fund", "staged.fund_register"),
            ("staging.more", "staged.fund_more_register"),
        ),
        TITLES,
    )
    assert found["marts.award"].upstreams == {"marts.other": ("Another fund",), "staging.fund": ("Local fund",)}
    assert found["marts.award"].sources == ("Another fund", "Local fund")


def test_a_table_made_of_itself_ends() -> None:
    assert lineages(links(("marts.tree", "marts.tree")), TITLES)["marts.tree"].upstreams == {}


def test_figures_come_from_every_source_of_the_measures() -> None:
    found = lineages(
        links(
            ("marts.observation", "measures.figure"),
            ("measures.fund", "staging.fund"),
            ("staging.fund", "staged.fund_register"),
        ),
        TITLES,
    )
    assert found["marts.observation"].sources == ("Local fund",)


def test_a_picture_has_a_line_for_each_table_and_source_and_nothing_alive() -> None:
    drawn = picture(Lineage("marts.award", {"staging.fund": (HOSTILE, "Local fund"), "staging.day": ()}))
    assert drawn.count("<circle") == 5
    assert drawn.count("<path") == 4
    assert "<script" not in drawn
    assert "staging.fund</text>" in drawn


def test_every_public_table_and_column_is_there_with_its_meaning(small_quarter: Quarter, html: str) -> None:
    tables = public_tables(small_quarter.connection)
    assert len(tables) > 80
    missing = [name for name in tables if f">{name}</h3>" not in html]
    assert missing == []
    assert [
        (name, column.name) for name, table in tables.items() for column in table.columns if not column.meaning
    ] == []
    columns = sum(len(table.columns) for table in tables.values())
    assert len(re.findall(r'<th scope="row" role="rowheader" data-label="Column">', html)) == columns


def test_what_is_not_public_is_not_there(html: str) -> None:
    assert ">marts.disclosure_count</h3>" not in html
    assert ">marts.public_observation</h3>" not in html
    assert "as the public may see it" in html


def test_a_public_table_is_described_as_the_public_sees_it(small_quarter: Quarter) -> None:
    observation = public_tables(small_quarter.connection)["marts.observation"]
    assert observation.meaning.endswith("small counts of people and what would give them away suppressed.")
    assert observation.grain == "measure x area x period x component x value kind x edition"
    assert observation.key[:2] == ("measure_code", "area_code")


def test_the_page_is_inert_and_the_same_each_time(small_quarter: Quarter, html: str) -> None:
    assert "<script" not in html
    assert dictionary_files(small_quarter)["dictionary.html"].decode() == html


def test_ids_are_unique_and_every_link_within_the_page_leads_somewhere(html: str) -> None:
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("VARCHAR", "text"),
        ("DECIMAL(28,6)", "number"),
        ("BIGINT", "whole number"),
        ("DATE", "date"),
        ("BOOLEAN", "true or false"),
        ("VARCHAR[]", "list"),
    ],
)
def test_types_are_in_words(kind: str, words: str) -> None:
    assert type_in_words(kind) == words


@pytest.mark.parametrize(("column", "shown"), [("paid_pounds", "£"), ("agree_pct", "%"), ("value", "")])
def test_units_that_a_name_tells(column: str, shown: str) -> None:
    assert unit(column) == shown

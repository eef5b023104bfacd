"""The page of the data dictionary, one for all quarters: searched with the browser's own search."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from pipelines.dictionary.lineage import Lineage, lineages, picture
from pipelines.document.model import (
    Block,
    Bullets,
    Cell,
    Column,
    Definitions,
    Document,
    Folded,
    Heading,
    Paragraph,
    Picture,
    Run,
    Table,
)
from pipelines.document.page import page
from pipelines.publication.catalogue import PublicTable, public_tables
from pipelines.publication.navigation import navigation
from pipelines.publication.quarter import Quarter, Row

SCHEMAS = {
    "marts": "Marts: for querying",
    "audit": "Audit: what became of every file, cell and row",
}

TYPES = {"VARCHAR": "text", "DATE": "date", "BOOLEAN": "true or false", "DECIMAL": "number", "DOUBLE": "number"}
"""Types in words; other types are whole numbers or lists."""

UNITS = (("_pct", "%"), ("_pounds", "£"), ("_per_pound", "£ per £"), ("_points", "percentage points"))
"""Units by how a column's name ends; the unit of a value is its measure's."""

MOST_SHOWN = 4
"""Columns that a column is made of; of more the number is told."""


def dictionary_files(quarter: Quarter) -> dict[str, bytes]:
    """`dictionary.html`: the same for every quarter of one published file."""
    tables = tuple(public_tables(quarter.connection).values())
    links = quarter.rows(
        "select table_name, column_name, upstream_table, upstream_column from audit.column_lineage order by all"
    )
    sources = quarter.rows("select source, title from audit.source order by source")
    [build] = quarter.rows("select schema_version from audit.build")
    given = tuple(tuple(link.values()) for link in links), tuple((row["source"], row["title"]) for row in sources)
    return {"dictionary.html": _page(tables, *given, build["schema_version"], quarter.publisher.organisation)}


@lru_cache(maxsize=1)
def _page(
    tables: tuple[PublicTable, ...],
    links: tuple[tuple[str, str, str, str], ...],
    sources: tuple[tuple[str, str], ...],
    version: str,
    organisation: str,
) -> bytes:
    names = ("table_name", "column_name", "upstream_table", "upstream_column")
    rows = [dict(zip(names, link, strict=True)) for link in links]
    document = dictionary(tables, rows, dict(sources), version, organisation)
    return page(document, navigation=navigation(), here="dictionary.html").encode()


def dictionary(
    tables: Sequence[PublicTable], links: Sequence[Row], titles: Mapping[str, str], version: str, organisation: str
) -> Document:
    """The dictionary. links: rows of audit.column_lineage. titles: of sources, by name. version: of the marts."""
    made_of = lineages(links, titles)
    upstreams: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for link in links:
        upstreams[link["table_name"], link["column_name"]].append(f"{link['upstream_table']}.{link['upstream_column']}")
    blocks: list[Block] = [
        Paragraph(
            "Each table opens when its name is chosen. To look for a word, use the search of your browser (Ctrl+F, or"
            " Find in page on a phone)."
        ),
        *_layers(),
    ]
    for schema, title in SCHEMAS.items():
        of_schema = [table for table in tables if table.schema == schema]
        blocks += [
            Heading(2, title, schema),
            Bullets(
                [[Run(table.name, link=f"#{_id(table)}"), Run(f": {table.grain or 'one row'}")] for table in of_schema]
            ),
        ]
        for table in of_schema:
            about = _table(table, made_of.get(table.name, Lineage(table.name, {})), upstreams)
            blocks.append(Folded(Heading(3, table.name, _id(table)), about))
    return Document(
        title="Data dictionary",
        organisation=organisation,
        lines=[
            f"Every table and column that is published, with what it is made of. Version {version} of the schema marts."
        ],
        blocks=blocks,
        foot=["Made from the descriptions in the published file itself."],
    )


def _layers() -> list[Block]:
    return [
        Heading(2, "How figures travel", "layers"),
        Definitions(
            [
                ("staged", "rows of the workbooks as they were supplied, each with its sheet and row"),
                ("staging", "the same, renamed, with one unit a column, by edition"),
                ("measures", "the figures of every source in one long table, cell by cell"),
                ("marts", "observations, ratings and all that is published; small counts of people are suppressed"),
                ("findings", "what does not fit together, one query a kind"),
            ]
        ),
    ]


def _table(table: PublicTable, lineage: Lineage, upstreams: Mapping[tuple[str, str], Sequence[str]]) -> list[Block]:
    facts: list[tuple[str, str]] = [("One row per", table.grain)] if table.grain else []
    if table.key:
        facts.append(("Key", ", ".join(table.key)))
    facts.append(("Sources", ", ".join(lineage.sources) or "none: made by the pipeline itself"))
    columns = [
        Column("name", "Column", width=2, is_head=True),
        Column("kind", "Type"),
        Column("unit", "Unit"),
        Column("meaning", "Meaning", width=4),
        Column("made_of", "Made of", width=3),
    ]
    rows: list[dict[str, Cell | str]] = [
        {
            "name": column.name,
            "kind": type_in_words(column.kind),
            "unit": unit(column.name),
            "meaning": column.meaning,
            "made_of": _made_of(upstreams.get((table.name, column.name), ())),
        }
        for column in table.columns
    ]
    return [
        Paragraph(table.meaning),
        Definitions(facts),
        *([_picture(table, lineage)] if lineage.upstreams else []),
        Table(f"{_id(table)}-columns", f"Columns of {table.name}", columns, rows),
    ]


def _picture(table: PublicTable, lineage: Lineage) -> Picture:
    columns = [Column("upstream", "Made of", is_head=True), Column("sources", "Which comes from")]
    rows: list[dict[str, Cell | str]] = [
        {"upstream": upstream, "sources": ", ".join(sources) or "the pipeline itself"}
        for upstream, sources in lineage.upstreams.items()
    ]
    return Picture(
        f"{_id(table)}-lineage",
        f"What {table.name} is made of",
        f"{table.name} is made of {len(lineage.upstreams)} tables, which come from {len(lineage.sources)} sources.",
        picture(lineage),
        Table(f"{_id(table)}-lineage-table", f"Tables that {table.name} is made of", columns, rows),
    )


def _made_of(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_SHOWN} more" if len(names) > MOST_SHOWN else ""
    return ", ".join(names[:MOST_SHOWN]) + more


def type_in_words(kind: str) -> str:
    """DuckDB's name of a type in words."""
    if kind.endswith("[]"):
        return "list"
    return TYPES.get(kind.partition("(")[0], "whole number")


def unit(column: str) -> str:
    """The unit that a column's name tells; empty where it tells none."""
    return next((words for ending, words in UNITS if column.endswith(ending)), "")


def _id(table: PublicTable) -> str:
    return table.name.replace(".", "-")

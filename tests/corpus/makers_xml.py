"""Workbooks put together from XML by hand: what no spreadsheet program writes, or writes only of its own accord."""

from collections.abc import Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from pipelines.read.address import cell_address
from tests.corpus.makers_zip import packed
from tests.helpers import SheetRows, Value

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DAY_STYLE = 1
STYLES = (
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0"/><xf numFmtId="14" fontId="0"/></cellXfs>'
)


def cell(address: str, value: Value, attributes: str = "") -> str:
    """A cell element; texts stand inline. `address` empty leaves out `r`."""
    place = f' r="{address}"' if address else ""
    if isinstance(value, date):
        return f'<c{place} s="{DAY_STYLE}"{attributes}><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, str):
        return f'<c{place} t="inlineStr"{attributes}><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f"<c{place}{attributes}><v>{value}</v></c>"


def row(number: int, values: Sequence[Value], attributes: str = "") -> str:
    """A row element with its cells, from column A on."""
    cells = (cell(cell_address(number, column), value) for column, value in enumerate(values, 1) if value is not None)
    return f'<row r="{number}"{attributes}>{"".join(cells)}</row>'


def rows(grid: SheetRows, first: int = 1) -> str:
    """The row elements of a grid, from that row on."""
    return "".join(row(number, values) for number, values in enumerate(grid, first))


def sheet(sheet_data: str, after: str = "", before: str = "", main: str = MAIN) -> str:
    """A worksheet part. `before` and `after` stand beside sheetData."""
    return f'{HEAD}<worksheet xmlns="{main}">{before}<sheetData>{sheet_data}</sheetData>{after}</worksheet>'


def strings(items: Sequence[str], main: str = MAIN) -> str:
    """The shared strings part; each item is the XML inside `si`."""
    inside = "".join(f"<si>{item}</si>" for item in items)
    return f'{HEAD}<sst xmlns="{main}" count="{len(items)}" uniqueCount="{len(items)}">{inside}</sst>'


def styles(inside: str = STYLES, main: str = MAIN) -> str:
    """The styles part."""
    return f'{HEAD}<styleSheet xmlns="{main}">{inside}</styleSheet>'


def parts(
    sheets: Mapping[str, str],
    *,
    shared: str | None = None,
    style: str | None = None,
    properties: str = "",
    strict: bool = False,
    changes: Mapping[str, str | bytes | None] | None = None,
) -> dict[str, bytes]:
    """The parts of a workbook whose worksheets are these XML texts by name; `changes` replaces or drops some."""
    main, relations = (STRICT_MAIN, STRICT_RELATIONS) if strict else (MAIN, RELATIONS)
    members = [f"worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    others = {"styles.xml": "styles", **({"sharedStrings.xml": "sharedStrings"} if shared is not None else {})}
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(sheets, 1)
    )
    targets = [(member, "worksheet") for member in members] + list(others.items())
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{relations}/{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(targets, 1)
    )
    kinds = "".join(f'<Override PartName="/xl/{target}" ContentType="{KIND}.{kind}+xml"/>' for target, kind in targets)
    made: dict[str, str | bytes | None] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>{kinds}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{main}" xmlns:r="{relations}">{properties}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
        "xl/styles.xml": style or styles(main=main),
        **dict(zip((f"xl/{member}" for member in members), sheets.values(), strict=True)),
        **({"xl/sharedStrings.xml": shared} if shared is not None else {}),
        **(changes or {}),
    }
    return {name: part.encode() if isinstance(part, str) else part for name, part in made.items() if part is not None}


def book(
    sheets: Mapping[str, str],
    *,
    shared: str | None = None,
    style: str | None = None,
    properties: str = "",
    strict: bool = False,
    changes: Mapping[str, str | bytes | None] | None = None,
) -> bytes:
    """The workbook of those parts."""
    return packed(parts(sheets, shared=shared, style=style, properties=properties, strict=strict, changes=changes))

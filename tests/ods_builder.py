"""OpenDocument spreadsheets in memory, from their XML: cells, rows, and the file around them."""

import io
import zipfile

NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("draw", "drawing"),
    )
)
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
STYLES = """
<style:style style:name="italic" style:family="table-cell"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="upright" style:family="table-cell" style:parent-style-name="italic">
  <style:text-properties fo:font-style="normal"/></style:style>
<style:style style:name="child" style:family="table-cell" style:parent-style-name="italic"/>
<style:style style:name="of Note" style:family="table-cell" style:parent-style-name="Note"/>
<style:style style:name="struck" style:family="table-cell">
  <style:text-properties style:text-line-through-style="solid" style:text-line-through-type="single"/></style:style>
<style:style style:name="not struck" style:family="table-cell">
  <style:text-properties style:text-line-through-style="none"/></style:style>
<style:style style:name="raised" style:family="table-cell">
  <style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="loop" style:family="table-cell" style:parent-style-name="loop"/>
<style:style style:name="super" style:family="text"><style:text-properties style:text-position="33% 58%"/></style:style>
<style:style style:name="sub" style:family="text"><style:text-properties style:text-position="sub 58%"/></style:style>
<style:style style:name="bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>
"""
NAMED_STYLES = """
<office:styles><style:style style:name="Note" style:family="table-cell">
  <style:text-properties fo:font-style="italic"/></style:style></office:styles>
<office:automatic-styles><style:style style:name="Note" style:family="table-cell">
  <style:text-properties fo:font-style="normal"/></style:style></office:automatic-styles>
"""


def ods_of(body: str, styles: str = STYLES, named_styles: str | None = NAMED_STYLES, doctype: str = "") -> bytes:
    content = (
        f'{doctype}<office:document-content {NAMESPACES} {CALC} office:version="1.3">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": manifest,
        "content.xml": content,
    }
    if named_styles is not None:
        parts["styles.xml"] = f"<office:document-styles {NAMESPACES}>{named_styles}</office:document-styles>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), part, how)
    return out.getvalue()


def cell(attributes: str = "", inside: str = "") -> str:
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def text(inside: str, attributes: str = "") -> str:
    return cell(f'office:value-type="string" {attributes}', f"<text:p>{inside}</text:p>")


def number(value: object, attributes: str = "") -> str:
    return cell(f'office:value-type="float" office:value="{value}" {attributes}', f"<text:p>{value}</text:p>")


def empty(repeated: int) -> str:
    return f'<table:table-cell table:number-columns-repeated="{repeated}"/>'

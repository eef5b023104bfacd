"""What a file must be before anything parses it: of a kind that is read, whole, within the bounds of honest files."""

import io
import zlib
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import IO, Literal
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pipelines.read.address import cell_address
from pipelines.read.sheet import Cell, Marks, Sheet, UnreadableWorkbook, sheet_of_cells

Kind = Literal["xlsx", "xls", "ods", "csv"]

MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_CSV_BYTES = 100 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_STREAMED_BYTES = 300 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 1_000
MAX_AREA = 10_000_000
MAX_TEXT = 131_072
"""Bounds that honest workbooks keep; beyond them a reader may run out of memory or abort the process.

Bytes of the file, and of a text file; members of a zip; bytes that all its members inflate to, counted while inflating
(honest workbooks were seen at 44 times their packed size, so the ratio is not bounded); the last row and column of a
sheet that may hold anything; rows times columns up to there, for a sheet is held as columns; and characters of a cell,
of which Excel keeps 32,767.
"""

_CHUNK = 1 << 20
_DAMAGE = (BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, zlib.error)
"""What reading a damaged zip raises."""

_ENCRYPTED = 0x41
"""Bits of a zip member's flags that say it is encrypted, in either of two ways."""

_UTF8_NAME = 0x800
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"

_KINDS: dict[str, Kind] = {
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xls",
    ".ods": "ods",
    ".csv": "csv",
    ".tsv": "csv",
}
_IN_WORDS: dict[Kind, str] = {
    "xlsx": "an Excel workbook (.xlsx)",
    "xls": "an Excel 97 to 2003 workbook (.xls)",
    "ods": "an OpenDocument spreadsheet (.ods)",
    "csv": "plain text (.csv)",
}
_BEGINNINGS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"II*\0", "an image"),
    (b"MM\0*", "an image"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", "a packed archive"),
    (b"7z\xbc\xaf", "a packed archive"),
    (b"Rar!", "a packed archive"),
    (b"\x09\x00\x04\x00", "a worksheet of Excel 2"),
    (b"\x09\x02\x06\x00", "a worksheet of Excel 3"),
    (b"\x09\x04\x06\x00", "a worksheet of Excel 4"),
    (b"mime-version:", "a web page"),
    (b"<!doctype html", "a web page"),
    (b"<!--", "a web page"),
    (b"<html", "a web page"),
    (b"<head", "a web page"),
    (b"<meta", "a web page"),
    (b"<style", "a web page"),
    (b"<body", "a web page"),
    (b"<div", "a web page"),
    (b"<table", "a web page"),
    (b"<?xml", "an XML document"),
)
"""First bytes, in lower case where they are letters of a text, of what people send in place of a workbook."""

_TELLING_MEMBERS = (
    ("xl/workbook.bin", "an Excel binary workbook (.xlsb)"),
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("Index/Document.iwa", "an Apple Numbers or Pages document"),
)
_TELLING_STREAMS = (
    ("WordDocument", "a Word document (.doc)"),
    ("PowerPoint Document", "a PowerPoint presentation (.ppt)"),
    ("__properties_version1.0", "an Outlook message (.msg)"),
)
_SAVE_AS_XLSX = "Open it in Excel and save it as an Excel workbook (.xlsx)."
_SEND_AGAIN = "It is cut short or damaged. Send it again."
_LOCKED = "It is locked by a password. Save it without one and send it again."


def guard(name: str, content: bytes, keep: dict[str, bytes] | None = None) -> Kind:
    """The kind of a workbook, told by its first bytes and by the members of a zip, once it is safe to parse.

    A zip's members have all been inflated and agree with their checksums; `keep` takes in those that hold XML, so that
    they need not be inflated again. Raises UnreadableWorkbook when the file is
    empty, too large, damaged, locked by a password, no workbook, or of another kind than its name says.
    """
    if not content:
        raise UnreadableWorkbook("It is empty. Send it again.")
    ending = PurePath(name).suffix.lower()
    most = MAX_CSV_BYTES if _KINDS.get(ending) == "csv" else MAX_FILE_BYTES
    if len(content) > most:
        raise UnreadableWorkbook(f"It is too large; at most {most:,} bytes are read. Send a part of it.")
    if content.startswith(b"PK"):
        kind = _kind_of_zip(content, {} if keep is None else keep)
    elif content.startswith(_OLE):
        kind = _kind_of_compound(content)
    else:
        kind = _kind_of_text(content)
    if _KINDS.get(ending) != kind:
        said = f"its name ends in {ending}" if ending else "its name has no ending"
        raise UnreadableWorkbook(
            f"It is {_IN_WORDS[kind]}, but {said}. See that it is the right file, save it as .{kind} and send it again."
        )
    return kind


def open_archive(content: bytes) -> ZipFile:
    """The zip that a workbook is. Raises UnreadableWorkbook when its list of members cannot be read."""
    # every member's entry in the list begins so: they are counted before an object is made of each
    if content.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise UnreadableWorkbook(
            f"It holds more than the {MAX_MEMBERS:,} parts that a workbook may have. {_SAVE_AS_XLSX}"
        )
    try:
        return ZipFile(io.BytesIO(content))
    except _DAMAGE as error:
        raise UnreadableWorkbook(_SEND_AGAIN) from error


def parse_part(archive: ZipFile, member: str, parser: expat.XMLParserType) -> None:
    """Feeds a member of a workbook to a parser of `safe_parser`, piece by piece.

    Raises UnreadableWorkbook when the member is missing or not well-formed XML.
    """
    try:
        with archive.open(member) as part:
            for chunk in _chunks(part):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except KeyError as error:
        raise UnreadableWorkbook(f"Its part {member} is missing. Open it in Excel and save it again.") from error
    except (expat.ExpatError, *_DAMAGE) as error:
        raise UnreadableWorkbook(
            f"Its part {member} is damaged ({error}). Open it in Excel and save it again."
        ) from error


def safe_parser(namespace_separator: str | None = None) -> expat.XMLParserType:
    """A parser of XML that refuses document types and with them entities, which no workbook declares."""

    def refuse(*_declaration: object) -> None:
        raise UnreadableWorkbook(f"It declares a document type, which no workbook does. {_SAVE_AS_XLSX}")

    parser = expat.ParserCreate(namespace_separator=namespace_separator)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def bounded_sheet(name: str, cells: Iterable[Cell], marks: Marks | None = None) -> Sheet:
    """A sheet of single cells. Raises UnreadableWorkbook, naming the first cell that lies beyond the bounds."""
    return sheet_of_cells(name, _within_bounds(name, cells), marks)


def refuse_beyond_bounds(
    sheet: str, row: int, column: int, last_row: int, last_column: int, most: tuple[int, int] | None = None
) -> None:
    """Raises UnreadableWorkbook when a filled cell lies too far out, given the sheet's last row and column so far.

    most: rows and cells that there may be; those of a workbook where nothing is said.
    """
    rows, area = most or (MAX_ROWS, MAX_AREA)
    if row > rows or column > MAX_COLUMNS:
        raise UnreadableWorkbook(
            f"Sheet {sheet!r}, cell {cell_address(row, column)}: a value lies outside the first {rows:,} rows and "
            f"{MAX_COLUMNS:,} columns. Delete it and save the file."
        )
    if last_row * last_column > area:
        raise UnreadableWorkbook(
            f"Sheet {sheet!r}, cell {cell_address(row, column)}: with it the sheet spans {last_row:,} rows and "
            f"{last_column:,} columns, more than {area:,} cells. Delete what stands far away, or split the sheet."
        )


def _within_bounds(sheet: str, cells: Iterable[Cell]) -> Iterator[Cell]:
    last_row = last_column = 0
    for cell in cells:
        if cell.row > last_row or cell.column > last_column:
            last_row, last_column = max(last_row, cell.row), max(last_column, cell.column)
            refuse_beyond_bounds(sheet, cell.row, cell.column, last_row, last_column)
        yield cell


def _chunks(part: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: part.read(_CHUNK), b"")


def _is_no_workbook(what: str) -> UnreadableWorkbook:
    return UnreadableWorkbook(f"It is {what}, which is not read. Send it as an Excel workbook (.xlsx).")


def _kind_of_zip(content: bytes, keep: dict[str, bytes]) -> Kind:
    with open_archive(content) as archive:
        members = archive.infolist()
        _refuse_odd_names(members)
        _inflate_all(content, members, keep)
        names = {member.filename for member in members}
        for telling, what in _TELLING_MEMBERS:
            if telling in names:
                raise _is_no_workbook(what)
        if "xl/workbook.xml" in names:
            return "xlsx"
        media_type, manifest = _whole(archive, "mimetype"), _whole(archive, "META-INF/manifest.xml")
    if b"encryption-data" in manifest:
        raise UnreadableWorkbook(_LOCKED)
    if media_type.startswith(_ODS_TYPE):
        return "ods"
    raise _is_no_workbook("a zip of files, or a document, that holds no workbook")


def _whole(archive: ZipFile, member: str) -> bytes:
    try:
        return archive.read(member)
    except KeyError:
        return b""
    except _DAMAGE as error:
        raise UnreadableWorkbook(_SEND_AGAIN) from error


def _refuse_odd_names(members: list[ZipInfo]) -> None:
    seen = set()
    for member in members:
        name = member.filename
        if name.startswith(("/", "\\")) or ":" in name[:2] or ".." in name.replace("\\", "/").split("/"):
            raise UnreadableWorkbook(f"Its part {name!r} has a name that leads out of the file. {_SAVE_AS_XLSX}")
        if name.lower() in seen:
            raise UnreadableWorkbook(f"Its part {name!r} is there twice. {_SAVE_AS_XLSX}")
        seen.add(name.lower())


def _inflate_all(content: bytes, members: list[ZipInfo], keep: dict[str, bytes]) -> None:
    """Inflates every member once, believing none of the sizes that the zip declares, and compares its checksum."""
    streamed = 0
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            raise UnreadableWorkbook(_LOCKED)
        checksum = length = 0
        chunks = []
        is_xml = member.filename.endswith((".xml", ".rels"))
        try:
            for chunk in _inflated(content, member):
                checksum, length = zlib.crc32(chunk, checksum), length + len(chunk)
                chunks += [chunk] if is_xml else []
                if streamed + length > MAX_STREAMED_BYTES:
                    raise UnreadableWorkbook(
                        f"It unpacks to more than {MAX_STREAMED_BYTES:,} bytes, more than a workbook of figures holds. "
                        "Send a part of it."
                    )
        except zlib.error as error:
            raise UnreadableWorkbook(
                f"It is damaged ({error} in its part {member.filename}). Send it again."
            ) from error
        if checksum != member.CRC or length != member.file_size:
            raise UnreadableWorkbook(f"It is damaged (its part {member.filename} fails the checksum). Send it again.")
        streamed += length
        if is_xml:
            keep[member.filename] = b"".join(chunks)


def _inflated(content: bytes, member: ZipInfo) -> Iterator[bytes]:
    # a member's own header: 30 bytes, of which the last four say how long a name and an extra field follow
    header = content[member.header_offset : member.header_offset + 30]
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        raise UnreadableWorkbook(_SEND_AGAIN)
    name_end = member.header_offset + 30 + int.from_bytes(header[26:28], "little")
    name = member.orig_filename.encode("utf-8" if member.flag_bits & _UTF8_NAME else "cp437")
    if content[member.header_offset + 30 : name_end] != name:
        raise UnreadableWorkbook(_SEND_AGAIN)
    start = name_end + int.from_bytes(header[28:30], "little")
    packed = content[start : start + member.compress_size]
    if member.compress_type == ZIP_STORED:
        yield packed
        return
    if member.compress_type != ZIP_DEFLATED:
        raise UnreadableWorkbook(
            f"Its part {member.filename} is packed in a way that Excel does not use. {_SAVE_AS_XLSX}"
        )
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    while packed and not inflater.eof:
        yield inflater.decompress(packed, _CHUNK)
        packed = inflater.unconsumed_tail
    if not inflater.eof:
        raise UnreadableWorkbook(_SEND_AGAIN)


def _kind_of_compound(content: bytes) -> Kind:
    from xlrd.compdoc import CompDoc

    try:
        streams = {entry.name for entry in CompDoc(content, logfile=io.StringIO()).dirlist}
    except Exception as error:  # damaged bytes make it raise almost anything
        raise UnreadableWorkbook(_SEND_AGAIN) from error
    if "EncryptedPackage" in streams:
        raise UnreadableWorkbook(_LOCKED)
    if streams & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        return "xls"
    what = next((what for telling, what in _TELLING_STREAMS if telling in streams), "an Office file of another kind")
    raise _is_no_workbook(what)


def _kind_of_text(content: bytes) -> Kind:
    start = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip(b" \r\n").lower()
    for beginning, what in _BEGINNINGS:
        if start.startswith(beginning.lower()):
            raise _is_no_workbook(what)
    if b"\0" in content[:_CHUNK] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _is_no_workbook("neither a workbook nor text")
    return "csv"

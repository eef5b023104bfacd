"""What is let through to a parser, and what the person who sent anything else is told."""

import io
import struct
import time
import zipfile
from collections.abc import Mapping
from contextlib import suppress

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.read import guards
from pipelines.read.guards import MAX_MEMBERS, bounded_sheet, guard, open_archive, parse_part, safe_parser
from pipelines.read.sheet import Cell, UnreadableWorkbook
from tests.helpers import repacked, workbook_bytes

ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
CENTRAL = b"PK\x01\x02"


def zip_of(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, member in members.items():
            archive.writestr(zipfile.ZipInfo(name), member, method)
    return out.getvalue()


def xlsx_with(name: str, member: bytes) -> bytes:
    return zip_of({"xl/workbook.xml": b"<workbook/>", name: member})


def xls_bytes() -> bytes:
    book = xlwt.Workbook()
    book.add_sheet("S").write(0, 0, 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def compound_with(stream: str) -> bytes:
    """An .xls file whose stream bears another name: what is told from it is told by that name."""
    before, after = ("Workbook".encode("utf-16-le") + b"\0\0", stream.encode("utf-16-le") + b"\0\0")
    content = bytearray(xls_bytes())
    at = content.index(before)
    content[at : at + len(after)] = after
    content[at + 64 : at + 66] = struct.pack("<H", len(after))
    return bytes(content)


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(UnreadableWorkbook) as refused:
        guard(name, content)
    return str(refused.value)


XLSX = workbook_bytes({"S": [["a", 1]]})
XLS = xls_bytes()
ODS = zip_of({"mimetype": ODS_TYPE, "content.xml": b"<x/>"})
CSV = b"a,b\n1,2\n"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.xlsx", XLSX, "xlsx"),
        ("A.XLSX", XLSX, "xlsx"),
        ("a.xlsm", XLSX, "xlsx"),
        ("a.xls", XLS, "xls"),
        ("a.ods", ODS, "ods"),
        ("a.csv", CSV, "csv"),
        ("a.tsv", b"a\tb", "csv"),
        ("a.csv", "a,£".encode("utf-16"), "csv"),
    ],
)
def test_kind(name: str, content: bytes, kind: str) -> None:
    assert guard(name, content) == kind


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.xlsx", XLS, "It is an Excel 97 to 2003 workbook (.xls), but its name ends in .xlsx."),
        ("a.xls", XLSX, "It is an Excel workbook (.xlsx), but its name ends in .xls."),
        ("a.xlsx", ODS, "It is an OpenDocument spreadsheet (.ods), but its name ends in .xlsx."),
        ("a.xlsx", CSV, "It is plain text (.csv), but its name ends in .xlsx."),
        ("a.csv", XLSX, "It is an Excel workbook (.xlsx), but its name ends in .csv."),
        ("a.txt", CSV, "It is plain text (.csv), but its name ends in .txt."),
        ("workbook", XLSX, "It is an Excel workbook (.xlsx), but its name has no ending."),
    ],
)
def test_name_that_says_another_kind(name: str, content: bytes, told: str) -> None:
    assert refusal(name, content).startswith(told)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        pytest.param(b"%PDF-1.7\n", "a PDF", id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "an image", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0", "an image", id="jpeg"),
        pytest.param(b"\xef\xbb\xbf\r\n<HTML><table>", "a web page", id="web_page_under_the_name_of_a_workbook"),
        pytest.param(b'<?xml version="1.0"?><Workbook/>', "an XML document", id="xml_of_excel_2003"),
        pytest.param(b"\x09\x04\x06\x00\x00\x00", "a worksheet of Excel 4", id="excel_4"),
        pytest.param(b"\x00\x01\x02", "neither a workbook nor text", id="unknown_bytes"),
        pytest.param(zip_of({"xl/workbook.bin": b""}), "an Excel binary workbook (.xlsb)", id="xlsb"),
        pytest.param(zip_of({"word/document.xml": b""}), "a Word document", id="docx"),
        pytest.param(zip_of({"a.xlsx": XLSX}), "a zip of files", id="workbook_in_a_zip"),
        pytest.param(zip_of({"mimetype": ODS_TYPE[:-11] + b"text"}), "a zip of files, or a document", id="odt"),
        pytest.param(compound_with("WordDocument"), "a Word document (.doc)", id="doc"),
        pytest.param(compound_with("Other"), "an Office file of another kind", id="other_compound_file"),
    ],
)
def test_what_is_no_workbook_is_named(content: bytes, what: str) -> None:
    assert refusal("a.xlsx", content).startswith(f"It is {what}")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(compound_with("EncryptedPackage"), id="xlsx_in_an_encrypted_package"),
        pytest.param(
            zip_of({"mimetype": ODS_TYPE, "META-INF/manifest.xml": b"<manifest:encryption-data/>"}), id="encrypted_ods"
        ),
    ],
)
def test_locked_by_a_password(content: bytes) -> None:
    assert refusal("a.xlsx", content) == "It is locked by a password. Save it without one and send it again."


def test_encrypted_member_of_a_zip() -> None:
    content = bytearray(XLSX)
    content[content.index(CENTRAL) + 8] |= 1
    assert "password" in refusal("a.xlsx", bytes(content))


def test_empty_file() -> None:
    assert refusal("a.xlsx", b"") == "It is empty. Send it again."


@pytest.mark.parametrize(("name", "bound"), [("a.csv", "MAX_CSV_BYTES"), ("a.xlsx", "MAX_FILE_BYTES")])
def test_file_too_large(monkeypatch: pytest.MonkeyPatch, name: str, bound: str) -> None:
    monkeypatch.setattr(guards, bound, 7)
    assert refusal(name, CSV) == "It is too large; at most 7 bytes are read. Send a part of it."


@pytest.mark.parametrize("name", ["../a.xml", "xl/../../a.xml", "/a.xml", "C:/a.xml", "xl\\..\\..\\a.xml"])
def test_member_that_leads_out_of_the_file(name: str) -> None:
    assert "leads out of the file" in refusal("a.xlsx", xlsx_with(name, b""))


def test_member_twice() -> None:
    assert "is there twice" in refusal("a.xlsx", xlsx_with("XL/workbook.xml", b"<workbook/>"))


def test_too_many_members() -> None:
    most = zip_of({"xl/workbook.xml": b"", **{f"{number}": b"" for number in range(MAX_MEMBERS - 1)}})
    assert guard("a.xlsx", most) == "xlsx"
    assert "more than the 2,000 parts" in refusal("a.xlsx", repacked(most, {"one more": b""}))


def test_what_members_unpack_to_is_counted_whatever_the_zip_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytearray(xlsx_with("big.xml", bytes(5_000_000)))
    at = content.rindex(CENTRAL) + 24
    content[at : at + 4] = struct.pack("<I", 10)
    assert "fails the checksum" in refusal("a.xlsx", bytes(content))
    monkeypatch.setattr(guards, "MAX_STREAMED_BYTES", 1_000_000)
    assert "unpacks to more than 1,000,000 bytes" in refusal("a.xlsx", bytes(content))


def test_bytes_of_all_members_are_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    content = zip_of({"xl/workbook.xml": bytes(600), "b.xml": bytes(400)})
    monkeypatch.setattr(guards, "MAX_STREAMED_BYTES", 1_000)
    assert guard("a.xlsx", content) == "xlsx"
    monkeypatch.setattr(guards, "MAX_STREAMED_BYTES", 999)
    assert "unpacks to more than" in refusal("a.xlsx", content)


def test_changed_byte_of_a_stored_member() -> None:
    content = zip_of({"xl/workbook.xml": b"<workbook/>"}, zipfile.ZIP_STORED).replace(b"<workbook/>", b"<workbork/>")
    assert "its part xl/workbook.xml fails the checksum" in refusal("a.xlsx", content)


def test_other_way_of_packing() -> None:
    content = zip_of({"xl/workbook.xml": b"<workbook/>"}, zipfile.ZIP_LZMA)
    assert "packed in a way that Excel does not use" in refusal("a.xlsx", content)


@given(st.integers(min_value=2, max_value=len(XLSX) - 1))
@settings(deadline=None)
def test_cut_short_anywhere(length: int) -> None:
    assert "Send it again." in refusal("a.xlsx", XLSX[:length])


@given(st.integers(min_value=0, max_value=len(XLSX) - 1), st.integers(min_value=1, max_value=255))
@settings(deadline=None)
def test_changed_byte_is_refused_or_leaves_every_member_as_it_was(place: int, mask: int) -> None:
    damaged = bytearray(XLSX)
    damaged[place] ^= mask
    try:
        guard("a.xlsx", bytes(damaged))
    except UnreadableWorkbook:
        return
    with open_archive(XLSX) as whole, open_archive(bytes(damaged)) as changed:
        for member in changed.namelist():
            assert changed.read(member) == whole.read(whole.namelist()[changed.namelist().index(member)])


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_are_of_a_kind_or_refused(content: bytes) -> None:
    for prefix in (b"", b"PK\x03\x04", XLS[:8], XLS[:600]):
        with suppress(UnreadableWorkbook):
            assert guard("a.csv", prefix + content) == "csv"


@pytest.mark.parametrize(
    ("xml", "told"),
    [
        pytest.param(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "declares a document type", id="entity"),
        pytest.param(b"<!DOCTYPE a><a/>", "declares a document type", id="document_type"),
        pytest.param(b"<a><b></a>", "part a.xml is damaged", id="not_well_formed"),
        pytest.param(b"<a>", "part a.xml is damaged", id="unfinished"),
    ],
)
def test_xml_that_is_not_parsed(xml: bytes, told: str) -> None:
    with open_archive(zip_of({"a.xml": xml})) as archive, pytest.raises(UnreadableWorkbook, match=told):
        parse_part(archive, "a.xml", safe_parser())


def test_part_that_is_missing() -> None:
    with (
        open_archive(zip_of({"a.xml": b"<a/>"})) as archive,
        pytest.raises(UnreadableWorkbook, match=r"b\.xml is missing"),
    ):
        parse_part(archive, "b.xml", safe_parser())


@pytest.mark.parametrize(
    ("places", "told"),
    [
        pytest.param([(200_001, 1)], "Sheet 'S', cell A200001: a value lies outside", id="row"),
        pytest.param([(1, 1_001)], "Sheet 'S', cell ALM1: a value lies outside", id="column"),
        pytest.param([(150_000, 1), (1, 900)], "Sheet 'S', cell AHP1: with it the sheet spans 150,000 rows", id="area"),
    ],
)
def test_cell_beyond_the_bounds_is_named(places: list[tuple[int, int]], told: str) -> None:
    with pytest.raises(UnreadableWorkbook) as refused:
        bounded_sheet("S", [Cell(*place, "x") for place in places])
    assert str(refused.value).startswith(told)


def test_cells_on_the_bounds_are_kept() -> None:
    assert bounded_sheet("S", [Cell(200_000, 1, "x"), Cell(1, 50, "y")]).text(200_000, 1) == "x"


def test_small_workbook_costs_little() -> None:
    def seconds() -> float:
        begun = time.perf_counter()
        guard("a.xlsx", XLSX)
        return time.perf_counter() - begun

    assert min(seconds() for _ in range(50)) < 0.001

"""Guards: files that are no workbook, not yet one, or whose zip says what it should not."""

import os
from collections.abc import Callable
from pathlib import Path

from tests.corpus.case import CENTRES_FILE, Case, Must, centres_grid, centres_staged, count_rows
from tests.corpus.makers import csv_text, xls, xlsx
from tests.corpus.makers_zip import ENCRYPTED, Member, archive, changed, member, members_of, with_header, with_member
from tests.helpers import Sheets

SHEETS: Sheets = {"Visits": centres_grid()}
SHEET_PART = "xl/worksheets/sheet1.xml"


def _good() -> bytes:
    return xlsx(SHEETS)


def _refused(name: str, make: Callable[[], bytes], *says: str, file: str = CENTRES_FILE) -> Case:
    return Case(name, "guards", "centres", file, make, "quarantine", says)


def _placed(
    name: str, put: Callable[[Path, bytes], None], *says: str, file: str = CENTRES_FILE, must: Must = "ignore"
) -> Case:
    return Case(name, "guards", "centres", file, _good, must, says, put=put)


def _linked(path: Path, content: bytes) -> None:
    target = path.parent.parent.parent / "elsewhere.xlsx"
    target.write_bytes(content)
    path.symlink_to(target)


def _linked_to_nothing(path: Path, _content: bytes) -> None:
    path.symlink_to(path.with_name("gone.xlsx"))


def _linked_to_itself(path: Path, _content: bytes) -> None:
    path.symlink_to(path)


def _linked_to_device(path: Path, _content: bytes) -> None:
    path.symlink_to("/dev/zero")


def _folder(path: Path, content: bytes) -> None:
    path.mkdir()
    (path / "inside.xlsx").write_bytes(content)


def _written(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _pipe(path: Path, _content: bytes) -> None:
    os.mkfifo(path)


def _too_large() -> bytes:
    return archive([*members_of(_good()), Member(b"xl/media/image1.png", os.urandom(1 << 20) * 51, 51 << 20, 0, 0)])


def _many_members() -> bytes:
    return with_member(_good(), *(member(f"xl/media/image{number}.png", b"") for number in range(2_500)))


def _wrong_size() -> bytes:
    return with_header(_good(), SHEET_PART, size=10)


def _wrong_checksum() -> bytes:
    return with_header(_good(), SHEET_PART, crc=1)


def _overlong() -> bytes:
    """A sheet whose headers say less than it unpacks to."""
    whole = member(SHEET_PART, b" " * (400 << 20))
    lying = Member(whole.name, whole.packed, 1_000, whole.crc)
    return archive([*(one for one in members_of(_good()) if one.name != whole.name), lying])


def _with_doctype(declared: str) -> bytes:
    part = (
        f'<?xml version="1.0"?>{declared}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    )
    return changed(_good(), {"xl/workbook.xml": part.encode()})


def _compound(stream: str) -> bytes:
    """An OLE file, as Excel 97 wrote them, whose only stream bears that name."""
    content = bytearray(xls(SHEETS))
    entry = content.index("Workbook".encode("utf-16-le"))
    name = f"{stream}\0".encode("utf-16-le")
    content[entry : entry + 66] = name.ljust(64, b"\0") + len(name).to_bytes(2, "little")
    return bytes(content)


CASES = [
    _refused("empty_file", lambda: b"", "empty"),
    _refused("one_byte", lambda: b"P", "xlsx"),
    _refused("only_zeros", lambda: bytes(10_000), "xlsx"),
    _refused("pdf_called_xlsx", lambda: b"%PDF-1.7\n1 0 obj\n", "xlsx"),
    _refused("html_called_xlsx", lambda: b"<html><table><tr><td>Centre</td></tr></table></html>", "xlsx"),
    _refused("picture_called_xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "xlsx"),
    _refused("csv_called_xlsx", lambda: csv_text(centres_grid()).encode(), "xlsx"),
    _refused("sign_in_page_called_xlsx", lambda: b"<!DOCTYPE html><title>Sign in</title>", "xlsx"),
    _refused("word_document_called_xlsx", lambda: archive([member("word/document.xml", b"<w/>")]), "xlsx"),
    _refused("zip_of_a_workbook", lambda: archive([member(CENTRES_FILE, _good())]), "xlsx"),
    _refused("empty_zip", lambda: archive([]), "xlsx"),
    _refused("pdf_under_its_own_name", lambda: b"%PDF-1.7\n", "xlsx", file="Centres 2021-22 Q2.pdf"),
    _refused("old_word_document_called_xls", lambda: _compound("WordDocument"), "Word", file="Centres 2021-22 Q2.xls"),
    _refused("xls_called_xlsx", lambda: xls(SHEETS), "xls"),
    _refused("xlsx_called_xls", _good, "xls", file="Centres 2021-22 Q2.xls"),
    _refused("xlsx_called_csv", _good, "xlsx", file="Centres 2021-22 Q2.csv"),
    _refused(
        "binary_workbook", lambda: archive([member("xl/workbook.bin", b"x")]), "xlsx", file="Centres 2021-22 Q2.xlsb"
    ),
    _refused("no_suffix", _good, "xlsx", file="Centres 2021-22 Q2"),
    _refused("locked_by_password", lambda: _compound("EncryptedPackage"), "password"),
    _refused("zip_locked_by_password", lambda: with_header(_good(), SHEET_PART, flags=0x800 | ENCRYPTED), "password"),
    _refused("cut_in_the_middle", lambda: _good()[: len(_good()) // 2], "cut short or damaged"),
    _refused("last_bytes_missing", lambda: _good()[:-30], "cut short or damaged"),
    _refused("first_bytes_missing", lambda: _good()[20:], "neither a workbook nor text"),
    _refused("checksum_of_a_part_wrong", _wrong_checksum, "checksum"),
    _refused("size_of_a_part_understated", _wrong_size, "damaged"),
    _refused("part_unpacks_to_more_than_it_says", _overlong, "unpacks to more than"),
    _refused("unknown_compression", lambda: with_header(_good(), SHEET_PART, method=99), "packed in a way"),
    _refused("file_beyond_50_megabytes", _too_large, "bytes", "at most"),
    _refused("2500_parts", _many_members, "more than the", "parts"),
    _refused(
        "part_named_above_the_archive", lambda: with_member(_good(), member("../../evil.xml", b"x")), "../../evil.xml"
    ),
    _refused("part_with_an_absolute_name", lambda: with_member(_good(), member("/etc/passwd", b"x")), "/etc/passwd"),
    _refused("part_with_a_drive", lambda: with_member(_good(), member("C:\\evil.xml", b"x")), "evil.xml"),
    _refused("two_parts_of_one_name", lambda: with_member(_good(), member(SHEET_PART, b"<x/>")), SHEET_PART),
    _refused(
        "two_parts_alike_but_for_capitals", lambda: with_member(_good(), member(SHEET_PART.upper(), b"<x/>")), "twice"
    ),
    _refused("document_type_declared", lambda: _with_doctype("<!DOCTYPE workbook>"), "document type"),
    _refused(
        "entity_from_a_file",
        lambda: _with_doctype('<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "document type",
    ),
    _refused(
        "document_type_from_a_server", lambda: _with_doctype('<!DOCTYPE w SYSTEM "http://[::1]/w">'), "document type"
    ),
    _placed("symbolic_link", _linked, "not a regular file"),
    _placed("link_to_nothing", _linked_to_nothing, "not a regular file"),
    _placed("link_to_itself", _linked_to_itself, "not a regular file"),
    _placed("link_to_a_device", _linked_to_device, "not a regular file"),
    _placed("folder_called_xlsx", _folder, "not a regular file"),
    _placed("pipe_called_xlsx", _pipe, "not a regular file"),
    _placed("lock_file_of_excel", _written, "lock", file=f"~${CENTRES_FILE}"),
    _placed("lock_file_of_libreoffice", _written, "lock", file=f".~lock.{CENTRES_FILE}#"),
    *(
        _placed(f"still_being_copied_as_{suffix}", _written, "copied|lock", file=f"{CENTRES_FILE}.{suffix}")
        for suffix in ("part", "crdownload", "filepart", "tmp", "partial")
    ),
    _placed("file_that_excel_is_saving", _written, "copied|lock", file="~WRL0001.tmp"),
    _placed("hidden_file_of_a_mac", _written, "hidden", file=f"._{CENTRES_FILE}"),
    Case(
        "thousand_honest_pictures",
        "guards",
        "centres",
        CENTRES_FILE,
        lambda: with_member(_good(), *(member(f"xl/media/image{number}.png", b"x") for number in range(1_000))),
        "load",
        rows=centres_staged(),
        read=count_rows(SHEETS),
    ),
]

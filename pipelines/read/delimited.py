"""Text files of separated values (.csv), read as Excel would show them."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

import polars as pl

from pipelines.read.guards import refuse_beyond_bounds
from pipelines.read.sheet import ERROR, Marks, Sheet, UnreadableWorkbook
from pipelines.read.values import is_error

SHEET = "csv"
SEPARATORS = "\t;|,"
"""Where two separators divide the text equally well, the first of these: a comma may be in a number or a name."""

_UTF_8_MARK = b"\xef\xbb\xbf"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SEPARATOR_LINE = re.compile(r'"?sep=([^"\r\n])"?(?:\r\n|\r|\n|$)', re.IGNORECASE)
_ADVICE = "Open it in Excel, save it as 'CSV UTF-8' and send it again."


def read_csv(content: bytes) -> list[Sheet]:
    """The one sheet, named `csv`, of a text file with values separated by commas, semicolons, tabs or bars.

    Rows are counted as Excel counts them: a record is a row, however many lines it runs over, an empty line is a row, a
    first line `sep=;` is none. Texts stay as they are, decimal commas too; the text of an error value is a problem. The
    encoding is UTF-8, UTF-16 with a byte order mark, else Windows-1252.
    Raises UnreadableWorkbook when bytes are not text, a quote is not closed, or a value lies beyond the bounds.
    """
    text = _decoded(content)
    if "\0" in text:
        raise UnreadableWorkbook(
            f"Line {_line(text[: text.index(chr(0))])} holds a null byte: it is no text. {_ADVICE}"
        )
    declared = _SEPARATOR_LINE.match(text)
    rows = _rows(text[declared.end() :], declared[1], 2) if declared else _rows(text, _separator(text), 1)
    marks = Marks()
    if "#" in text or "Err:" in text:
        _move_errors(rows, marks)
    width = max(map(len, rows), default=0)
    texts = {
        str(index + 1): pl.Series([row[index] or None if index < len(row) else None for row in rows], dtype=pl.String)
        for index in range(width)
    }
    return [Sheet(SHEET, 1, 1, pl.DataFrame(texts), marks).without_blanks()]


def _move_errors(rows: list[list[str]], marks: Marks) -> None:
    """Takes the error values out of the rows and puts them among the problems."""
    for number, row in enumerate(rows, 1):
        for index, value in enumerate(row):
            if is_error(value):
                marks.problems[(number, index + 1)] = f"{ERROR}{value}"
                row[index] = ""


def _line(before: str | bytes) -> int:
    """The line, from 1, on which that goes on which stands behind `before`."""
    ends = before.count("\n") if isinstance(before, str) else before.count(b"\n")
    return ends + 1


def _decoded(content: bytes) -> str:
    if content.startswith(_UTF_16_MARKS):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            line = _line(content[: error.start].decode("utf-16", "ignore"))
            raise UnreadableWorkbook(f"Line {line} is no UTF-16 text, as its first bytes say. {_ADVICE}") from error
    body = content.removeprefix(_UTF_8_MARK)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        before = body[: error.start]
        # after letters beyond ASCII that are UTF-8 the rest is not Windows-1252 but damaged
        if len(body) < len(content) or not before.isascii():
            raise UnreadableWorkbook(
                f"Line {_line(before)} is no UTF-8 text, as what is before it. {_ADVICE}"
            ) from error
    try:
        return body.decode("cp1252")
    except UnicodeDecodeError as error:
        line = _line(body[: error.start])
        raise UnreadableWorkbook(f"Line {line} is neither UTF-8 nor Windows-1252 text. {_ADVICE}") from error


def _separator(text: str) -> str:
    """The separator under which most records have one and the same number of values, more than one."""
    there = [separator for separator in SEPARATORS if separator in text] or [","]
    return there[0] if len(there) == 1 else max(there, key=lambda separator: _agreeing(text, separator))


def _agreeing(text: str, separator: str) -> int:
    """How many records have the number of values, above one, that most have."""
    try:
        widths = Counter(map(len, csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)))
    except csv.Error:
        # quotes make no sense here: it is not the separator, or one is missing, which must not hide that it is
        widths = Counter(line.count(separator) + 1 for line in text.splitlines())
    return max((count for width, count in widths.items() if width > 1), default=0)


def _rows(text: str, separator: str, first_line: int) -> list[list[str]]:
    """Values by row from row 1. Blank values at the end of a row and blank rows at the end are left off."""
    rows: list[list[str]] = []
    width = 0
    for number, record in enumerate(_records(text, separator, first_line), 1):
        while record and not record[-1].strip():
            record.pop()
        if record:
            width = max(width, len(record))
            refuse_beyond_bounds(SHEET, number, len(record), number, width)
            rows.extend([] for _ in range(len(rows) + 1, number))
            rows.append([value.replace("\r\n", "\n") if "\r" in value else value for value in record])
    return rows


def _records(text: str, separator: str, first_line: int) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begun = first_line
    try:
        for record in reader:
            yield record
            begun = first_line + reader.line_num
    except csv.Error as error:
        raise UnreadableWorkbook(
            f"Line {begun}: a value in quotes is not closed, or goes on behind its closing quote ({error}). Mend the "
            "quotes of that line and the lines after it."
        ) from error

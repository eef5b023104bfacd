"""Text files of separated values (.csv), read as Excel would show them."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

import polars as pl

from pipelines.read.guards import MAX_COLUMNS, MAX_TEXT, refuse_beyond_bounds
from pipelines.read.sheet import ERROR, Marks, Position, Sheet, UnreadableWorkbook, blanks_nulled
from pipelines.read.values import is_error

SHEET = "csv"
MAX_ROWS, MAX_AREA = 1_048_576, 20_000_000
"""Rows, as many as Excel has, and cells: a text may hold a country, for it is read in a tenth of the time."""

SEPARATORS = "\t;|,"
"""Where two separators divide the text equally well, the first of these: a comma may be in a number or a name."""

_UTF_8_MARK = b"\xef\xbb\xbf"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SEPARATOR_LINE = re.compile(r'"?sep=([^"\r\n])"?(?:\r\n|\r|\n|$)', re.IGNORECASE)
_LONE_RETURN = re.compile(r"\r(?!\n)")
_TOP = 20_000
"""Characters from the top of a text of which the longest line tells how many values a record may have."""

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
    body, separator = (text[declared.end() :], declared[1]) if declared else (text, _separator(text))
    texts = records_at_once(body, separator)
    if texts is None:
        texts = records_one_by_one(body, separator, 2 if declared else 1)
    marks = Marks()
    if "#" in text or "Err:" in text:
        texts = _without_errors(texts, marks)
    return [Sheet(SHEET, 1, 1, texts, marks)]


def records_at_once(text: str, separator: str) -> pl.DataFrame | None:
    """What `records_one_by_one` gives, many times as fast; None for a text of which that is not certain.

    It is certain where no record has more values than those at the top, every quote begins or ends a value or is
    doubled within one, no carriage return stands alone, and the separator is of ASCII.
    """
    quoted = '"' in text
    if not separator.isascii() or _LONE_RETURN.search(text) or (quoted and not _quotes_in_place(text, separator)):
        return None
    whole = text.rstrip("\r\n")
    frame = _parsed(whole.replace("\r\n", "\n") if quoted else whole, separator, quoted=quoted)
    if frame is None:
        return None
    frame = blanks_nulled(frame)
    filled = frame.select(pl.any_horizontal(pl.all().is_not_null())).to_series().arg_true()
    height, width = filled[-1] + 1 if len(filled) else 0, frame.width
    while width and frame.to_series(width - 1).null_count() == frame.height:
        width -= 1
    return frame[:height, :width]


def _parsed(text: str, separator: str, *, quoted: bool) -> pl.DataFrame | None:
    """The records by Polars' reader; None where one is longer than those at the top, or some may break the bounds."""
    lines = text.count("\n") + 1
    width = _width_at_the_top(text, separator)
    if lines > MAX_ROWS or width > MAX_COLUMNS or lines * width > MAX_AREA:
        return None
    headings = separator.join(map(str, range(1, width + 1)))
    try:
        frame = pl.read_csv(
            f"{headings}\n{text}".encode(),
            separator=separator,
            quote_char='"' if quoted else None,
            infer_schema=False,
        )
    except pl.exceptions.ComputeError:
        return None
    longest = frame.select(pl.all().str.len_bytes().max()).row(0)
    if any(length > MAX_TEXT for length in longest if length) or (quoted and not _ends_in_place(frame, lines)):
        return None
    return frame


def _width_at_the_top(text: str, separator: str) -> int:
    """The most values of a record among the first."""
    try:
        return max(map(len, csv.reader(io.StringIO(text[:_TOP], newline=""), delimiter=separator)), default=0) or 1
    except csv.Error:  # a value that is too long: the careful reading says which
        return 1


def _quotes_in_place(text: str, separator: str) -> bool:
    """Whether every value is either without quotes or wholly within them, where they stand doubled."""
    between = re.escape(separator)
    value = rf'(?:"(?:[^"]|"")*"|[^"\r\n{between}]*)'
    return bool(pl.Series([text]).str.contains(rf"\A{value}(?:(?:\r?\n|[{between}]){value})*\z").item())


def _ends_in_place(frame: pl.DataFrame, lines: int) -> bool:
    """Whether every end of a line is within a value or ends a record."""
    within: int = sum(frame.select(pl.all().str.count_matches("\n", literal=True).sum()).row(0))
    return frame.height + within == lines


def records_one_by_one(text: str, separator: str, first_line: int) -> pl.DataFrame:
    """Texts by row from row 1 and by column from `1`, null where blank, without blank rows and columns at the end.

    Raises UnreadableWorkbook when a quote is not closed, with the line, or a value lies beyond the bounds.
    """
    rows = _rows(text, separator, first_line)
    texts = {
        str(index + 1): pl.Series([row[index] if index < len(row) else None for row in rows], dtype=pl.String)
        for index in range(max(map(len, rows), default=0))
    }
    return blanks_nulled(pl.DataFrame(texts))


def _without_errors(texts: pl.DataFrame, marks: Marks) -> pl.DataFrame:
    """The texts with null in place of error values, which are put among the problems row by row."""
    found: dict[Position, str] = {}
    columns = texts.get_columns()
    for index, column in enumerate(columns):
        seeming = (column.str.starts_with("#") | column.str.starts_with("Err:")).arg_true()
        errors = {place: text for place, text in zip(seeming, column.gather(seeming), strict=True) if is_error(text)}
        if errors:
            columns[index] = column.scatter(list(errors), None)
        found |= {(place + 1, index + 1): f"{ERROR}{text}" for place, text in errors.items()}
    marks.problems |= dict(sorted(found.items()))
    return pl.DataFrame(columns)


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
            refuse_beyond_bounds(SHEET, number, len(record), number, width, (MAX_ROWS, MAX_AREA))
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

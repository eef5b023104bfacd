"""Lines that people write in CSV files of raw/: each with its place, so that what is wrong can be found."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest
from pathlib import Path

from pipelines.read.dates import NotADate, parse_date


class LineError(Exception):
    """A line cannot be read; the message names the file and line and says what was expected."""


def read_lines(
    path: Path, columns: Sequence[str], error: type[LineError], *, optional: Sequence[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """(number, text by column) of every line that is not blank, in order; none when there is no such file.

    `optional` columns may be left out, and at the end of a line their fields. Raises `error` for a file that is not
    UTF-8, has other columns, or has a line with more or fewer fields.
    """
    if not path.exists():
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise error(f"{path}: it is not in UTF-8; save it as 'CSV UTF-8' and run again") from fault
    reader = csv.reader(io.StringIO(text, newline=""))
    heading = [name.strip() for name in next(reader, [])]
    if heading not in (list(columns), [*columns, *optional]):
        raise error(f"{path}, line 1: expected the columns {', '.join(columns)}, found {', '.join(heading)}")
    for fields in reader:
        if not any(field.strip() for field in fields):
            continue
        if not len(columns) <= len(fields) <= len(heading):
            raise error(
                f"{path}, line {reader.line_num}: expected {len(heading)} fields ({', '.join(heading)}), "
                f"found {len(fields)}; put quotes around a text that has a comma in it"
            )
        yield reader.line_num, dict(zip_longest(heading, (field.strip() for field in fields), fillvalue=""))


def read_day(row: dict[str, str], column: str, place: str, error: type[LineError]) -> date:
    """The day in a column, written 2021-10-15 or, as Excel saves it, 15/10/2021. Raises `error` for anything else."""
    try:
        return parse_date(row[column])
    except NotADate as fault:
        raise error(f"{place}: {column} must be a day such as 2021-10-15, not {row[column]!r}") from fault


def require(row: dict[str, str], columns: Sequence[str], place: str, error: type[LineError]) -> None:
    """Raises `error` when one of these columns is blank."""
    blank = [column for column in columns if not row[column]]
    if blank:
        raise error(f"{place}: {' and '.join(blank)} must be filled")

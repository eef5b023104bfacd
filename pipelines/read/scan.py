"""The facts of a worksheet by searching its XML, as most programs write it, for the few cells that say something.

Many times as fast as meeting every cell, which `marks.read_facts` does; what it cannot be sure of it leaves to that.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from pipelines.read.address import cell_position, column_letters
from pipelines.read.guards import MAX_COLUMNS
from pipelines.read.marks import SheetFacts, merged_block
from pipelines.read.parts import SharedStrings, Style
from pipelines.read.sheet import ERROR, NO_RESULT, SUBSCRIPT, SUPERSCRIPT, Position

_PLAIN_START = re.compile(rb"\A\s*(?:<\?xml [^>]*\?>)?\s*<worksheet[\s>]")
_PLAIN_END = re.compile(rb"</worksheet>\s*\Z")
_USUAL_ROW = re.compile(
    rb'<row r="([0-9]+)"(?: [\w:]+="[^"<>]*")*>'
    rb'(?:<c r="[A-Z]{1,2}(?=1?[0-9]{1,5}")\1"(?: s="[0-9]+")?'
    rb'(?: t="s"><v>[0-9]+</v></c>|(?: t="(?:n|inlineStr|str|b)")?'
    rb"(?:/>|>(?:<v>[^<\s\0][^<\0]*</v>|<is><t>[^<\s\0][^<\0]*</t></is>)?</c>)))*+</row>"
)
"""A row of which every cell is a value in the row's own place or nothing: no formula, no error, no odd writing."""

_ODD = re.compile(
    rb'<(?!c r="[A-Z]{1,2}1?[0-9]{1,5}"|v>[^<\s]|v ?/>|/c>|/v>|row r="|/row>|is><t|/is>|/t>|t>[^<\s]'
    rb'|t xml:space="preserve">\s*[^<\s]|f[ >/]|/f>)'
)
"""What this reading has no eye for: other prefixes, comments, cells without addresses or far out, rich texts."""

_UNSEEN = re.compile(rb">(?:[^!-~]|&#\w+;)+<")
"""White space between elements, as in XML laid out for people, and texts in which there may be nothing to see."""

_STRAY = re.compile(rb'<row r="([0-9]+)"[^>]*><c r="[A-Z]+(?![A-Z]|\1")')
"""A cell that says it is in another row than the one that it stands in."""

_FORMULA = rb"(?:<f(?:\s[^>]*)?/>|<f(?:\s[^>]*)?>[^<]*</f>)"
_ROW = re.compile(rb'<row r="([0-9]+)"')
_HIDDEN_ROW = re.compile(rb'<row r="([0-9]+)"[^>]* hidden="(?:1|true)"')
_COLUMN = re.compile(rb'<col((?: \w+="[^"]*")+) ?/?>')
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_MERGED = re.compile(rb'<mergeCell ref="([^"]*)"')
_ERROR = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]* t="e"[^>]*>' + _FORMULA + rb"?<v>([^<]*)</v>")
_NO_RESULT = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)>' + _FORMULA + rb"(<v ?/>)?</c>")
_ODD_STRING = re.compile(rb't="s"[^>]*>%b?<v>(?![0-9]+</v>)' % _FORMULA)
_STYLE = re.compile(rb'<c r="[A-Z]+[0-9]+"[^>]*? s="([^"]*)"')
_FIRST_VALUE = re.compile(rb'<c r="[A-Z]+([0-9]+)"[^>]*>' + _FORMULA + rb"?<(?:v|is)>")
_LARGE_NUMBER = re.compile(rb"<v>-?(?:[0-9]{7,}\.|[0-9.]+E)")
_SEARCHED_COLUMNS = 30
_FEW = 100
"""Up to so many numbers of strings are searched for by name; of more, all strings are found and compared."""


def scan_facts(content: bytes, styles: Sequence[Style], strings: SharedStrings) -> SheetFacts | None:
    """The facts of one worksheet part, as `marks.read_facts` gives them but for `positions`; None where it cannot say.

    It can say for XML as Excel, LibreOffice, openpyxl and xlsxwriter write it, with rows in order.
    """
    head, _, rest = content.partition(b"<sheetData>")
    data, _, tail = rest.partition(b"</sheetData>")
    is_usual = not _USUAL_ROW.sub(b"", data)
    is_plain = _is_plain_around(head, tail) and _rows_in_order(data) and not _holds_unseen(data)
    if not (is_plain and (is_usual or _is_plain(data)) and _styles_are_there(data, styles)):
        return None
    facts = SheetFacts(has_large_numbers=bool(_LARGE_NUMBER.search(data)))
    facts.filled = data.count(b"<v>") + data.count(b"<is>")
    if not is_usual and not _mark_problems(facts, data):
        return None
    if b'hidden="' in data:
        facts.marks.hidden_rows.update(int(row) for row in _HIDDEN_ROW.findall(data))
    facts.marks.hidden_columns.update(_hidden_columns(head))
    facts.marks.merged = [block for found in _MERGED.findall(tail) if (block := merged_block(found.decode()))]
    blank = {position for position, _ in _strings(data, strings.blank)}
    facts.has_blanks = bool(blank)
    facts.area_start = _area_start(data)
    if facts.area_start is None and (b"<v>" in data or b"<is>" in data):
        return None
    _mark_styles(facts, data, styles, blank | facts.marks.problems.keys())
    _mark_rich_texts(facts, data, strings)
    return facts


def _mark_problems(facts: SheetFacts, data: bytes) -> bool:
    """Marks errors and formulas without a result; False where it may not have found them all."""
    if b't="e"' in data:
        facts.marks.problems |= {_at(cell): ERROR + text.decode() for cell, text in _ERROR.findall(data)}
        facts.filled -= len(facts.marks.problems)
        if len(facts.marks.problems) != data.count(b't="e"'):
            return False
    if b"<f" in data or b"<v/>" in data or b"<v />" in data:
        # an empty text is a result
        without = [found for found in _NO_RESULT.findall(data) if not (found[2] and b' t="str"' in found[1])]
        facts.marks.problems |= {_at(cell): NO_RESULT for cell, _, _ in without}
        if sum(bool(empty) for _, _, empty in without) != data.count(b"<v/>") + data.count(b"<v />"):
            return False
    return True


def _is_plain_around(head: bytes, tail: bytes) -> bool:
    """Whether what stands before and behind the rows is written as expected: columns, merged cells, the very end."""
    if not _PLAIN_START.match(head) or not _PLAIN_END.search(tail) or b"<!" in head + tail or b"<sheetData" in tail:
        return False
    columns = head.count(b"<col") - head.count(b"<cols")
    return len(_COLUMN.findall(head)) == columns and len(_MERGED.findall(tail)) == tail.count(b"<mergeCell ")


def _is_plain(data: bytes) -> bool:
    """Whether the rows are written as expected: nothing odd, not laid out for people, in double quotes."""
    if b"\0" in data or _ODD.search(data) or b"='" in data or _STRAY.search(data):
        return False
    if any(sign in data for sign in (b" <", b"\n<")) and _UNSEEN.search(data):
        return False
    return not (b't="s"' in data and _ODD_STRING.search(data))


def _holds_unseen(data: bytes) -> bool:
    return (not data.isascii() or b"&#" in data) and _UNSEEN.search(data) is not None


def _rows_in_order(data: bytes) -> bool:
    """Whether each row stands once: else a cell may stand twice."""
    rows = [int(number) for number in _ROW.findall(data)]
    return all(earlier < later for earlier, later in pairwise(rows))


def _mark_styles(facts: SheetFacts, data: bytes, styles: Sequence[Style], nothing: set[Position]) -> None:
    """Marks the cells whose style says something, but for those that hold nothing to see."""
    facts.marks.italic = {position for position, _ in _styled(data, styles, "italic")} - nothing
    facts.marks.percent = {position for position, is_number in _styled(data, styles, "percent") if is_number} - nothing
    facts.marks.struck = {position for position, _ in _styled(data, styles, "struck")} - nothing
    for position, is_number in _styled(data, styles, "superscript"):
        if is_number and position not in nothing:
            facts.marks.problems[position] = SUPERSCRIPT
        elif position not in nothing:
            facts.raised.add(position)


def _mark_rich_texts(facts: SheetFacts, data: bytes, strings: SharedStrings) -> None:
    for position, number in _strings(data, strings.rich):
        rich = strings.rich[number]
        if rich.struck:
            facts.marks.struck.add(position)
        if position in facts.marks.problems:
            continue
        if rich.lowered:
            facts.marks.problems[position] = SUBSCRIPT
            facts.raised.discard(position)
        elif rich.note and position not in facts.raised:
            facts.texts[position], facts.marks.notes[position] = rich.text.strip() or None, rich.note


def _at(address: bytes) -> Position:
    return cell_position(address.decode())


def _styles_are_there(data: bytes, styles: Sequence[Style]) -> bool:
    """Whether all styles that cells refer to by number are among those there are."""
    numbers = set(_STYLE.findall(data)) if styles and b' s="' in data else set()
    return all(number.isdigit() and int(number) < len(styles) for number in numbers)


def _hidden_columns(content: bytes) -> Iterator[int]:
    for element in _COLUMN.findall(content):
        attributes = dict(_ATTRIBUTE.findall(element))
        if attributes.get(b"hidden") in (b"1", b"true"):
            yield from range(int(attributes[b"min"]), min(int(attributes[b"max"]), MAX_COLUMNS) + 1)


def _styled(content: bytes, styles: Sequence[Style], fact: str) -> list[tuple[Position, bool]]:
    """Cells with a value whose style says so, each with whether it holds a number."""
    numbers = [str(number).encode() for number, style in enumerate(styles) if getattr(style, fact)]
    if not numbers:
        return []
    pattern = rb'<c r="([A-Z]+[0-9]+)"([^>]*) s="(?:%b)"([^>/]*)>(?!</c>)' % b"|".join(numbers)
    return [
        (_at(cell), not re.search(rb' t="(?!n")', before + after))
        for cell, before, after in re.findall(pattern, content)
    ]


def _strings(content: bytes, numbers: Collection[str]) -> list[tuple[Position, str]]:
    """Cells that hold one of these shared strings, each with the string's number."""
    if not numbers:
        return []
    wanted = [b"[0-9]+"] if len(numbers) > _FEW else [number.encode() for number in sorted(numbers)]
    pattern = rb'<c r="([A-Z]+[0-9]+)"[^>]* t="s"[^>]*>%b?<v>(%b)</v>' % (_FORMULA, b"|".join(wanted))
    found = ((cell, number.decode()) for cell, number in re.findall(pattern, content))
    return [(_at(cell), number) for cell, number in found if number in numbers]


def _area_start(content: bytes) -> Position | None:
    first = _FIRST_VALUE.search(content)
    if first is None:
        return None
    for column in range(1, _SEARCHED_COLUMNS):
        letters = column_letters(column).encode()
        if re.search(rb'<c r="%b[0-9]+"[^>]*>%b?<(?:v|is)>' % (letters, _FORMULA), content):
            return int(first[1]), column
    return None

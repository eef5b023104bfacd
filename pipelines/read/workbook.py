"""A supplied file as text: every non-empty cell with its sheet, row and column; nothing guessed, nothing lost."""

from pipelines.read.guards import guard
from pipelines.read.sheet import Sheet


def read_workbook(name: str, content: bytes) -> list[Sheet]:
    """All sheets of a file, whatever its kind; `name` is the file's name, which its kind must fit.

    Raises UnreadableWorkbook when it is damaged, too large or not what its name says. What is hostile may still take
    all the memory or time there is: `isolation.read_isolated` calls this where that does no harm.
    """
    parts: dict[str, bytes] = {}
    kind = guard(name, content, parts)
    # each format's reader is imported when it is needed: most processes read one kind
    if kind == "csv":
        from pipelines.read.delimited import read_csv

        return read_csv(content)
    if kind == "xls":
        from pipelines.read.xls import read_xls

        return read_xls(content)
    if kind == "ods":
        from pipelines.read.ods import read_ods

        return read_ods(content)
    from pipelines.read.xlsx import read_xlsx

    return read_xlsx(content, parts)

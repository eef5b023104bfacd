"""Which workbooks a source's template is made of: one for each calendar that its tables run by, and their names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.contract.model import Source, Table
from pipelines.periods import Period, PeriodFinder

_FILE_NAME = re.compile(r"(?:,\s*)?(?:\bor\s+)?(\S.*?)\.(?:xlsx|xlsm|xls|ods|csv)\b")
"""A file name among the words in which a contract says how files are to be named."""


class NoTemplate(ValueError):
    """What was asked for is not in the contract; the message says what is."""


@dataclass(frozen=True)
class Plan:
    """One workbook to be written: the tables of one calendar, under a file name that states its period."""

    file_name: str
    title: str
    period: Period
    tables: tuple[Table, ...]


def plan_templates(source: Source, period: str | None = None, table: str | None = None) -> list[Plan]:
    """The workbooks that would be written. Raises NoTemplate."""
    names = [planned.name for planned in source.tables]
    if table is not None and table not in names:
        raise NoTemplate(f"'{source.name}' has no table '{table}'; it has {', '.join(names)}")
    calendars: dict[PeriodFinder, list[Table]] = {}
    for planned in source.tables:
        calendars.setdefault(planned.period, []).append(planned)
    examples = [found[1] for found in _FILE_NAME.finditer(source.period_in_words)]
    plans = []
    for finder, tables in calendars.items():
        example = next((name for name in examples if finder(name)), "")
        if example:
            examples.remove(example)
        plan = _plan(source, example, finder, tables, period)
        if plan and (table is None or table in [planned.name for planned in tables]):
            plans.append(plan)
    if not plans:
        raise NoTemplate(
            f"'{period}' is not a period of {table or source.name}; write it as in {source.period_in_words}"
        )
    return plans


def _plan(
    source: Source, example: str, finder: PeriodFinder, tables: Sequence[Table], wanted: str | None
) -> Plan | None:
    """None when the wanted period is of another calendar."""
    stated = _period_in(example, finder)
    text = stated if wanted is None else _period_in(re.sub(r"-(?=Q\d$)", " ", wanted.strip()), finder)
    period = finder(text)
    if period is None or (wanted is not None and wanted.strip() not in (text, period.label)):
        return None
    stem = example.replace(stated, text) if stated else f"{source.title} {text}"
    return Plan(f"{stem.replace('/', '-')}.xlsx", f"{source.title} {text}", period, tuple(tables))


def _period_in(name: str, finder: PeriodFinder) -> str:
    """The words of a name that state its period; empty where none do."""
    words = name.split(" ")
    for length in range(1, len(words) + 1):
        for start in range(len(words) - length + 1):
            run = " ".join(words[start : start + length])
            if finder(name) is not None and finder(run) == finder(name):
                return run
    return ""

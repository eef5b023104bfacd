"""What reading one workbook against its contract gave: rows, what was set aside and why, and what is wrong where."""

from dataclasses import dataclass, field
from typing import Any

from pipelines.periods import Period


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong, for the person who can mend it. `cell` is an address, or empty where it is the whole sheet.

    severity: `fail` refuses the workbook, `warn` is only to be looked at.
    """

    sheet: str
    cell: str
    column_name: str
    value: str
    rule: str
    message: str
    severity: str = "fail"

    def __str__(self) -> str:
        place = ", ".join(
            part for part in (self.sheet and f"sheet '{self.sheet}'", self.cell and f"cell {self.cell}") if part
        )
        return f"{place}: {self.message}" if place else self.message


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that was read and holds nothing to load: a title, heading, subtotal, footnote or note."""

    sheet: str
    row: int
    reason: str
    text: str


@dataclass
class TableRows:
    """Rows of one staged table, as dicts, each with `sheet` and `row_number`; and the totals to check them against."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    source_rows: set[tuple[str, int]] = field(default_factory=set)


@dataclass
class Reading:
    """All that is known of one workbook after reading it. It loads whole when no finding is a failure, else not at all.

    `rows_recorded` counts the sheet rows that gave rows of tables; it is counted apart from `rows_read` and what was
    set aside, so that a row that fell through would show.
    """

    source: str
    workbook: str
    workbook_sha256: str
    period: Period | None = None
    rows_read: int = 0
    rows_recorded: int = 0
    tables: dict[str, TableRows] = field(default_factory=dict)
    set_aside: list[SetAside] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def failures(self) -> list[Finding]:
        """What refuses the workbook."""
        return [finding for finding in self.findings if finding.severity != "warn"]

    @property
    def warnings(self) -> list[Finding]:
        """What is to be looked at and refuses nothing."""
        return [finding for finding in self.findings if finding.severity == "warn"]

    @property
    def loads(self) -> bool:
        """Whether the workbook keeps its contract."""
        return not self.failures

    @property
    def rows_set_aside(self) -> int:
        """Number of sheet rows set aside."""
        return len(self.set_aside)

    @property
    def rows_loaded(self) -> int:
        """Number of sheet rows loaded: those recorded, or none when anything is wrong."""
        return self.rows_recorded if self.loads else 0

    @property
    def rows_rejected(self) -> int:
        """Number of sheet rows refused; a workbook with a finding is refused whole."""
        return 0 if self.loads else self.rows_read - self.rows_set_aside

    @property
    def reason(self) -> str:
        """Why the workbook was refused, first finding first; empty when it loads."""
        if self.loads:
            return ""
        more = f" (and {len(self.failures) - 1} more)" if len(self.failures) > 1 else ""
        return f"{self.failures[0]}{more}"

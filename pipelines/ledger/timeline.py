"""Who counts from when to when among the receipts of one source and period: arrivals and decisions, day by day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipelines.contract.outcome import Reading
from pipelines.ledger.corrections import Correction
from pipelines.ledger.decisions import RETRACT, Decision
from pipelines.ledger.register import Receipt

TAKEN = ("loaded", "superseded", "retracted")
"""Outcomes of editions that were taken: their rows are in the warehouse, for the days on which they counted."""


@dataclass
class Edition:
    """The fate of one receipt; of one that was corrected later on, of its bytes as corrected from `known_on` on.

    `outcome` is in the words of `audit.workbook`; `reading` is None where nothing was read. `intervals` are the days on
    which it counts, half-open, in order. `needs_action` says that it was refused and nothing that came later counts in
    its place. `decisions` are those that had an effect on it.
    """

    receipt: Receipt
    outcome: str
    reason: str = ""
    reading: Reading | None = None
    needs_action: bool = False
    known_on: date = date.min
    corrections: tuple[Correction, ...] = ()
    intervals: list[tuple[date, date | None]] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.known_on = max(self.known_on, self.receipt.received_on)

    @property
    def as_at(self) -> date:
        """The first day on which it counted; where it never did, the day on which it became known."""
        return self.intervals[0][0] if self.intervals else self.known_on

    @property
    def superseded_on(self) -> date | None:
        """The first day on which it no longer counts; None while it counts, and where it was not taken."""
        if self.intervals:
            return self.intervals[-1][1]
        return self.as_at if self.outcome in TAKEN and self.outcome != "loaded" else None

    @property
    def counts(self) -> bool:
        """Whether its rows are in the warehouse."""
        return self.outcome in TAKEN

    @property
    def is_corrected_later(self) -> bool:
        """Whether it is of bytes that an earlier edition holds with fewer corrections."""
        return self.known_on > self.receipt.received_on


@dataclass(eq=False)
class Held:
    """A receipt that can be loaded, with an edition per day on which what is corrected in it changed."""

    receipt: Receipt
    editions: list[Edition]
    since: date | None = None
    retracted: Decision | None = None
    accepted: Decision | None = None
    replaced_at_once: bool = False

    @property
    def may_count(self) -> bool:
        """Whether it counts when nothing after it does: neither retracted nor replaced on the day on which it came."""
        return self.retracted is None and not self.replaced_at_once

    @property
    def content(self) -> str:
        """What tells its content from that of others: its cells, or its bytes where the cells are not known."""
        reading = self.editions[0].reading
        return (reading and reading.cells_sha256) or self.receipt.sha256

    def on(self, day: date) -> Edition:
        """The edition that holds on a day."""
        return [edition for edition in self.editions if edition.known_on <= day][-1]

    def refuse(self, outcome: str, reason: str) -> None:
        """Says why it does not count."""
        self.editions[0].outcome, self.editions[0].reason = outcome, reason


@dataclass
class _Conflict:
    day: date
    rivals: list[Held]


class Timeline:
    """The receipts of one source and period. `settle` fills the intervals and outcomes of their editions."""

    def __init__(self, receipts: Sequence[Held], decisions: Iterable[Decision]) -> None:
        self.receipts = receipts
        self.decisions = sorted(decisions, key=lambda decision: (decision.action != RETRACT, decision.line))
        self.taken: list[Held] = []
        self.conflicts: list[_Conflict] = []
        self.counting: list[tuple[date, Edition]] = []

    def settle(self) -> None:
        """Goes through the days on which anything changes."""
        days = {edition.known_on for held in self.receipts for edition in held.editions}
        days |= {decision.decided_on for decision in self.decisions}
        for day in sorted(days):
            self._arrive(day, [held for held in self.receipts if held.editions[0].known_on == day])
            for decision in self.decisions:
                if decision.decided_on == day:
                    self._retract(decision) if decision.action == RETRACT else self._accept(decision)
            self._count(day)
        for held in self.taken:
            self._say_outcome(held)
        for conflict in self.conflicts:
            self._say_conflict(conflict)

    def _top(self) -> Held | None:
        return next((held for held in reversed(self.taken) if held.may_count), None)

    def _arrive(self, day: date, arrivals: Sequence[Held]) -> None:
        """A day's arrivals, in the register's order; only between lines of one name does that order matter."""
        for held in arrivals:
            if held.receipt.received_on < day:
                self._insert(held, day)
        arrived = [held for held in arrivals if held.receipt.received_on == day]
        latest = {held.receipt.workbook: held for held in arrived}
        if len({held.content for held in latest.values()}) > 1:
            self.conflicts.append(_Conflict(day, arrived))
            return
        # of equal files the one with the shortest name counts: a copy's name is longer
        for name in sorted(latest, key=lambda name: (len(name), name)):
            lines = [held for held in arrived if held.receipt.workbook == name]
            for held in lines:
                self._follow(held, day)
            top = self._top()
            for held in lines[:-1]:
                held.replaced_at_once = held is not top

    def _insert(self, held: Held, day: date) -> None:
        """A receipt that only a correction made fit to load: it takes its place among those received since."""
        later = [
            index for index, other in enumerate(self.taken) if other.receipt.received_on > held.receipt.received_on
        ]
        if not later:
            self._follow(held, day)
            return
        held.since = day
        self.taken.insert(later[0], held)

    def _follow(self, held: Held, day: date) -> None:
        top = self._top()
        if top is None or top.content != held.content:
            held.since = day
            self.taken.append(held)
            return
        before = f"'{top.receipt.workbook}', received {top.receipt.received_on:%d/%m/%Y}"
        if top.receipt.sha256 == held.receipt.sha256:
            held.refuse("duplicate", f"the same bytes as {before}")
        else:
            held.refuse("alias", f"saved anew with the same cells as {before}, which goes on counting")

    def _retract(self, decision: Decision) -> None:
        for held in self.taken:
            if decision.is_about(held.receipt) and held.retracted is None:
                held.retracted = decision
                held.editions[0].decisions.append(decision)

    def _accept(self, decision: Decision) -> None:
        for conflict in self.conflicts:
            rivals = [held for held in conflict.rivals if decision.is_about(held.receipt) and held.accepted is None]
            if rivals and self._is_open(conflict):
                held = rivals[-1]
                held.accepted, held.since = decision, decision.decided_on
                held.editions[0].decisions.append(decision)
                self.taken.append(held)

    def _is_open(self, conflict: _Conflict) -> bool:
        """Whether neither one of its rivals was accepted nor anything that came later counts."""
        ended = (
            held.retracted is None and held.since is not None and (held.since > conflict.day or held in conflict.rivals)
            for held in self.taken
        )
        return not any(ended)

    def _count(self, day: date) -> None:
        top = self._top()
        edition = top.on(day) if top else None
        before = self.counting[-1][1] if self.counting else None
        if edition is before:
            return
        if before is not None and before.intervals[-1][1] is None:
            before.intervals[-1] = (before.intervals[-1][0], day)
        if edition is not None:
            edition.intervals.append((day, None))
            self.counting.append((day, edition))

    def _say_outcome(self, held: Held) -> None:
        counted = [edition for edition in held.editions if edition.intervals] or held.editions[:1]
        for edition in counted:
            if edition.intervals and edition.intervals[-1][1] is None:
                edition.outcome, edition.reason = "loaded", self._why_it_counts(held, edition)
            elif held.retracted is not None and edition is counted[-1]:
                edition.outcome, edition.reason = "retracted", _by("retracted", held.retracted)
            else:
                edition.outcome, edition.reason = "superseded", self._why_it_ended(held, edition)

    def _why_it_counts(self, held: Held, edition: Edition) -> str:
        if len(edition.intervals) > 1:
            return f"counts again since {edition.intervals[-1][0]:%d/%m/%Y}, when what had superseded it was retracted"
        return _by("accepted", held.accepted) if held.accepted else ""

    def _why_it_ended(self, held: Held, edition: Edition) -> str:
        if not edition.intervals:
            return _superseded_by(self.taken[self.taken.index(held) + 1].receipt)
        end = edition.intervals[-1][1]
        successor = next(after for day, after in self.counting if day == end)
        if successor.receipt is not held.receipt:
            return _superseded_by(successor.receipt)
        why = "; ".join(correction.reason for correction in successor.corrections if correction.confirmed_on == end)
        return f"corrected on {end:%d/%m/%Y}: {why}"

    def _say_conflict(self, conflict: _Conflict) -> None:
        names = " and ".join(f"'{name}'" for name in sorted({held.receipt.workbook for held in conflict.rivals}))
        accepted = next((held.accepted for held in conflict.rivals if held.accepted), None)
        for held in conflict.rivals:
            if held.accepted is not None:
                continue
            how = "accept one of them in raw/decisions.csv, or save the right one anew and supply it on another day"
            if accepted is not None:
                how = _by(f"'{accepted.workbook}' was accepted", accepted)
            held.refuse("conflict", f"{names} came on one day for one period, so neither counts; {how}")
            held.editions[0].needs_action = self._is_open(conflict)


def _superseded_by(receipt: Receipt) -> str:
    return f"superseded by '{receipt.workbook}', received {receipt.received_on:%d/%m/%Y}"


def _by(what: str, decision: Decision) -> str:
    return f"{what} on {decision.decided_on:%d/%m/%Y} by {decision.decided_by}: {decision.reason}"

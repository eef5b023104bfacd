"""`neighbourhoods lock`, `sign-off` and `erratum`: what a person decides of a quarter's published figures."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pipelines.commands.common import DONE, FAILED, Place, add_root, wrong_usage

if TYPE_CHECKING:
    from pipelines.locking import Signature

_WRITES = "It writes to raw/decisions.csv"
_CODES = "Exit code 0: recorded. 1: it cannot be, and nothing was written. 64: wrong usage."


@dataclass(frozen=True)
class Deciding:
    """One of the three commands. `decide` records it and returns what it says besides."""

    HELP: str
    DESCRIPTION: str
    decide: "Callable[[Namespace, Place, Signature], list[str]]"
    restates: bool = False

    def add_options(self, parser: ArgumentParser) -> None:
        """The options of the command."""
        parser.add_argument("quarter", metavar="QUARTER", type=str.upper, help="such as 2021-22-Q2")
        if self.restates:
            parser.add_argument("measure", metavar="CODE", help="code of the measure, such as IN.16")
            parser.add_argument(
                "--as-at",
                metavar="DAY",
                type=date.fromisoformat,
                help="take the figures known on that day, such as 2021-12-01 (default: on the quarter's cut-off)",
            )
        parser.add_argument("--who", required=True, metavar="NAME", help="who decides")
        parser.add_argument("--role", required=True, help="in which role, such as 'Director of Place'")
        parser.add_argument("--why", required=True, metavar="REASON", help="why, or on what authority")
        add_root(parser)

    def run(self, chosen: Namespace, place: Place) -> int:
        """Records the decision and says what follows from it."""
        from pipelines.ledger.lines import LineError
        from pipelines.ledger.register import today
        from pipelines.locking import NotDecided, Signature

        if not all(text.strip() for text in (chosen.who, chosen.role, chosen.why)):
            return wrong_usage("--who, --role and --why must say something")
        signature = Signature(chosen.who.strip(), chosen.role.strip(), chosen.why.strip(), today())
        try:
            said = self.decide(chosen, place, signature)
        except (NotDecided, LineError) as error:
            print(f"neighbourhoods: {error}", file=sys.stderr)
            return FAILED
        print("\n".join(said))
        print("It has effect from the next run of `neighbourhoods nightly` on.")
        return DONE


def _lock(chosen: Namespace, place: Place, signature: "Signature") -> list[str]:
    from pipelines.locking import lock_quarter

    decision = lock_quarter(place.paths, chosen.quarter, signature)
    return [f"Locked: {chosen.quarter}, as it is published now.", f"Written: {place.paths.locked / decision.workbook}"]


def _sign_off(chosen: Namespace, place: Place, signature: "Signature") -> list[str]:
    from pipelines.locking import sign_off as record_sign_off

    record_sign_off(place.paths, chosen.quarter, signature)
    return [f"Signed off: {chosen.quarter}, by {signature.who}, {signature.role}."]


def _erratum(chosen: Namespace, place: Place, signature: "Signature") -> list[str]:
    from pipelines.locking import record_erratum

    decision, changes = record_erratum(place.paths, chosen.quarter, chosen.measure, signature, chosen.as_at)
    shown = [f"  {change.figure}: {_shown(change.new)}, was {_shown(change.old)}" for change in changes]
    written = f"Written: {place.paths.locked / decision.workbook}"
    return [f"Restated: {decision.measure} in {chosen.quarter}.", *shown, written]


def _shown(value: object) -> str:
    return "nothing" if value is None else str(value)


lock = Deciding(
    "lock the published figures of a quarter, so that they no longer move",
    f"{_WRITES} and raw/locked/. {_CODES}",
    _lock,
)
sign_off = Deciding(
    "record who signs off the locked figures of a quarter, in which role", f"{_WRITES}. {_CODES}", _sign_off
)
erratum = Deciding(
    "restate one measure of a locked quarter: what changed, why, and who approved it",
    f"{_WRITES} and raw/locked/. {_CODES}",
    _erratum,
    restates=True,
)

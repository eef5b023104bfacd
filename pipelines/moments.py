"""Names of versions and backups that say when they were made, in UTC: no hour comes twice when the clocks go back."""

import re
from datetime import UTC, datetime

from pipelines.ledger.register import LOCAL_TIME

_FORM = "%Y%m%dT%H%M%S%f"
_NAME = re.compile(r"(\d{8}T\d{12})(Z?)(?:-.+)?", re.ASCII)


def name_of_now() -> str:
    """A name for what is made now, such as `20211031T003000123456Z`."""
    return f"{datetime.now(UTC):{_FORM}}Z"


def moment_of(name: str) -> datetime | None:
    """The moment in UTC that a name begins with, None where it is no such name.

    Names without the Z are from before names were in UTC: they hold the time in London.
    """
    found = _NAME.fullmatch(name)
    if not found:
        return None
    try:
        moment = datetime.strptime(found[1], _FORM)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC if found[2] else LOCAL_TIME).astimezone(UTC)


def in_order(name: str) -> tuple[datetime, str]:
    """By what such names are sorted, the oldest first: the text alone would mix names of both kinds."""
    return moment_of(name) or datetime.min.replace(tzinfo=UTC), name


def london_time(moment: datetime) -> str:
    """A moment for a person: `31/10/2021 01:30 GMT`; BST or GMT tells the hour that comes twice apart."""
    return f"{moment.astimezone(LOCAL_TIME):%d/%m/%Y %H:%M %Z}"

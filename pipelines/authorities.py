"""Which council an installation is of, and which are kept side by side in one that is of several.

A council is a folder that is an installation by itself, with raw/ and warehouse/: the only one, or one of
`authorities/<key>/`. `raw/authority.csv` says which council it is.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from pipelines.ledger.lines import LineError, read_lines, require
from pipelines.settings import Paths

COLUMNS = ("area_code", "name", "organisation")
ALSO_CALLED = "also_called"
_AREA_CODE = re.compile(r"[EWSN]\d{8}")
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]*")


class AuthorityError(LineError):
    """Which council it is cannot be told; the message says what is to be written where."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A council. area_code: GSS code. organisation: who publishes. also_called: other names that workbooks use."""

    area_code: str
    name: str
    organisation: str
    also_called: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that workbooks use for it, once."""
        known: dict[str, str] = {}
        for name in (self.name, *self.also_called):
            known.setdefault(name.casefold(), name)
        return tuple(known.values())

    @property
    def sha256(self) -> str:
        """Hex SHA-256 of all that is said of it."""
        return hashlib.sha256(json.dumps(astuple(self)).encode()).hexdigest()


STOCKPORT = Authority("E08000007", "Stockport", "Stockport Metropolitan Borough Council", ("SMBC",))
"""The council of an installation that does not say which it is of: the one that the project was made for."""


def read_authority(paths: Paths) -> Authority:
    """The council of an installation, from its raw/authority.csv.

    Raises AuthorityError for a file that does not say it in one line, and for one of several installations without it:
    there none may pass for another.
    """
    path = paths.authority
    lines = list(read_lines(path, COLUMNS, AuthorityError, optional=(ALSO_CALLED,)))
    if not lines:
        if path.exists():
            raise AuthorityError(f"{path}: a line is missing below the headings: {_EXAMPLE}")
        if paths.several is None:
            return STOCKPORT
        raise AuthorityError(
            f"{path} is missing: it says in two lines which council this is: {','.join(COLUMNS)} and {_EXAMPLE}"
        )
    if len(lines) > 1:
        raise AuthorityError(
            f"{path}, line {lines[1][0]}: one council has one line; another has a folder of its own in authorities/"
        )
    [(number, row)] = lines
    place = f"{path}, line {number}"
    require(row, COLUMNS, place, AuthorityError)
    if not _AREA_CODE.fullmatch(row["area_code"]):
        raise AuthorityError(f"{place}: area_code must be a GSS code such as E08000008, not '{row['area_code']}'")
    also = tuple(filter(None, (name.strip() for name in row.get(ALSO_CALLED, "").split(";"))))
    return Authority(row["area_code"], row["name"], row["organisation"], also)


_EXAMPLE = "E08000008,Tameside,Tameside Metropolitan Borough Council"


def authority_keys(paths: Paths) -> Sequence[str]:
    """Names of the folders of authorities/, in their order; none in an installation of one council.

    Raises AuthorityError for a name that cannot stand in a command or an address, and where raw/ lies beside them: it
    would be nobody's.
    """
    if not paths.authorities.is_dir():
        return []
    keys = sorted(path.name for path in paths.authorities.iterdir() if path.is_dir() and not path.name.startswith("."))
    if keys and paths.raw.is_dir():
        raise AuthorityError(
            f"{paths.root} holds both raw/ and authorities/: move raw/ and warehouse/ into the folder of their council"
        )
    for key in keys:
        if not _KEY.fullmatch(key):
            raise AuthorityError(
                f"{paths.authorities / key}: the folder of a council has a name of a to z, 0 to 9, - and _"
            )
    return keys


def paths_of(paths: Paths, key: str) -> Paths:
    """The folders of one council of several. Raises AuthorityError for one that is not there, naming those that are."""
    keys = authority_keys(paths)
    if key not in keys:
        known = ", ".join(keys) or f"none: there is no {paths.authorities}"
        raise AuthorityError(f"no authority is called '{key}'; known are {known}")
    return Paths(paths.authorities / key)

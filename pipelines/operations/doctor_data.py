"""What the doctor says of the data: the ledger, what people decided, the published file and its versions."""

import random
from collections.abc import Iterator, Sequence
from datetime import date

import duckdb

from pipelines.ledger.decisions import read_decisions
from pipelines.ledger.locks import read_locks
from pipelines.ledger.register import Supply, read_supply
from pipelines.operations import doctor
from pipelines.operations.doctor import BAD, LOOK, OK, Examination, Line, Patient
from pipelines.operations.kept_versions import kept_versions, strangers
from pipelines.publication.writing import reports_stamp
from pipelines.settings import Paths, code_root
from pipelines.versions import file_sha256
from pipelines.warehouse.inputs import inputs_stamp
from pipelines.warehouse.publish import published_stamp
from pipelines.warehouse.rollbacks import RecordError, read_rollbacks, rollback_in_force
from pipelines.warehouse.supplied import corrections_of

SPOT_CHECKS = 10


def ledger(patient: Patient) -> Iterator[Line]:
    """The register, and the archived bytes of every file that it lists; some are hashed, or all."""
    paths = patient.paths
    if not paths.raw.is_dir():
        yield Line(BAD, "ledger", f"there is no {paths.raw}", "name the installation with --root, or restore a backup")
        return
    archived = sum(path.is_file() for path in paths.archive.glob("[!.]*"))
    if archived and not paths.register.is_file():
        said = (
            f"the archive holds {archived} files, and there is no register, {paths.register}, that says when they came"
        )
        advice = (
            "run no nightly: it would take all in as of today; put the register back from a backup, with "
            "`neighbourhoods restore FOLDER --replace`"
        )
        yield Line(BAD, "ledger", said, advice)
        return
    supply = read_supply(paths, [source.name for source in patient.sources()])
    waiting = _in_raw_alone(paths, supply)
    nowhere = sorted(set(supply.missing) - waiting)
    if nowhere:
        advice = "put the workbooks back, or restore raw/archive/ from a backup"
        said = f"the bytes of {len(nowhere)} files of the register are nowhere: {_first(nowhere)}"
        yield Line(BAD, "ledger", said, advice)
    if waiting:
        said = f"{len(waiting)} files of the register lie in raw/ and are not archived yet"
        yield Line(LOOK, "ledger", said, "run `neighbourhoods nightly`: it archives them")
    hashes = sorted(supply.bytes_at)
    # others every day, the same all day, so that a second look shows the same
    chosen = random.Random(patient.now.date().toordinal()).sample(hashes, min(SPOT_CHECKS, len(hashes)))
    checked = hashes if patient.deep else chosen
    damaged = [sha256 for sha256 in checked if file_sha256(supply.bytes_at[sha256]) != sha256]
    if damaged:
        said = f"{len(damaged)} of {len(checked)} archived files are not what they were: {_first(damaged)}"
        yield Line(BAD, "archive", said, "restore them from a backup: `neighbourhoods restore` into another --root")
    else:
        how = "all" if patient.deep else f"{len(checked)} of them"
        yield Line(OK, "archive", f"{len(hashes)} files, {how} hashed and sound")
    if not supply.missing:
        yield Line(OK, "ledger", f"{len(supply.receipts)} receipts, the bytes of each are kept")


def _in_raw_alone(paths: Paths, supply: Supply) -> set[str]:
    """Hashes whose bytes are not archived, and still lie in raw/, as they do in a fresh clone."""
    missing = set(supply.missing)
    places = {paths.raw / each.source / each.workbook: each.sha256 for each in supply.receipts}
    return {
        sha256
        for path, sha256 in places.items()
        if sha256 in missing and path.is_file() and file_sha256(path) == sha256
    }


def decided(patient: Patient) -> Iterator[Line]:
    """Decisions, locked figures and corrections can be read."""
    paths = patient.paths
    decisions = read_decisions(paths.decisions)
    read_locks(paths.locked, decisions)
    corrections = [each for source in patient.sources() for each in corrections_of(source, paths)]
    yield Line(OK, "decisions", f"{len(decisions)} decisions and {len(corrections)} corrections can be read")


def published(patient: Patient) -> Iterator[Line]:
    """The published file opens and is as it was published."""
    paths = patient.paths
    if not paths.published.exists():
        if count := len(kept_versions(paths)):
            said = f"none of the {count} kept versions is current: the link {paths.current} is lost"
            yield Line(BAD, "published", said, "run `neighbourhoods rollback`: it goes to the latest")
            return
        yield Line(BAD, "published", "nothing is published", "run `neighbourhoods nightly`")
        return
    if published_stamp(paths) is None:
        advice = "the next nightly publishes anew; `neighbourhoods rollback` goes back to an earlier version at once"
        yield Line(BAD, "published", "somebody has written to the published file", advice)
        return
    try:
        with duckdb.connect(str(paths.published), read_only=True) as connection:
            [(run_date,)] = connection.execute("select run_date from audit.build").fetchall()
    except duckdb.Error as error:
        advice = "run `neighbourhoods nightly --rebuild`, or go back with `neighbourhoods rollback`"
        yield Line(BAD, "published", f"the published file cannot be read: {str(error).splitlines()[0]}", advice)
        return
    current = next((version for version in kept_versions(paths) if version.is_current), None)
    if current is None:
        advice = "run `neighbourhoods nightly --rebuild`, or go to a version with `neighbourhoods rollback VERSION`"
        yield Line(BAD, "published", f"{paths.current} points to no version, but to {paths.current.resolve()}", advice)
        return
    age = (patient.now.date() - date.fromisoformat(str(run_date))).days
    schema = current.schema_version or "without a version"
    yield Line(OK, "published", f"{current.name}, marts {schema}, built {run_date:%d/%m/%Y}, {age} days ago")


def up_to_date(patient: Patient) -> Iterator[Line]:
    """The published file is made of what lies in raw/ now, unless somebody went back, and the reports of the file."""
    paths = patient.paths
    stamp = published_stamp(paths)
    if stamp is None or not paths.raw.is_dir():
        return
    now = inputs_stamp(paths, read_supply(paths, [source.name for source in patient.sources()]), code_root())
    rollback = rollback_in_force(paths)
    if rollback:
        said = f"rolled back on {rollback.at[:16]} by {rollback.who} from {rollback.left}. {rollback.why}".rstrip()
        advice = "once it is mended: changed files or code are published by themselves, else `nightly --rebuild`"
        yield Line(LOOK, "rollback", said, advice)
    elif now != stamp:
        yield Line(LOOK, "published", "raw/ or the code have changed since", "the next nightly takes that in")
    if reports_stamp(paths) != stamp:
        advice = "the next nightly writes them; after a rollback, `neighbourhoods rollback` to the same version again"
        yield Line(LOOK, "reports", "are not those of the published version", advice)


def versions(patient: Patient) -> Iterator[Line]:
    """The versions that one can go back to."""
    kept = kept_versions(patient.paths)
    spoiled = [version.name for version in kept if not version.is_whole and not version.is_current]
    total = sum(version.size for version in kept) / 1e6
    if spoiled:
        said = f"somebody has written to {_first(spoiled)}"
        yield Line(LOOK, "versions", said, "one cannot go back to it; it goes as newer versions come")
    if named := strangers(patient.paths):
        yield Line(LOOK, "versions", named, "take it away when it is not needed there")
    try:
        past = read_rollbacks(patient.paths)
    except RecordError as error:
        yield Line(BAD, "versions", str(error), "mend the line, or move the file away")
        past = []
    last = f", last {past[-1].action.replace('_', ' ')} on {past[-1].at[:16]}" if past else ""
    yield Line(OK, "versions", f"{len(kept)} kept, {total:.1f} MB{last}; `neighbourhoods versions` lists them")


def _first(names: Sequence[str]) -> str:
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"{names[0]}{more}"


EXAMINATIONS: tuple[tuple[str, Examination], ...] = (
    ("code", doctor.code),
    ("dagster", doctor.dagster),
    ("nightly", doctor.nightly),
    ("runs", doctor.runs),
    ("ledger", ledger),
    ("decisions", decided),
    ("published", published),
    ("published", up_to_date),
    ("versions", versions),
    ("disk", doctor.disk),
    ("permissions", doctor.permissions),
    ("locks", doctor.locks),
    ("logs", doctor.logs),
)
"""What is examined, in the order in which it is told."""

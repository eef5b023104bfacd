"""The register of receipts as an asset: new files are entered and archived; when nothing is new, nothing follows."""

from collections.abc import Iterator

import dagster as dg

from assets.sources import all_sources
from pipelines.authorities import read_authority
from pipelines.jobs import RECEIPTS
from pipelines.ledger.decisions import read_decisions
from pipelines.ledger.locks import read_locks
from pipelines.ledger.register import read_supply, require_register, take_in, today
from pipelines.operations.kept_versions import release
from pipelines.partitions import keep_quarters_until_today
from pipelines.publication.writing import reports_stamp
from pipelines.resources import Workspace
from pipelines.settings import code_root
from pipelines.warehouse.freshness import falls_due
from pipelines.warehouse.inputs import inputs_stamp
from pipelines.warehouse.publish import published_stamp
from pipelines.warehouse.rollbacks import HeldBack, require_not_held_back
from pipelines.warehouse.supplied import corrections_of

beside_receipts = [
    dg.AssetSpec(
        ["staged", name], group_name="supply", kinds={kind}, owners=["team:data_engineering"], description=description
    )
    for name, kind, description in (
        ("correction", "csv", "Corrections of single cells that people have reviewed: raw/corrections/<source>.csv."),
        ("quarter_decision", "csv", "Locks, sign-offs and errata of quarters, from raw/decisions.csv."),
        ("locked_figure", "csv", "Figures of locked quarters and their errata, from raw/locked/."),
        ("authority", "csv", "The council whose measures are rated, with its names, from raw/authority.csv."),
        ("source", "python", "Sources and the rhythm in which each sends, from their contracts."),
        ("build", "python", "The day of the build, from which is told what is overdue."),
        ("note", "excel", "Notes below the tables of workbooks, each with its cell, as they were set aside."),
    )
]
"""What people write beside the workbooks, and workbooks say beside their tables: nothing here makes it.

What came of it is in audit.correction and audit.decision.
"""


class ReceiptsConfig(dg.Config):
    """`rebuild` goes on even when nothing has changed since the last publication.

    `sources` takes in new files of these alone, for a run that stages no others; unset means of all.
    """

    rebuild: bool = False
    sources: list[str] | None = None


@dg.asset(
    key=RECEIPTS,
    group_name="supply",
    kinds={"csv"},
    owners=["team:data_engineering"],
    description="Register of receipts: every workbook ever supplied, by hash and day. Archives the bytes of new ones. "
    "When neither files nor code have changed since the last publication, and nothing has fallen due, nothing after it "
    "runs.",
    output_required=False,
)
def receipts(
    context: dg.AssetExecutionContext, config: ReceiptsConfig, workspace: Workspace
) -> Iterator[dg.MaterializeResult[None]]:
    """Takes in what lies in raw/ and decides whether there is anything to do."""
    paths = workspace.paths
    sources = [source.name for source in all_sources()]
    require_register(paths)
    new = take_in(paths, sources if config.sources is None else config.sources, today())
    keep_quarters_until_today(context.instance, paths)
    supply = read_supply(paths, sources)
    context.log.info(f"{len(supply.receipts)} files received so far, {len(new)} of them new")
    read_authority(paths)
    # a line that cannot be read, or a locked file that was changed, stops the run before anything is built
    read_locks(paths.locked, read_decisions(paths.decisions))
    for source in all_sources():
        corrections_of(source, paths)
    stamp = inputs_stamp(paths, supply, code_root())
    done = stamp == published_stamp(paths) == reports_stamp(paths) and paths.acknowledgements.is_dir()
    if done and not config.rebuild and not falls_due(paths, today()):
        context.log.info("nothing new since the last publication: nothing to do")
        return
    if config.rebuild:
        release(paths)
    try:
        require_not_held_back(paths, stamp.inputs_sha256, stamp.code_sha256)
    except HeldBack as held_back:
        context.log.warning(str(held_back))
        return
    yield dg.MaterializeResult(
        metadata={
            "dagster/row_count": len(supply.receipts),
            "new files": len(new),
            "files left alone": len(supply.ignored),
            "files without bytes": len(supply.missing),
            "bytes": sum(path.stat().st_size for path in supply.bytes_at.values()),
        }
    )

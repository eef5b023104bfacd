"""What suppliers are told of their files, as an asset."""

import dagster as dg

from assets.sources import all_sources
from assets.warehouse import PUBLISHED
from pipelines.authorities import read_authority
from pipelines.files import alone
from pipelines.ledger.acknowledgement import acknowledgements_of, write_acknowledgements
from pipelines.ledger.register import read_supply
from pipelines.resources import Workspace
from pipelines.settings import code_root
from pipelines.warehouse.supplied import keep_ledger

ACKNOWLEDGEMENTS = dg.AssetKey(["published", "acknowledgements"])


@dg.asset(
    key=ACKNOWLEDGEMENTS,
    deps=[PUBLISHED],
    group_name="published",
    kinds={"text"},
    owners=["team:data_engineering"],
    description="For every file received: what was taken, what was not and why, in plain English for its supplier.",
)
def acknowledgements(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult[None]:
    """Writes an acknowledgement per receipt; those that say what they said are left untouched."""
    paths = workspace.paths
    sources = all_sources(read_authority(paths))
    with alone(paths.being_published):
        supply = read_supply(paths, [source.name for source in sources])
        ledger = keep_ledger(sources, supply, paths, code_root())
        texts = acknowledgements_of(sources, ledger.editions, ledger.differences, ledger.corrections, ledger.jumps)
        written = write_acknowledgements(paths.acknowledgements, texts)
    context.log.info(f"{len(texts)} acknowledgements for suppliers, {len(written)} of them new or changed")
    return dg.MaterializeResult(metadata={"acknowledgements": len(texts), "new or changed": len(written)})

"""The archive of received bytes: before a file of it is read, it must still be what its name stands for."""

import shutil
from collections.abc import Callable

from pipelines.files import written_whole
from pipelines.ledger.register import Supply
from pipelines.settings import Paths
from pipelines.versions import file_sha256


class ArchiveError(Exception):
    """Archived bytes are damaged and lie nowhere else; the message names the file and what to do."""


def require_sound(sha256: str, supply: Supply, paths: Paths, say: Callable[[str], None]) -> None:
    """Hashes the archived file of these bytes; a damaged one is healed from its workbook in raw/, which is said.

    Raises ArchiveError where no sound copy lies in raw/: figures that nobody supplied must not be published under the
    hash of a workbook that somebody did.
    """
    kept = supply.bytes_at[sha256]
    if file_sha256(kept) == sha256:
        return
    places = sorted({(each.source, each.workbook) for each in supply.receipts if each.sha256 == sha256})
    folders = [each.raw for each in (paths, paths.shared) if each]
    for copy in [raw / source / workbook for source, workbook in places for raw in folders]:
        if copy.is_file() and file_sha256(copy) == sha256:
            with written_whole(kept) as partial:
                shutil.copyfile(copy, partial)
            say(f"{kept} was damaged, and was healed from {copy}: is the disk sound?")
            return
    came_as = ", ".join("/".join(place) for place in places)
    raise ArchiveError(
        f"{kept} is damaged: its bytes, received as {came_as}, should have the SHA-256 {sha256} and no longer have it. "
        f"Nothing is read from it, and what is published stands. Put the workbook as it was supplied back into "
        f"{paths.raw / places[0][0]}, or bring the archive back from a backup (`neighbourhoods restore`)"
    )

"""The Dagster resource that tells assets where raw/ and the warehouse are."""

from pathlib import Path

import dagster as dg

from pipelines.settings import Paths, default_paths


class Workspace(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Root folder of an installation; empty means the folder named by NEIGHBOURHOODS_ROOT, else the code's own."""

    root: str = ""

    @property
    def paths(self) -> Paths:
        """The folders below the root."""
        return Paths(Path(self.root).resolve()) if self.root else default_paths()

"""The Dagster resource that tells assets where raw/ and the warehouse are."""

from pathlib import Path

import dagster as dg

from pipelines.operations.living_runs import hold
from pipelines.settings import Paths, default_paths


class Workspace(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Root folder of an installation; empty means the folder named by NEIGHBOURHOODS_ROOT, else the code's own."""

    root: str = ""

    @property
    def paths(self) -> Paths:
        """The folders below the root."""
        return Paths(Path(self.root).resolve()) if self.root else default_paths()

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        """Says that the run lives, so that the next start can tell it from one whose process died.

        This rests on every run being one process: the definitions' executor.
        """
        if context.run is not None:
            hold(self.paths, context.run.run_id)

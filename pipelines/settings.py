"""Where things are, from one root folder."""

import os
from dataclasses import dataclass
from pathlib import Path

PUBLISHED_NAME = "inclusive_neighbourhoods.duckdb"
ROOT_VARIABLE = "NEIGHBOURHOODS_ROOT"
AUTHORITIES = "authorities"
SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one installation. `root` holds `raw/` and `warehouse/`; the code's own folder holds `sql/`."""

    root: Path

    @property
    def raw(self) -> Path:
        """Workbooks as supplied, the register and the archive."""
        return self.root / "raw"

    @property
    def register(self) -> Path:
        """The register of receipts."""
        return self.raw / "received.csv"

    @property
    def decisions(self) -> Path:
        """What people have decided: conflicts resolved, files retracted, quarters locked, signed off and restated."""
        return self.raw / "decisions.csv"

    @property
    def authority(self) -> Path:
        """Which council it is; without it, the one that the project was made for."""
        return self.raw / "authority.csv"

    @property
    def authorities(self) -> Path:
        """Where an installation is of several councils: a folder of each, which is an installation by itself."""
        return self.root / AUTHORITIES

    @property
    def several(self) -> "Paths | None":
        """The installation of several councils that this is one of; None where it stands alone."""
        return Paths(self.root.parent.parent) if self.root.parent.name == AUTHORITIES else None

    @property
    def shared(self) -> "Paths | None":
        """Where one of several councils finds what all of them read: `shared/raw/`; None where there is nothing."""
        shared = Paths(self.several.root / SHARED) if self.several else None
        return shared if shared and shared.raw.is_dir() else None

    @property
    def joint(self) -> "Paths":
        """Where the marts of several councils are published as one file."""
        return Paths(self.root / "joint")

    @property
    def locked(self) -> Path:
        """The published figures of locked quarters and their errata, written by the commands of those names."""
        return self.raw / "locked"

    @property
    def corrections(self) -> Path:
        """Reviewed corrections of single cells, a file per source."""
        return self.raw / "corrections"

    @property
    def archive(self) -> Path:
        """Bytes of every workbook ever seen, by content hash."""
        return self.raw / "archive"

    @property
    def warehouse(self) -> Path:
        """Everything generated; may be deleted at any time."""
        return self.root / "warehouse"

    @property
    def staged(self) -> Path:
        """Staged Parquet by content hash."""
        return self.warehouse / "staged"

    @property
    def build(self) -> Path:
        """Private builds, before they are published."""
        return self.warehouse / "build"

    @property
    def being_published(self) -> Path:
        """Lock of whoever builds and publishes, or writes what is cut from the published file."""
        return self.warehouse / ".build.lock"

    @property
    def versions(self) -> Path:
        """The versions of the published file that are kept, a folder each, named by the time of publication."""
        return self.warehouse / "versions"

    @property
    def current(self) -> Path:
        """The link to the folder of the version that readers see."""
        return self.warehouse / "current"

    @property
    def published(self) -> Path:
        """The published file, through the link that is swapped."""
        return self.current / PUBLISHED_NAME

    @property
    def rollbacks(self) -> Path:
        """The record of rollbacks between versions."""
        return self.warehouse / "rollbacks.jsonl"

    @property
    def kept_lineage(self) -> Path:
        """Column lineage of unchanged SQL: dear to work out, depends on code alone, may be deleted at any time."""
        return (self.several or self).root / ".cache" / "column_lineage.json"

    @property
    def kept_models(self) -> Path:
        """What unchanged SQL says of its columns and of what it reads; as the lineage, may be deleted at any time."""
        return (self.several or self).root / ".cache" / "models.json"

    @property
    def acknowledgements(self) -> Path:
        """What suppliers are told of each file, a folder per source."""
        return self.warehouse / "acknowledgements"

    @property
    def reports(self) -> Path:
        """Reports, a folder per reporting quarter."""
        return self.warehouse / "reports"


def code_root() -> Path:
    """Folder of the code: where `pipelines/`, `assets/` and `sql/` are."""
    return Path(__file__).resolve().parent.parent


def default_paths() -> Paths:
    """Paths under the folder named by NEIGHBOURHOODS_ROOT, else under the folder of the code."""
    root = os.environ.get(ROOT_VARIABLE)
    return Paths(Path(root).resolve() if root else code_root())

"""Hashes that say whether anything has changed: of files' bytes and of the code that reads them."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

_CODE = {".py", ".jinja", ".css", ".js", ".typ"}


def bytes_sha256(content: bytes) -> str:
    """Hex SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def file_sha256(path: Path) -> str:
    """Hex SHA-256 of a file, however large. Raises FileNotFoundError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_sha256(root: Path, paths: Iterable[Path]) -> str:
    """Hex SHA-256 of files, their names relative to `root` included, in the order of the names."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.relative_to(root).as_posix()}\n{bytes_sha256(path.read_bytes())}\n".encode())
    return digest.hexdigest()


def reading_code_sha256(code: Path) -> str:
    """Hex SHA-256 of the code that decides what is read from a workbook, and what differs between two."""
    folders = (code / "pipelines" / "read", code / "pipelines" / "contract", code / "assets" / "sources")
    files = [path for folder in folders for path in folder.glob("*.py")]
    own = [code / "pipelines" / "periods.py", code / "pipelines" / "ledger" / "difference.py"]
    return files_sha256(code, [*files, *own])


def all_code_sha256(code: Path) -> str:
    """Hex SHA-256 of all code that the warehouse and what is cut from it are functions of; the examples are not."""
    folders = (code / "pipelines", code / "assets")
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in _CODE]
    models = [path for path in (code / "sql").rglob("*.sql") if path.parent != code / "sql" / "examples"]
    return files_sha256(code, [*files, *models])

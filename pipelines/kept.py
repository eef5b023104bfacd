"""Results that take long to work out and depend on texts and code alone, kept in a file from one start to the next.

The file may be deleted at any time. One that is damaged, or of other texts or other code, is never used.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipelines.files import written_whole
from pipelines.versions import bytes_sha256, file_sha256


def kept_results(kept: Path, made_of: Mapping[str, str], work_out: Callable[[str], Any]) -> dict[str, Any]:
    """A result for each name: from the file where one of the same text is in it, else worked out, and kept.

    made_of: of each name the text that its result is a function of, the version of the code included, see `code_of`.
    work_out: gives the result of a name, of what JSON can hold. Where the file cannot be written, all is as without it.
    """
    keys = {name: bytes_sha256(text.encode()) for name, text in made_of.items()}
    known = _known(kept)
    results = {name: known[key] if key in known else work_out(name) for name, key in keys.items()}
    if set(keys.values()) != known.keys():
        text = json.dumps({keys[name]: result for name, result in results.items()})
        with suppress(OSError), written_whole(kept) as partial:
            partial.write_text(f"{bytes_sha256(text.encode())}\n{text}", encoding="utf-8")
    return results


def code_of(*modules: Path) -> str:
    """What stands for the code of results worked out from SQL: hashes of the modules, and the version of the parser."""
    return " ".join([*(file_sha256(module) for module in modules), version("sqlglot")])


def _known(kept: Path) -> dict[str, Any]:
    """What the file holds, by the hash of its texts; nothing where there is none, or it is not as it was written."""
    try:
        seal, _, text = kept.read_text(encoding="utf-8").partition("\n")
    except (OSError, ValueError):
        return {}
    known: dict[str, Any] = json.loads(text) if seal == bytes_sha256(text.encode()) else {}
    return known

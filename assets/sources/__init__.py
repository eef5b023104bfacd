"""One module per source, each with its contract in `source`; a new module is found without being named anywhere."""

import importlib
import pkgutil

from pipelines.contract.model import Source


def all_sources() -> list[Source]:
    """The contracts of all modules of this folder, in the order of their names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f"{__name__}.{name}").source for name in names]

"""One module per source, each with its contract in `source`; a new module is found without being named anywhere."""

import importlib
import pkgutil
from functools import cache

from pipelines.authorities import STOCKPORT, Authority
from pipelines.contract.model import Source
from pipelines.contract.naming import named_for


def all_sources(authority: Authority = STOCKPORT) -> list[Source]:
    """The contracts of all modules of this folder, in the order of their names, as they are for that authority."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return [source_of(name, authority) for name in names]


@cache
def source_of(module: str, authority: Authority = STOCKPORT) -> Source:
    """The contract of the source whose module is so called, as it is for that authority."""
    return named_for(importlib.import_module(f"{__name__}.{module}").source, authority.names)

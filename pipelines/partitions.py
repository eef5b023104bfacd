"""The partitions that engineers pick in the UI: reporting quarters, and councils where several are kept."""

from collections.abc import Sequence

import dagster as dg

from pipelines.authorities import authority_keys
from pipelines.files import alone
from pipelines.ledger.register import today
from pipelines.periods import Period, financial_quarter
from pipelines.settings import Paths
from pipelines.warehouse.quarters import quarters_known, told

REPORTING_QUARTERS = dg.DynamicPartitionsDefinition(name="reporting_quarter")
"""Keys such as `2021-22-Q2`. Dynamic, since static ones stay as they are until the code is loaded again."""

AUTHORITIES = dg.DynamicPartitionsDefinition(name="authority")
"""Keys are the folders of `authorities/`; an installation of one council has none."""


def keep_authorities(instance: dg.DagsterInstance, paths: Paths) -> list[str]:
    """Makes Dagster know the councils of an installation of several, and no others. Returns their keys, in order."""
    name, keys = str(AUTHORITIES.name), list(authority_keys(paths))
    known = set(instance.get_dynamic_partitions(name))
    for key in known - set(keys):
        instance.delete_dynamic_partition(name, key)
    if new := [key for key in keys if key not in known]:
        instance.add_dynamic_partitions(name, new)
    return keys


def keep_quarters(instance: dg.DagsterInstance, paths: Paths, quarters: Sequence[Period]) -> None:
    """Makes Dagster know these quarters, oldest first, and no others, such as one mistyped in the UI.

    Dagster takes a range in the order in which keys were added, so that all are added anew when an older one comes.
    What was materialised of a quarter is kept by its key, and is there again when the key is. The quarters that other
    councils of the same installation have stay.
    """
    name, wanted = str(REPORTING_QUARTERS.name), [quarter.label for quarter in quarters]
    with alone((paths.several or paths).root / ".cache" / "quarters.lock"):
        known = list(instance.get_dynamic_partitions(name))
        if paths.several:
            wanted = sorted({*wanted, *(key for key in known if _quarter(key))})
        right = [key for key in known if key in wanted]
        if right != wanted[: len(right)]:
            right = []
        for key in known:
            if key not in right:
                instance.delete_dynamic_partition(name, key)
        if new := wanted[len(right) :]:
            instance.add_dynamic_partitions(name, new)


def keep_quarters_until_today(instance: dg.DagsterInstance, paths: Paths) -> None:
    """Adds the quarter that has begun since the last build; when nothing was built yet, there is nothing to add to."""
    if held := told(paths):
        keep_quarters(instance, paths, quarters_known(held, today()))


def quarter_of_key(key: str) -> Period:
    """The quarter of a partition key. Raises ValueError for what was added to the partitions by hand and is none."""
    quarter = _quarter(key)
    if quarter is None:
        raise ValueError(f"'{key}' is no reporting quarter such as 2021-22-Q2")
    return quarter


def _quarter(key: str) -> Period | None:
    return financial_quarter(key.replace("-Q", " Q"))

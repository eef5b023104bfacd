"""Whether what the published file says of overdue figures still holds."""

from datetime import date

import duckdb

from pipelines.settings import Paths

_NEXT_CHANGE = """
select min(changes_on)
from (
    select changes_on from marts.freshness where is_now
    union all
    select changes_on from marts.source_freshness where is_now
)
"""


def falls_due(paths: Paths, day: date) -> bool:
    """Whether a figure or file has fallen due, or overdue, since the published version was built and until `day`.

    A due date that goes by changes what is overdue, though nothing has come. There must be a published version.
    """
    with duckdb.connect(str(paths.published), read_only=True) as connection:
        [(changes_on,)] = connection.execute(_NEXT_CHANGE).fetchall()
    return changes_on is not None and changes_on <= day

"""Lets go of the connection that all cases of this folder share, when the last of them has run."""

from collections.abc import Iterator

import pytest

from tests.sql.harness import close_connection


@pytest.fixture(scope="session", autouse=True)
def _connection_closed_at_the_end() -> Iterator[None]:
    yield
    close_connection()

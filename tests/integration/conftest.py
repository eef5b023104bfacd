"""What the tests of whole runs share: a nightly on small code, once per process of a test run."""

from collections.abc import Callable, Iterator

import pytest

from tests.integration.small_nightly import SmallInstallation, published_small


@pytest.fixture(scope="session")
def small_published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallInstallation]:
    """A small installation after one nightly. Tests must leave it as it is."""
    installation = published_small(tmp_path_factory.mktemp("small_nightly"))
    yield installation
    installation.run.close()


@pytest.fixture(scope="session")
def small_copy(
    small_published: SmallInstallation, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], SmallInstallation]:
    """Makes copies of the small installation, for tests in which more happens."""
    return lambda: small_published.copied_to(tmp_path_factory.mktemp("small_copy") / "root")

"""The one broker with TLS, users and rights that the tests of security share."""

from collections.abc import Iterator

import pytest

from tests.broker.guarded import Guarded, guarded


@pytest.fixture(scope="session")
def broker_with_users(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    with guarded(tmp_path_factory.mktemp("guarded")) as found:
        yield found

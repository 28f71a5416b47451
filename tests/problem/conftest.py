"""Messages are compared in English, whatever language the shell asks for."""

from collections.abc import Iterator

import pytest

from turnus.texts import using_language


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with using_language("en"):
        yield

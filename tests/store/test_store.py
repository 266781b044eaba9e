"""What the store promises on each engine."""

import pytest
from sqlalchemy.exc import DBAPIError

from tests.store.rows import adding, stored, submission
from widget_server.errors import UnavailableError
from widget_server.settings import Settings
from widget_server.store import Store, submissions


def test_a_reading_connection_cannot_write(store: Store) -> None:
    with pytest.raises((UnavailableError, DBAPIError)), store.read() as connection:
        adding("a")(connection)
    assert stored(store) == 0


def test_a_command_writes_beside_the_service(settings: Settings, store: Store) -> None:
    with Store.open(settings, serving=False) as command:
        for number in range(50):
            service = store.write(adding(f"s{number}"))
            assert command.write(adding(f"c{number}")).result()
            assert service.result()


def test_what_was_kept_is_there_when_it_is_opened_again(settings: Settings) -> None:
    with Store.open(settings, serving=True) as store:
        store.write(adding("a")).result()
    with Store.open(settings, serving=True) as store, store.read() as connection:
        found = submissions.references(connection, [submission("a"), submission("b")])
    assert found == {("hketo", "a"): "REF-a"}

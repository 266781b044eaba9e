"""Our own demo as the benchmarks ask it: a process, a folder and a port of its own, no limits."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.serving import UNLIMITED, Served, free_port, serving

#: More than any machine takes of them in a second.
MOST_SUBMISSIONS = 5_000


@contextmanager
def demo() -> Iterator[Served]:
    """A running demo within the block, with no numbers in it yet."""
    with (
        TemporaryDirectory() as folder,
        serving(
            "demo", "--empty", port=free_port(), home=Path(folder), environment=UNLIMITED
        ) as served,
    ):
        yield served

"""``threesteps backup`` and ``threesteps restore``: the database in a file of its own, and back."""

import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import click
from rich.console import Console
from rich.progress import Progress

from ..errors import SetupError
from ..settings import Settings
from ..store import Store, tasks
from ..store.backup import Contents, back_up
from ..store.backup import Progress as Report
from ..store.restore import Restored
from ..store.restore import restore as put_back
from ..store.store import FILE_NAME

_DUMP = "pg_dump --format=custom --file={file} {database}"
_LOAD = "pg_restore --clean --if-exists --single-transaction --dbname={database} {file}"


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace FILE when it exists.")
def backup(file: Path, force: bool) -> None:
    """Copy the database to FILE, as it is at this moment.

    The service may go on: nobody waits, but its log grows until the copy is done. FILE has its
    name once it is whole, checked and on the disk. The keys are not in it.
    """
    settings = Settings.from_env(os.environ)
    _refuse_postgresql(settings, file, _DUMP)
    _refuse_to_overwrite(file, settings, force=force)
    with Store.open(settings, serving=False) as store, _bar() as bar:
        contents = back_up(store, file, bar)
        done = tasks.Run(settings.clock(), f"{_words(contents)}.")
        store.write(lambda rows: tasks.note(rows, tasks.BACKUP, done)).result()
    console = Console(markup=False, highlight=False, soft_wrap=True)
    console.print(f"{file}: {_words(contents)}.")
    console.print(
        f"The keys are not in it. Copy {settings.keys.resolve()} as well, and keep the two apart."
    )


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(file: Path) -> None:
    """Put the backup FILE in the place of the database, while the service is stopped.

    The backup is checked first. The database of before is moved aside, never deleted.
    """
    settings = Settings.from_env(os.environ)
    _refuse_postgresql(settings, file, _LOAD)
    with _bar() as bar:
        restored = put_back(file, settings.home / FILE_NAME, settings.clock(), bar)
    console = Console(markup=False, highlight=False, soft_wrap=True)
    console.print(f"Restored {_words(restored.contents)}.")
    if restored.aside:
        console.print(f"The database of before is {restored.aside}.")
    for warning in _warnings(restored, settings):
        console.print(warning, style="yellow")


def _refuse_postgresql(settings: Settings, file: Path, command: str) -> None:
    """PostgreSQL has tools of its own for this; say exactly how to call them."""
    if settings.database_url is None:
        return
    database = shlex.quote(without_password(settings.database_url))
    line = command.format(database=database, file=shlex.quote(str(file)))
    raise SetupError(
        f"The data is in PostgreSQL, which has its own command for this:\n  {line}\n"
        "It asks for the password, or takes it from PGPASSWORD or ~/.pgpass."
    )


def without_password(address: str) -> str:
    """The database's address, fit to be printed."""
    parts = urlsplit(address)
    account, at, hosts = parts.netloc.rpartition("@")
    options = [(name, value) for name, value in parse_qsl(parts.query) if name != "password"]
    return parts._replace(
        netloc=account.partition(":")[0] + at + hosts, query=urlencode(options)
    ).geturl()


def _refuse_to_overwrite(file: Path, settings: Settings, *, force: bool) -> None:
    if not file.exists():
        return
    if file.resolve() == (settings.home / FILE_NAME).resolve():
        raise SetupError(f"{file} is the database itself.")
    if not force:
        raise SetupError(f"{file} exists already. With --force it is replaced.")


@contextmanager
def _bar() -> Iterator[Report]:
    """A bar on the terminal, and what moves it."""
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda what, done, total: progress.update(
            task, description=what, completed=done, total=total
        )


def _words(contents: Contents) -> str:
    names = ("submissions", "actions", "partners")
    return ", ".join(f"{contents.rows[name]:,} {name}" for name in names)


def _warnings(restored: Restored, settings: Settings) -> Iterator[str]:
    """What is still to be done, each with its mend."""
    if restored.differing:
        yield f"{restored.differing:,} numbers differ from their rows: run `threesteps recount`."
    if not (settings.keys / "signing.keys").exists():
        yield (
            f"There is no signing.keys in {settings.keys}: restore it from your copy of the keys, "
            "or every snippet, link and API key has to be made again."
        )
    for slug in restored.contents.indexed:
        if not (settings.keys / f"index-{slug}.keys").exists():
            yield (
                f"There is no index-{slug}.keys in {settings.keys}: restore it from your copy of "
                "the keys; until then nobody with an email address is counted."
            )

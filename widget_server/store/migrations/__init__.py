"""Tables of an older version in, those of this version out: Alembic's steps, run when we start.

Each step only adds, so that processes of the version before go on writing while it runs and
after it. A database of a later version is left as it is: what that added, we do not use.
"""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from ..engine import Database

FOLDER = Path(__file__).parent


def migrate(connection: Connection, database: Database, folder: Path = FOLDER) -> None:
    """Take the steps that are missing, in the caller's transaction, one process at a time."""
    if revision(connection) == newest(folder):
        return
    database.only_one_migrates(connection)
    if revision(connection) in _steps(folder):
        _upgrade(connection, folder)


def revision(connection: Connection) -> str | None:
    """The last step that the database has taken, None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version"))
    return found.scalar_one_or_none()


def newest(folder: Path = FOLDER) -> str:
    """The last step of this version."""
    return max(step for step in _steps(folder) if step)


def _steps(folder: Path) -> set[str | None]:
    """The steps that we know, and none: files are named after their step, as in ``0001_first``."""
    files = (folder / "versions").glob("[0-9]*.py")
    return {None, *(file.name.partition("_")[0] for file in files)}


def _upgrade(connection: Connection, folder: Path) -> None:
    from alembic import command  # takes a tenth of a second, and is seldom needed
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(folder))
    command.upgrade(config, "head")

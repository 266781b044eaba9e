"""A WordPress for the tests: Debian's, with PHP and MariaDB, served to this machine alone.

What is installed is taken; else the packages, where we may install them: a minute, 400 MB. The
site is a copy in a folder of the test's own, and so is its database.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from . import debian

PACKAGES = (
    "wordpress",
    "wordpress-theme-twentytwentythree",
    "php-cli",
    "php-mysql",
    "mariadb-server",
)
SITE = Path("/usr/share/wordpress")
THEMES = Path("/var/lib/wordpress/wp-content/themes")
ADVICE = (
    "The tests need WordPress, PHP and MariaDB, and they could not be found or installed. "
    f"Install them (on Debian: apt-get install --no-install-recommends {' '.join(PACKAGES)})."
)
READY_SECONDS = 30
ADMINISTRATOR, EDITOR, PASSWORD = "ada", "ed", "only-in-this-test"

#: Nothing leaves the machine, and nobody may save what is not filtered.
CONFIG = """<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{socket}');
define('DISALLOW_UNFILTERED_HTML', true);
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('FS_METHOD', 'direct');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""

INSTALL = """<?php
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = 'localhost:{port}';
require '{site}/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('A site', '{administrator}', 'a@example.org', true, '', '{password}');
foreach (array('siteurl', 'home') as $name) update_option($name, 'http://localhost:{port}');
$editor = wp_create_user('{editor}', '{password}', 'e@example.org');
(new WP_User($editor))->set_role('editor');
switch_theme('twentytwentythree');
"""


def need_php() -> str:
    """PHP alone, installed first where that is possible; RuntimeError, which says what to do."""
    if not shutil.which("php"):
        debian.install("php-cli")
    found = shutil.which("php")
    if not found:
        raise RuntimeError(ADVICE)
    return found


def need() -> None:
    """Have all of it installed; RuntimeError, which says what to do, where that is impossible."""
    if not _is_there():
        debian.install(*PACKAGES)
    if not _is_there():
        raise RuntimeError(ADVICE)


@contextmanager
def wordpress(folder: Path, port: int) -> Iterator[str]:
    """A fresh site with an administrator and an editor until the block ends; its origin."""
    need()
    site = _copy(folder)
    with _database(folder) as socket:
        (site / "wp-config.php").write_text(CONFIG.format(socket=socket))
        _install(site, port)
        with _serving(site, port):
            yield f"http://localhost:{port}"


def _is_there() -> bool:
    programs = ("php", "mariadbd", "mariadb-install-db")
    return (THEMES / "twentytwentythree").is_dir() and all(map(shutil.which, programs))


def _copy(folder: Path) -> Path:
    """WordPress with its themes and nothing else; links lead to the system's own files."""
    site = folder / "site"
    shutil.copytree(SITE, site, ignore_dangling_symlinks=True)
    shutil.copytree(THEMES, site / "wp-content" / "themes", dirs_exist_ok=True)
    for name in ("plugins", "uploads"):
        (site / "wp-content" / name).mkdir(exist_ok=True)
    return site


def _install(site: Path, port: int) -> None:
    names = {"administrator": ADMINISTRATOR, "editor": EDITOR, "password": PASSWORD}
    code = INSTALL.format(site=site, port=port, **names)
    _run(["php", "-d", "sendmail_path=/bin/true"], code)


@contextmanager
def _database(folder: Path) -> Iterator[Path]:
    """A MariaDB with an empty database, which listens on a socket in the folder; that socket."""
    socket = folder / "db.sock"
    own = [f"--datadir={folder / 'db'}", *(["--user=root"] if os.geteuid() == 0 else [])]
    options = ["--no-defaults", *own]
    _run(["mariadb-install-db", *options, "--auth-root-authentication-method=normal"])
    server = ["mariadbd", *options, f"--socket={socket}", "--skip-networking"]
    with _running(server, folder / "db.log", socket.exists):
        client = ["mariadb", "--no-defaults", "-uroot", f"--socket={socket}"]
        _run([*client, "-e", "CREATE DATABASE wordpress"])
        yield socket


@contextmanager
def _serving(site: Path, port: int) -> Iterator[None]:
    log = site.parent / "php.log"
    server = ["php", "-d", "sendmail_path=/bin/true", "-S", f"localhost:{port}", "-t", str(site)]
    with _running(server, log, lambda: "started" in log.read_text(), PHP_CLI_SERVER_WORKERS="4"):
        yield


@contextmanager
def _running(
    command: Sequence[str], log: Path, is_ready: Callable[[], bool], **environment: str
) -> Iterator[None]:
    """Run a program until the block ends; it is ready when the block begins."""
    with log.open("w") as output:
        program = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        deadline = time.monotonic() + READY_SECONDS
        while not is_ready():
            if program.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{command[0]} did not start:\n{log.read_text()}")
            time.sleep(0.05)
        yield
    finally:
        program.terminate()
        program.wait(READY_SECONDS)


def _run(command: Sequence[str], text: str = "") -> None:
    done = subprocess.run(
        command, input=text, text=True, capture_output=True, check=False, timeout=90
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stdout}{done.stderr}")

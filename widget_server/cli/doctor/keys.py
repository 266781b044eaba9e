"""What ``threesteps doctor`` finds about keys: who has them, who could, and whether a copy is kept.

A copy of the keys is somewhere else, so it has to be shown: what is noted of it is a hash of the
keys that were in it, and holds for as long as they are the same.
"""

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from stat import S_IMODE

from ...errors import SetupError
from ...settings import Settings
from ...store import Store, tasks
from ..installation import Installation
from .finding import Finding

_PERSON = b"threesteps.keys"


def sealing_keys(installation: Installation) -> Iterator[Finding]:
    """Campaigns that cannot seal, or whose envelopes one lost file would close for good."""
    keyring = installation.keyring
    for fault in keyring.faults:
        yield Finding(
            "damaged-key", "unsafe", f"{fault} Nothing is sealed to it.", "restore that file."
        )
    for slug in (campaign.slug for campaign in installation.campaigns.all()):
        if keyring.public_key(slug) is None:
            yield Finding(
                "no-sealing-key",
                "missing",
                f"The campaign {slug!r} has no key, so its form takes no names or "
                "email addresses: there is nobody to seal them to.",
                f"threesteps campaign keys {slug} --out {slug}.key",
            )
        elif keyring.recovery_key(slug) is None:
            yield Finding(
                "no-recovery-key",
                "missing",
                f"The campaign {slug!r} has no recovery key: whoever loses the private key loses "
                "every submission.",
                f"threesteps campaign keys {slug} --recovery",
            )


def private_keys(settings: Settings) -> Iterator[Finding]:
    """Keys that open submissions, where the submissions are."""
    for path in settings.home.glob("demo-private-*.key"):
        yield Finding(
            "private-key-beside-the-data",
            "missing",
            f"{path} opens what was submitted, and lies beside it: it is the demo's.",
            "delete it, and make the campaign's own key with `threesteps campaign keys --rotate`.",
        )


def readable_by_others(settings: Settings) -> Iterator[Finding]:
    """Folders and files that are not for everybody on this machine."""
    for path in _private_paths(settings):
        if S_IMODE(path.stat().st_mode) & 0o077:
            mode = "700" if path.is_dir() else "600"
            yield Finding(
                "readable-by-others",
                "unsafe",
                f"Other users of this machine can reach {path}.",
                f"chmod {mode} {path}",
            )


def copy_of_keys(installation: Installation, store: Store) -> Iterator[Finding]:
    """Whether a copy of these very keys was ever shown."""
    with store.read() as connection:
        shown = tasks.last(connection, tasks.KEYS_BACKUP)
    mend = (
        f"copy {installation.settings.keys} to a safe place, and show it: "
        "threesteps doctor --keys-backed-up FOLDER"
    )
    if shown is None:
        yield Finding(
            "no-key-backup",
            "missing",
            "Nobody has shown a copy of the keys: with this disk every snippet, link and API key "
            "would be lost, and nobody could be recognised any more.",
            mend,
        )
    elif shown.result != _hash(_contents(installation.settings.keys)):
        yield Finding(
            "old-key-backup",
            "missing",
            f"The keys have changed since a copy was shown on {shown.at:%Y-%m-%d}.",
            mend,
        )


def copy_shown(installation: Installation, copy: Path) -> None:
    """Note that ``copy`` holds every key. Raises SetupError when it does not, or is no copy."""
    keys = installation.settings.keys.resolve()
    if copy.resolve() == keys or installation.settings.home.resolve() in copy.resolve().parents:
        raise SetupError(f"{copy} goes with the data: show a copy that is kept somewhere else.")
    wanted, found = _contents(keys), _contents(copy)
    lacking = sorted(name for name in wanted if wanted[name] != found.get(name))
    if lacking:
        raise SetupError(
            f"{copy} is no copy of {keys}: {', '.join(lacking)} differs or is lacking."
        )
    shown = tasks.Run(installation.settings.clock(), _hash(wanted))
    with installation.store() as store:
        store.write(lambda rows: tasks.note(rows, tasks.KEYS_BACKUP, shown)).result()


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.keys"))}


def _hash(contents: dict[str, bytes]) -> str:
    """Says nothing of the keys, which are random."""
    digest = blake2b(digest_size=16, person=_PERSON)
    for name, content in contents.items():
        digest.update(b"%s\0%d\0%s" % (name.encode(), len(content), content))
    return digest.hexdigest()


def _private_paths(settings: Settings) -> list[Path]:
    """The folders, and each file that holds a key or the data."""
    files = [*settings.keys.glob("*.keys"), *settings.home.glob("threesteps.db*")]
    return [path for path in (settings.home, settings.keys, *files) if path.exists()]

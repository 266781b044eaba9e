"""The bill of materials: what runs when Threesteps runs, in CycloneDX 1.6.

Out: the packages in the versions that are pinned, whom each asks for, under which licence, and
what of others' code is sent to browsers. https://cyclonedx.org/docs/1.6/json/
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from . import hpke
from .audit import CONSTRAINTS, pins
from .dependencies import OURS, Dependency, dependencies

#: What is inside ``widget_js/vendor/``.
VENDORED = tuple(
    Dependency(name, version, "MIT", ())
    for name, version in (("@hpke/core", hpke.CORE), ("@hpke/common", hpke.COMMON))
)


def bill(version: str, made_at: datetime) -> str:
    """The bill of this version as JSON; raises ValueError where a package is not as pinned."""
    found = {each.name: each for each in dependencies()}
    ours = replace(found.pop(OURS), version=version)
    differing = list(unpinned(found.values()))
    if differing:
        raise ValueError("\n".join(differing))
    ours = replace(ours, needs=(*ours.needs, *(each.name for each in VENDORED)))
    parts = (*found.values(), *VENDORED)
    return json.dumps(_document(ours, parts, made_at), indent=2) + "\n"


def unpinned(found: Iterable[Dependency]) -> Iterator[str]:
    """The packages that are here in another version than the one in ``constraints.txt``."""
    wanted = pins(CONSTRAINTS.read_text())
    for each in found:
        if str(wanted.get(each.name)) != each.version:
            yield f"{each.name} {each.version} is installed, {wanted.get(each.name)} is pinned."


def _document(ours: Dependency, parts: tuple[Dependency, ...], made_at: datetime) -> dict[str, Any]:
    addresses = {each.name: _address(each) for each in (ours, *parts)}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": made_at.isoformat(timespec="seconds"),
            "component": _component(ours, "application"),
        },
        "components": [_component(each, "library") for each in parts],
        "dependencies": [
            {"ref": _address(each), "dependsOn": [addresses[name] for name in each.needs]}
            for each in (ours, *parts)
        ],
    }


def _component(each: Dependency, kind: str) -> dict[str, Any]:
    return {
        "type": kind,
        "bom-ref": _address(each),
        "name": each.name,
        "version": each.version,
        "licenses": [{"expression": each.licence}],
        "purl": _address(each),
    }


def _address(each: Dependency) -> str:
    """How bills name a package: its purl."""
    registry = "npm" if each in VENDORED else "pypi"
    return f"pkg:{registry}/{each.name.replace('@', '%40')}@{each.version}"

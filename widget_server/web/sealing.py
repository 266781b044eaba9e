"""A campaign's keys in, what a browser needs to seal by itself out: a script, and a plan for it."""

import json
from functools import cache

from itsdangerous.encoding import base64_encode
from starlette.requests import Request
from starlette.responses import Response

from .. import assets
from ..campaigns import Campaign
from ..errors import NotFoundError
from ..keys import Keyring
from ..seal import key_id
from .bodies import Sendable
from .headers import path_of
from .scripts import own_script

#: Sent as one, in this order, once the form is touched.
SCRIPTS = ("vendor/hpke.js", "seal.js")

#: A public key begins with its X25519 half, which is all that browsers can seal to.
_X25519_BYTES = 32


async def sealer(request: Request) -> Response:
    """``GET /seal-HASH.js``: what seals in the browser; its bytes never change."""
    if path_of(request) != script_path():
        raise NotFoundError
    return _script().response(request)


def script_path() -> str:
    """Where the script is, on our own origin."""
    return f"/seal-{_script().encoded.hash}.js"


def plan(campaign: Campaign, keyring: Keyring) -> str:
    """What the form carries for the script, in JSON; nothing where the server seals.

    Of each recipient it has the short name, and the key that browsers can seal to.
    """
    recipients = keyring.recipients(campaign.slug)
    if campaign.seal != "browser" or not recipients:
        return ""
    said = {
        "src": script_path(),
        "integrity": assets.digest(_text()),
        "campaign": campaign.slug,
        "consent": campaign.consent,
        "signature": campaign.keep == "signature",
        "keys": [
            (key_id(key).hex(), base64_encode(key[:_X25519_BYTES]).decode()) for key in recipients
        ],
    }
    return json.dumps(said, separators=(",", ":"))


@cache
def _text() -> str:
    return "".join(map(assets.source, SCRIPTS))


@cache
def _script() -> Sendable:
    return own_script(_text())

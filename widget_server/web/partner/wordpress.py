"""The plugin for WordPress, with the partner's tokens in it: nothing in; a file to upload out."""

import io
import zipfile
from collections.abc import Mapping

from starlette.responses import Response

from ... import assets
from ...snippet import Embedding
from ..desk import NO_STORE
from .desk import Desk
from .snippet import Choice, embedding_of

_ORIGIN = "'https://HOST'"
_CAMPAIGN = "    'CAMPAIGN' => array('token' => 'TOKEN', 'words' => 'WORDS'),"


async def send(desk: Desk) -> Response:
    """``GET /partner/threesteps.zip``, as WordPress wants to have it uploaded."""
    found = embeddings(desk)
    if not found:
        return desk.html("partner/snippet.html", 404, embedding=None)
    headers = {"Content-Disposition": 'attachment; filename="threesteps.zip"', **NO_STORE}
    text = plugin(desk.service.settings.public_url, found)
    return Response(_zipped(text), media_type="application/zip", headers=headers)


def embeddings(desk: Desk) -> dict[str, Embedding]:
    """What the partner may show, by campaign, the one that was asked for first."""
    choice = Choice.of(desk)
    each = (choice, *map(choice.of_campaign, choice.campaigns)) if choice else ()
    found = {one.campaign.slug: embedding_of(desk, one) for one in each}
    return {slug: embedding for slug, embedding in found.items() if embedding}


def plugin(origin: str, found: Mapping[str, Embedding]) -> str:
    """The plugin for these campaigns, the first of which is shown unless another is named."""
    text = (assets.folder("templates") / "wordpress" / "threesteps.php").read_text("utf-8")
    rows = [
        f"    {_php(slug)} => array('token' => {_php(each.token)}, 'words' => {_php(each.task)}),"
        for slug, each in found.items()
    ]
    return text.replace(_ORIGIN, _php(origin)).replace(_CAMPAIGN, "\n".join(rows))


def _php(text: str) -> str:
    """A text as PHP writes it, in which nothing is read but the text."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _zipped(text: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("threesteps/threesteps.php", text)
    return packed.getvalue()

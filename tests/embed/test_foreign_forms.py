"""A site that submits with its readers' browsers, in one that hides where a form comes from."""

from urllib.parse import urljoin

import httpx
from playwright.sync_api import Page, expect

from tests.embed.hosts import Host
from tests.embed.organiser import Organiser, Partner

HIDING = {"Referrer-Policy": "no-referrer"}


def test_a_form_that_hides_its_site_is_thanked_and_held(
    page: Page, host: Host, organiser: Organiser
) -> None:
    partner = organiser.add_partner(host.origin)
    page.goto(host.put(forged(organiser, partner), HIDING))
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    totals = {row["partner"]: row for row in organiser.run("counts")}[partner.slug]
    assert (totals["held"], totals["totals"]["submitted"]) == (1, 0)


def forged(organiser: Organiser, partner: Partner) -> str:
    """A form that sends itself, with a visit that the site asked for."""
    widget = urljoin(organiser.served.origin, f"/w/{partner.token}/")
    answer = httpx.post(
        f"{widget}find", data={"zip": "94110"}, headers={"Accept": "application/json"}
    )
    visit = answer.json()["visit"]
    return (
        f'<form method="post" action="{widget}submit"><input name="visit" value="{visit}">'
        '<input name="anonymous" value="yes"></form><script>document.forms[0].submit()</script>'
    )

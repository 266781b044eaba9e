"""Somebody who fills in the form of a widget, and what the organiser reads of them."""

import csv
import io
import secrets
from dataclasses import dataclass, field

from playwright.sync_api import FrameLocator, Page

from tests.serving import Served

Form = Page | FrameLocator


@dataclass(frozen=True)
class Supporter:
    """Somebody of whom there is no other row; their name is hard to spell."""

    word: str = field(default_factory=lambda: secrets.token_hex(6))

    @property
    def name(self) -> str:
        """As it is typed and as it is exported."""
        return f'Wilhelmina \U0001f426 陳大文 \\ "{self.word}"'

    @property
    def email(self) -> str:
        """Their address."""
        return f"{self.word}@secret.example"

    @property
    def whole(self) -> dict[str, str]:
        """All that the organiser may read, once they agreed to updates."""
        return {
            "email": self.email,
            "name": self.name,
            "zip": "94110",
            "updates": "yes",
            "state": "CA",
            "district": "CA-11",
            "language": "es",
        }

    def fill(self, form: Form, *, zip_code: str = "94110-1234", updates: bool = True) -> None:
        """Type everything into the form."""
        form.locator("#email").fill(f" {self.email} ")
        form.locator("#name").fill(self.name)
        form.locator("#zip2").fill(zip_code)
        if updates:
            form.locator("[name=updates]").check()

    def exported(self, sealing: Served) -> dict[str, str]:
        """What the organiser's key opens of theirs."""
        (key,) = sealing.home.glob("demo-private-*.key")
        text = sealing.command("export", "hketo", "--key", key)
        (row,) = (row for row in csv.DictReader(io.StringIO(text)) if row["name"] == self.name)
        return {name: row[name] for name in self.whole}


def find(form: Form) -> None:
    """Ask who speaks for a ZIP code."""
    form.locator("#zip").fill("94110")
    form.locator(".ask .go").click()
    form.locator(".count").wait_for()


def count_me_in(form: Form) -> None:
    """Send the form, until the thank-you is there."""
    form.locator(".count .go").click()
    form.locator(".thanks").wait_for()


def told(sent: dict[str, str]) -> set[str]:
    """Of what was sent, what a visitor may have typed or ticked."""
    return {"email", "name", "zip", "updates", "anonymous", "sealed"} & set(sent)

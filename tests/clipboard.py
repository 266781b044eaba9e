"""What was copied: a page in; the text out, pasted as a person would, for no page may read it."""

from playwright.sync_api import Page

FIELD = """
    () => {
      const field = document.createElement('textarea');
      field.dataset.pasted = '';
      document.body.append(field);
      field.focus();
    }
"""


def pasted(page: Page) -> str:
    """The text in the clipboard."""
    page.evaluate(FIELD)
    page.keyboard.press("ControlOrMeta+V")
    field = page.locator("[data-pasted]")
    text = field.input_value()
    field.evaluate("field => field.remove()")
    return text

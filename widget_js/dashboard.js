// The copy buttons of the partner's page. Without this script the text is there to select.

const COPIED_MS = 2000;

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (button instanceof HTMLButtonElement) {
    button.hidden = false;
    button.addEventListener("click", () => void copy(button));
  }
}

/**
 * Copy the text above a button, or select it where copying is not allowed, and say so.
 * @param {HTMLButtonElement} button
 */
async function copy(button) {
  const code = button.parentElement?.querySelector("code");
  const status = button.nextElementSibling;
  if (!code || !status) return;
  try {
    await navigator.clipboard.writeText(code.textContent ?? "");
    status.textContent = "Copied ✓";
  } catch {
    getSelection()?.selectAllChildren(code);
    status.textContent = "Selected: now copy it";
  }
  setTimeout(() => (status.textContent = ""), COPIED_MS);
}

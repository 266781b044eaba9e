// What a partner takes away, livelier: the snippet and its preview follow the options. Without
// this script the form's button does the same.

const options = document.querySelector("form[data-options]");

if (options instanceof HTMLFormElement) {
  options.addEventListener("change", () => void choose(options));
}

/**
 * Ask for the page with what was chosen, and take over the parts that follow it.
 * @param {HTMLFormElement} form
 */
async function choose(form) {
  const chosen = [...new FormData(form)].filter(([, value]) => value != "").map(([name, value]) => [name, String(value)]);
  const address = `${form.action}?${new URLSearchParams(chosen)}`;
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-follows]")) {
    const name = part.getAttribute("data-follows");
    const fresh = page.querySelector(`[data-follows="${name}"]`);
    if (fresh) takeOver(part, fresh);
  }
  history.replaceState(null, "", address);
}

/**
 * The texts to copy, and the frame, as they are on a newer page.
 * @param {Element} part
 * @param {Element} fresh
 */
function takeOver(part, fresh) {
  const texts = fresh.querySelectorAll("code");
  part.querySelectorAll("code").forEach((code, index) => (code.textContent = texts[index]?.textContent ?? ""));
  const frame = part.querySelector("iframe");
  const wanted = fresh.querySelector("iframe");
  if (!frame || !wanted) return;
  frame.className = wanted.className;
  if (frame.src != wanted.src) frame.src = wanted.src;
}

/* ---- the preview's height ------------------------------------------------------------------- */

const preview = document.querySelector(".stand iframe");

if (preview instanceof HTMLIFrameElement) {
  const fit = () => {
    const body = preview.contentDocument?.body;
    if (body) preview.style.blockSize = `${Math.ceil(body.getBoundingClientRect().height)}px`;
  };
  const watch = () => {
    const body = preview.contentDocument?.body;
    if (body) new ResizeObserver(fit).observe(body);
  };
  preview.addEventListener("load", watch);
  watch();
}

/* ---- paper ---------------------------------------------------------------------------------- */

for (const button of document.querySelectorAll("button[data-print]")) {
  if (button instanceof HTMLButtonElement) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}

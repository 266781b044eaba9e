// The partners' pages and the organiser's, livelier: copy buttons, and numbers that move. Without
// this script the text is there to select, and loading the page again brings the latest numbers.

const COPIED_MS = 2000;
const POLL_MS = 3000;
const SLOWER_MS = 15000;

/* ---- copying -------------------------------------------------------------------------------- */

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
  const { copied = "", selected = "" } = document.documentElement.dataset;
  if (!code || !status) return;
  try {
    await navigator.clipboard.writeText(code.textContent ?? "");
    status.textContent = copied;
  } catch {
    getSelection()?.selectAllChildren(code);
    status.textContent = selected;
  }
  setTimeout(() => (status.textContent = ""), COPIED_MS);
}

/* ---- numbers that move ---------------------------------------------------------------------- */

const live = document.querySelector("[data-live]");
const note = document.querySelector("[data-fresh]");

if (live instanceof HTMLElement && note instanceof HTMLElement) watch(live, note);

/**
 * Ask for the numbers every few seconds while somebody can see them. What has not moved is not
 * sent again.
 * @param {HTMLElement} numbers
 * @param {HTMLElement} said
 */
function watch(numbers, said) {
  let timer = 0;
  let tag = numbers.dataset.tag ?? "";

  const say = (/** @type {"fresh" | "stale" | "over"} */ key) => {
    const sentence = said.dataset[key] ?? "";
    if (said.textContent != sentence) said.textContent = sentence;
  };

  const poll = async () => {
    clearTimeout(timer);
    if (document.hidden) return;
    const answer = await fetch(numbers.dataset.live ?? "", {
      headers: { "If-None-Match": tag }, cache: "no-store",
    }).catch(() => null);
    if (answer?.status == 401) return say("over");
    const html = answer?.ok ? await answer.text().catch(() => null) : null;
    if (answer && html != null) {
      tag = answer.headers.get("ETag") ?? "";
      const page = new DOMParser().parseFromString(html, "text/html");
      follow(numbers, page.body);
    }
    const known = html != null || answer?.status == 304;
    say(known ? "fresh" : "stale");
    timer = setTimeout(poll, known ? POLL_MS : SLOWER_MS);
  };

  say("fresh");
  timer = setTimeout(poll, POLL_MS);
  document.addEventListener("visibilitychange", () => void poll());
}

/**
 * Make a part of the page like a newer one and keep what the reader did to it: what is unfolded,
 * scrolled, focused or selected stays so.
 * @param {Element} old
 * @param {Element} fresh
 */
function follow(old, fresh) {
  const pairs = [...old.childNodes].map((node, index) => [node, fresh.childNodes[index]]);
  const same = old.childNodes.length == fresh.childNodes.length
    && pairs.every(([before, after]) => before?.nodeName == after?.nodeName);
  if (!same) return old.replaceChildren(...fresh.childNodes);
  for (const [before, after] of pairs) {
    if (before instanceof Element && after instanceof Element) {
      for (const { name, value } of after.attributes) {
        if (before.getAttribute(name) != value) before.setAttribute(name, value);
      }
      before.toggleAttribute("hidden", after.hasAttribute("hidden"));
      follow(before, after);
    } else if (before && after && before.nodeValue != after.nodeValue) {
      before.nodeValue = after.nodeValue;
    }
  }
}

/**
 * The other languages, without losing anything: the page is fetched anew in one and put around
 * what was typed, found and opened. Nothing typed is ever in an address. Without an answer the
 * link is followed.
 */

/** What a field is, whatever language surrounds it. */
const fieldKey = (/** @type {HTMLInputElement} */ field) => actOf(field) + field.name + field.form?.className;

const fieldsOf = (/** @type {Element} */ place) => /** @type {NodeListOf<HTMLInputElement>} */ (
  place.querySelectorAll('input:not([type=hidden]), textarea'));

/** Every field that differs from what we wrote into it: its text and whether it is ticked. */
const typedFields = () => new Map([...fieldsOf(stage)]
  .filter((field) => field.value != field.defaultValue || field.checked != field.defaultChecked)
  .map((field) => [fieldKey(field), field]));

/** Types them again. A changed message has no translation of ours any more. */
const typeAgain = (/** @type {Map<string, HTMLInputElement>} */ typedBefore) => {
  for (const field of fieldsOf(stage)) {
    const before = typedBefore.get(fieldKey(field));
    if (!before) continue;
    field.value = before.value;
    field.checked = before.checked;
    field.dataset.woven = before.dataset.woven || '';
    const gloss = field.closest('.post, .letter')?.querySelector('.gloss');
    if (gloss) gloss.textContent = '';
    if (field.name == 'text') countPost(/** @type {any} */ (field));
  }
};

/** The page behind a language link, or null when it is not ours. */
const pageIn = async (/** @type {HTMLAnchorElement} */ link) => {
  const answer = await fetch(link.href).catch(() => null);
  const text = answer?.ok ? await answer.text().catch(() => '') : '';
  const page = new DOMParser().parseFromString(text, 'text/html');
  return page.querySelector('.stage') && page;
};

/** The answer, and the thank-you, in the language that the address now asks for. */
const sayAgain = async (/** @type {boolean} */ thanked) => {
  typed.set('visit', visit);
  const found = await post('find', new URLSearchParams([...typed]));
  swap(found.html ?? question);
  const form = stage.querySelector('.count');
  if (!thanked || !form) return;
  // The visit has submitted: it is told so again, and not counted again.
  const thanks = await post('submit', new URLSearchParams({ visit, anonymous: 'yes' }));
  if (thanks.html != null) swap(thanks.html, form);
};

/** Changes the language, as the link would. */
const speak = async (/** @type {HTMLAnchorElement} */ link) => {
  const answered = !stage.querySelector('.ask') || Boolean(stage.querySelector('h2'));
  const page = answered && !typed.size ? null : await pageIn(link);
  if (!page) return location.assign(link.href);
  latest.abort();
  history.replaceState(null, '', link.href);
  document.title = page.title;
  root.lang = page.documentElement.lang;
  const { sent } = say;
  Object.assign(say, JSON.parse(page.documentElement.dataset.say || '{}'));
  opened.forEach((word, act) => opened.set(act, word == sent ? say.sent : say.opened));
  const before = typedFields();
  const thanked = Boolean(stage.querySelector('.thanks'));
  question = page.querySelector('.stage')?.innerHTML || '';
  for (const part of ['h1', '.call', '.steps', '.about', 'footer']) {
    document.querySelector(part)?.replaceWith(page.querySelector(part) || '');
  }
  if (answered) await sayAgain(thanked);
  else swap(question);
  typeAgain(before);
  if (!answered) /** @type {HTMLElement | null} */ (document.querySelector('nav a'))?.focus();
};

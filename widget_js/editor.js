/**
 * What is done to the texts: counted, swapped for another, woven with the visitor's own words,
 * copied, put into compose links. Nothing here is sent or kept.
 */

/** Shows how much of a post is used, as X counts. */
const countPost = (/** @type {HTMLTextAreaElement} */ text) => {
  const output = text.form?.querySelector('output');
  if (!output) return;
  const length = weightedLength(text.value);
  output.value = String(length);
  output.className = length > 280 ? 'over' : length >= 260 ? 'near' : '';
};

/** Replaces the text by the next of its variants, and keeps it as it is now for later. */
const shuffleText = (/** @type {Element} */ editor) => {
  const variants = editor.querySelector('template')?.content;
  const next = variants?.firstElementChild;
  const now = variants?.lastElementChild;
  if (!variants || !next || !now) return;
  const place = (/** @type {Element} */ part) => /** @type {HTMLInputElement} */ (
    editor.querySelector(`[name=${part.className}], .${part.className}`));
  for (const part of now.children) if (place(part).name) part.textContent = place(part).value;
  for (const part of next.children) {
    const field = place(part);
    if (field.name) field.value = part.textContent || '';
    else field.textContent = part.textContent;
    if (field.name == 'text') countPost(/** @type {any} */ (field));
  }
  variants.append(next);
  const mine = /** @type {HTMLTextAreaElement | null} */ (editor.querySelector('[name=mine]'));
  if (mine) {
    mine.dataset.woven = '';
    weaveText(editor, mine);
  }
};

/**
 * Puts the visitor's own paragraph before the last two: the ask and the sign-off. Once they have
 * changed it in the letter itself, it is theirs to place.
 */
const weaveText = (/** @type {Element} */ editor, /** @type {HTMLTextAreaElement} */ mine) => {
  const body = /** @type {HTMLTextAreaElement} */ (editor.querySelector('[name=body]'));
  const paragraphs = body.value.split('\n\n');
  const woven = paragraphs.lastIndexOf(mine.dataset.woven || '\0');
  const text = mine.value.trim().replace(/\s*\n\s*/g, '\n');
  if (mine.dataset.woven && woven < 0) return;
  if (woven >= 0) paragraphs.splice(woven, 1);
  if (text && !paragraphs.includes(text)) paragraphs.splice(-2, 0, text);
  mine.dataset.woven = text;
  body.value = paragraphs.join('\n\n');
};

/**
 * Copies a field's text; where the browser refuses, false, and it stays selected. The old command
 * comes first because it is done before the tab that the same click opens takes the focus away.
 */
const copyText = async (/** @type {HTMLInputElement} */ field) => {
  field.select();
  return document.execCommand('copy')
    || navigator.clipboard.writeText(field.value).then(() => true, () => false);
};

/** Fills a compose link with the letter as it is now. */
const fillLink = (/** @type {HTMLAnchorElement} */ link, /** @type {Element} */ editor) => {
  const url = new URL(link.href);
  for (const part of ['subject', 'body']) {
    const field = /** @type {HTMLInputElement} */ (editor.querySelector(`[name=${part}]`));
    url.searchParams.set(link.dataset[part] || part, field.value);
  }
  url.search = url.search.replaceAll('+', '%20');
  link.href = url.href;
};

/**
 * The widget in the frame: sends the same forms the page would, with fetch, and swaps the answer
 * in. Whatever it does not handle works as plain HTML. Nothing is stored, nothing leaves before
 * the visitor asks.
 */
const root = document.documentElement;
const stage = /** @type {HTMLElement} */ (document.getElementById('stage'));
const status = /** @type {HTMLElement} */ (document.querySelector('[role=status]'));
const say = /** @type {Record<string, string>} */ (JSON.parse(root.dataset.say || '{}'));
const quiet = root.dataset.events == 'off';

/** The visit token of the latest answer, and what was opened, as "kind:legislator". */
let visit = '';
let zip = '';
const opened = new Set();

/* ---- talking to the page around ------------------------------------------------------------- */

/** The page around us, once it has spoken; frame-ancestors decided that it may. */
let host = '';
let height = 0;

const tell = (/** @type {string} */ t, detail = {}) => {
  if (host && !(quiet && /step|action|submitted/.test(t))) parent.postMessage({ v: 1, t, ...detail }, host);
};

const measure = (/** @type {string} */ t) => {
  const now = Math.ceil(document.body.getBoundingClientRect().height);
  if (t == 'ready' || Math.abs(now - height) > 1) tell(t, { h: height = now });
};

addEventListener('message', ({ source, origin, data }) => {
  if (source != parent || parent == window || data?.v != 1) return;
  if (data.t == 'host' && origin != 'null') {
    host = origin;
    root.classList.add('framed');
    measure('ready');
  }
  if (data.t == 'focus' && origin == host) stage.querySelector('input')?.focus();
});

new ResizeObserver(() => requestAnimationFrame(() => measure('height'))).observe(document.body);

new IntersectionObserver((seen, observer) => {
  if (!seen.some((entry) => entry.isIntersecting)) return;
  observer.disconnect();
  navigator.sendBeacon(address('shown'));
}).observe(stage);

/* ---- sending -------------------------------------------------------------------------------- */

const address = (/** @type {string} */ step) => new URL(step.split('?')[0] + location.search, document.baseURI).href;

const post = (/** @type {string} */ step, /** @type {URLSearchParams} */ fields, accept = 'text/html') => fetch(address(step), {
  method: 'POST', body: fields, keepalive: step == 'act', headers: { Accept: accept, 'Threesteps-Fragment': '1' },
});

const wait = (/** @type {number} */ seconds) => new Promise((resume) => setTimeout(resume, seconds * 1e3));

/** Sends a form until it is answered. The visit token makes a repeated submission count once. */
const send = async (/** @type {HTMLFormElement} */ form, /** @type {HTMLElement | null} */ button) => {
  if (form.ariaBusy) return;
  const busy = setTimeout(() => form.classList.add('busy'), 400);
  form.ariaBusy = 'true';
  complain(form, {});
  try {
    for (let tries = 1; ; tries += 1) {
      // Built each time: the text may have changed, or the visit been renewed, while we waited.
      const fields = new URLSearchParams(/** @type {any} */ (new FormData(form)));
      if (button instanceof HTMLButtonElement && button.name) fields.set(button.name, button.value);
      if (visit) fields.set('visit', visit);
      fields.set('done', [...opened].join(' '));
      const answer = await post(form.getAttribute('action') || '', fields).catch(() => null);
      if (answer?.ok) {
        visit = answer.headers.get('Threesteps-Visit') || visit;
        zip = fields.get('zip') || zip;
        swap(await answer.text(), form.matches('.count') ? form : null);
        return tell(form.dataset.event || 'step', { step: form.getAttribute('action') });
      }
      const { error, visit: renewed } = answer && answer.status < 500 ? await answer.json() : { error: null, visit: '' };
      if (renewed) visit = renewed;
      if (error && !(renewed && tries == 1)) {
        tell('error', { code: error.code });
        return complain(form, error.fields || { [error.field]: error.message }, error.message);
      }
      if (!error) await countdown(form, Math.min(2 ** tries, 30));
    }
  } finally {
    clearTimeout(busy);
    form.classList.remove('busy');
    form.ariaBusy = null;
  }
};

/** Says that nothing was saved yet and when the next try is. */
const countdown = async (/** @type {HTMLFormElement} */ form, /** @type {number} */ seconds) => {
  for (let left = seconds; left > 0; left -= 1) {
    complain(form, {}, `${say.oops} ${say.retry.replace('{seconds}', String(left))}`);
    await wait(1);
  }
};

/** Puts each message at its field and the summary at the button; no messages clears them. */
const complain = (/** @type {HTMLFormElement} */ form, /** @type {Record<string, string>} */ faults, summary = '') => {
  let first = true;
  for (const input of form.querySelectorAll('input')) {
    const fault = faults[input.name] || '';
    const note = document.getElementById(input.getAttribute('aria-describedby')?.split(' ')[0] || '');
    if (!note) continue;
    input.ariaInvalid = fault ? 'true' : null;
    note.textContent = fault;
    if (fault && first) input.focus();
    first &&= !fault;
  }
  const oops = form.querySelector('.oops');
  if (oops) oops.textContent = first ? summary : '';
  if (summary) status.textContent = summary;
};

/** Shows an answer, or the thank-you in place of its form; moves focus to its heading and says it. */
const swap = (/** @type {string} */ html, /** @type {Element | null} */ form = null) => {
  if (form) form.outerHTML = html;
  else stage.innerHTML = html;
  const heading = /** @type {HTMLElement | null} */ (stage.querySelector(form ? '.thanks h2' : 'h2'));
  for (const place of stage.querySelectorAll('[data-partner]')) place.textContent = root.dataset.partner || place.textContent;
  for (const input of stage.querySelectorAll('input')) if (input.name == 'zip') input.value ||= zip;
  opened.forEach((act) => tick(act));
  steps();
  heading?.focus();
  status.textContent = heading?.textContent || '';
};

/* ---- the three steps ------------------------------------------------------------------------ */

/** Marks what the numbers at the top say: found, tweeted, emailed. */
const steps = () => {
  const kinds = [...opened].map((act) => act.split(':')[0]);
  const done = [Boolean(stage.querySelector('.card, .thanks')), kinds.includes('tweet'), kinds.includes('email')];
  const people = new Set([...opened].map((act) => act.split(':')[1]).filter(Boolean));
  for (const place of stage.querySelectorAll('[data-opened]')) place.textContent = String(people.size);
  document.querySelectorAll('.steps li').forEach((step, n) => {
    step.classList.toggle('done', done[n]);
    step.ariaCurrent = n == done.indexOf(false) ? 'step' : null;
  });
};

const tick = (/** @type {string} */ act, word = say.opened) => {
  const place = stage.querySelector(`[data-act="${act}"]`);
  place?.classList.add('done');
  const note = place?.querySelector('.tick');
  if (note) note.textContent = word;
  const sent = /** @type {HTMLElement | null} */ (place?.querySelector('[data-do=sent]'));
  if (sent) sent.hidden = word == say.sent;
};

/** Counts an opened tweet, email, call or share, once; never blocks the opening. */
const open = (/** @type {string} */ act) => {
  const [kind, legislator] = act.split(':');
  tick(act);
  if (opened.has(act)) return;
  opened.add(act);
  steps();
  tell('action', { kind });
  post('act', new URLSearchParams({ visit, kind, legislator }), 'application/json').catch(() => opened.delete(act));
};

const count = (/** @type {HTMLTextAreaElement} */ text) => {
  const output = text.form?.querySelector('output');
  if (!output) return;
  const length = weightedLength(text.value);
  output.value = String(length);
  output.className = length > 280 ? 'over' : length >= 260 ? 'near' : '';
};

/** Replaces the text by the next of its variants. */
const shuffle = (/** @type {Element} */ editor) => {
  const variants = editor.querySelector('template')?.content;
  const next = variants?.firstElementChild;
  if (!next) return;
  variants?.append(next);
  for (const part of next.children) {
    const place = /** @type {HTMLInputElement} */ (editor.querySelector(`[name=${part.className}], .${part.className}`));
    const text = part.textContent || '';
    if (place.name) place.value = text;
    else place.textContent = text;
    if (place.name == 'text') count(/** @type {any} */ (place));
  }
  const mine = editor.querySelector('[name=mine]');
  if (mine) weave(editor, /** @type {any} */ (mine), true);
};

/** Puts the visitor's own paragraph before the last two: the ask and the sign-off. */
const weave = (/** @type {Element} */ editor, /** @type {HTMLTextAreaElement} */ mine, fresh = false) => {
  const body = /** @type {HTMLTextAreaElement} */ (editor.querySelector('[name=body]'));
  const text = mine.value.trim().replace(/\s*\n\s*/g, '\n');
  const paragraphs = body.value.split('\n\n');
  const old = fresh ? -1 : paragraphs.lastIndexOf(mine.dataset.woven || '\0');
  if (old >= 0) paragraphs.splice(old, 1);
  if (text) paragraphs.splice(-2, 0, text);
  mine.dataset.woven = text;
  body.value = paragraphs.join('\n\n');
};

/**
 * Copies the field's text; where the browser refuses, it stays selected. The old command comes
 * first because it is done before the tab that the same click opens takes the focus away.
 */
const copy = async (/** @type {HTMLInputElement} */ field, /** @type {HTMLElement} */ button) => {
  const label = button.dataset.label ||= button.textContent || '';
  field.select();
  try {
    if (!document.execCommand('copy')) await navigator.clipboard.writeText(field.value);
    button.focus();
    button.textContent = status.textContent = say.copied;
    await wait(2);
    button.textContent = label;
  } catch {
    status.textContent = say.select;
  }
};

/** Fills a compose link with the letter as it is now. */
const addressLetter = (/** @type {HTMLAnchorElement} */ link, /** @type {Element} */ editor) => {
  const url = new URL(link.href);
  for (const part of ['subject', 'body']) {
    const field = /** @type {HTMLInputElement} */ (editor.querySelector(`[name=${part}]`));
    url.searchParams.set(link.dataset[part] || part, field.value);
  }
  url.search = url.search.replaceAll('+', '%20');
  link.href = url.href;
};

/* ---- what the visitor does ------------------------------------------------------------------ */

document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.target == '_blank') return open(actOf(form));
  event.preventDefault();
  send(form, event.submitter);
});

document.addEventListener('input', ({ target }) => {
  const field = /** @type {HTMLTextAreaElement} */ (target);
  if (field.name == 'text') count(field);
  const editor = field.closest('.letter');
  if (field.name == 'mine' && editor) weave(editor, field);
});

document.addEventListener('click', (event) => {
  const pressed = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('[data-do], a'));
  if (!pressed) return;
  const editor = pressed.closest('.post, .letter, .field') || stage;
  const text = /** @type {HTMLInputElement} */ (editor.querySelector('[name=text], [name=body], [readonly]'));
  const task = pressed.dataset.do;
  if (task == 'shuffle') shuffle(editor);
  if (task == 'copy' || task == 'letter') copy(text, pressed);
  if (task == 'sent') tick(actOf(pressed), say.sent);
  if (task == 'again') {
    event.preventDefault();
    swap(question);
    stage.querySelector('input')?.focus();
  }
  if (pressed.dataset.body) addressLetter(/** @type {HTMLAnchorElement} */ (pressed), editor);
  if (pressed.matches('[data-act] a[target]')) open(actOf(pressed));
});

const actOf = (/** @type {Element} */ element) => /** @type {HTMLElement | null} */ (element.closest('[data-act]'))?.dataset.act || '';

/** The first question, to come back to. */
const question = stage.innerHTML;
root.classList.add('js');

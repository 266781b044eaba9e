/**
 * The widget in the frame: sends the same forms the page would, with fetch, and swaps the answer
 * in. Whatever it does not handle works as plain HTML. Nothing is stored, nothing leaves before
 * the visitor asks.
 */
const root = document.documentElement;
const stage = /** @type {HTMLElement} */ (document.querySelector('.stage'));
const status = /** @type {HTMLElement} */ (document.querySelector('[role=status]'));
const say = /** @type {Record<string, string>} */ (JSON.parse(root.dataset.say || '{}'));

/** The visit token of the latest answer. A page that was posted brings one. */
let visit = field('visit');
/** What was opened, as "kind:legislator", with the word that stands beside it. */
const opened = new Map(field('done').split(' ').filter(Boolean).map((act) => [act, say.opened]));
/** What was typed last, by field, to type it again into the next form. */
let typed = new Map();
/** The first question, to come back to. */
let question = stage.querySelector('.ask') ? stage.innerHTML : '';

function field(/** @type {string} */ name) {
  return /** @type {HTMLInputElement | null} */ (stage.querySelector(`[name=${name}]`))?.value || '';
}

/* ---- the page around ------------------------------------------------------------------------ */

/** The origin of the page around us, once it has spoken; frame-ancestors decided that it may. */
let host = '';
let height = 0;
let measuring = 0;

const tell = (/** @type {string} */ t, detail = {}) => {
  const quiet = root.dataset.events == 'off' && /step|action|submitted/.test(t);
  if (host && !quiet) parent.postMessage({ v: 1, t, ...detail }, host);
};

const measure = (/** @type {string} */ t) => {
  measuring = 0;
  const now = Math.ceil(document.body.getBoundingClientRect().height);
  if (t == 'ready' || Math.abs(now - height) > 1) tell(t, { h: height = now });
};

addEventListener('message', ({ source, origin, data }) => {
  if (source != parent || parent == window || data?.v != 1 || origin == 'null') return;
  if (data.t == 'host') {
    host = origin;
    measure('ready');
  }
  if (data.t == 'focus' && origin == host) {
    /** @type {HTMLElement | null} */ (stage.querySelector('.ask :is(input, .go), h2'))?.focus();
  }
});

// At most thirty times a second, and the last one always.
new ResizeObserver(() => {
  measuring ||= setTimeout(() => measure('height'), 34);
}).observe(document.body);

new IntersectionObserver((seen, observer) => {
  if (!seen.some((entry) => entry.isIntersecting)) return;
  observer.disconnect();
  // Whoever only changed the language has seen it already.
  if (!document.referrer.startsWith(`${location.origin}/w/`)) navigator.sendBeacon(address('shown'));
}).observe(stage);

/* ---- sending -------------------------------------------------------------------------------- */

/** Only the latest form may change the stage; this is its controller. */
let latest = new AbortController();
/** Ends the wait before the next try. */
let tryNow = () => {};

addEventListener('online', () => tryNow());

const address = (/** @type {string} */ step) => new URL(step + location.search, document.baseURI).href;

const wait = (/** @type {number} */ seconds) => new Promise((resume) => {
  setTimeout(resume, seconds * 1e3);
});

/**
 * Posts fields to a step. `html` is set only when the answer is truly ours; `error` only when it
 * says in our words what is wrong; neither means that nobody knows, and trying again is right.
 */
const post = async (/** @type {string} */ step, /** @type {URLSearchParams} */ fields, given = new AbortController()) => {
  const html = step != 'act';
  const attempt = new AbortController();
  const stop = () => attempt.abort();
  const deadline = setTimeout(stop, 15e3);
  given.signal.addEventListener('abort', stop);
  const answer = await fetch(address(step), {
    method: 'POST', body: fields, keepalive: !html, signal: attempt.signal,
    headers: { Accept: html ? 'text/html' : 'application/json', 'Threesteps-Fragment': '1' },
  }).catch(() => null);
  clearTimeout(deadline);
  const renewed = answer?.headers.get('Threesteps-Visit');
  if (answer?.ok && (renewed || !html)) {
    visit = renewed || visit;
    return { html: await answer.text().catch(() => null) };
  }
  const problem = await answer?.json().catch(() => null);
  visit = problem?.visit || visit;
  const passing = !problem?.error || /^(unavailable|internal|too_many)$/.test(problem.error.code);
  return {
    html: null,
    error: passing ? null : problem.error,
    challenge: problem?.challenge,
    renewed: Boolean(problem?.visit),
    seconds: Number(answer?.headers.get('Retry-After')) || 0,
  };
};

/** Sends a form until it is answered. The visit token makes a repeated submission count once. */
const send = async (/** @type {HTMLFormElement} */ form, /** @type {HTMLElement | null} */ button) => {
  if (form.getAttribute('aria-busy')) return tryNow();
  latest.abort();
  const mine = latest = new AbortController();
  const step = (form.getAttribute('action') || '').split('?')[0] || '';
  const busy = setTimeout(() => form.classList.add('busy'), 400);
  form.setAttribute('aria-busy', 'true');
  complain(form, {});
  let proof = '';
  for (let tries = 1; !mine.signal.aborted; tries += 1) {
    // Built each time: the text may have changed, or the visit been renewed, while we waited.
    const fields = new URLSearchParams(/** @type {any} */ (new FormData(form)));
    if (button instanceof HTMLButtonElement && button.name) fields.set(button.name, button.value);
    if (visit) fields.set('visit', visit);
    fields.set('done', [...opened.keys()].join(' '));
    if (proof) fields.set('proof', proof);
    if (step == 'find') typed = new Map(fields);
    if (step == 'submit') await keepBack(form, fields);
    if (mine.signal.aborted) break;
    const { html, error, challenge, renewed, seconds } = await post(step, fields, mine);
    if (mine.signal.aborted) break;
    if (html != null) {
      swap(html, step == 'submit' ? form : null);
      tell(step == 'submit' ? 'submitted' : 'step', { step });
      break;
    }
    if (error?.code == 'bad_sealed') form.dataset.seal = '';
    else if (challenge) proof = tries < 5 ? await prove(challenge) : 'none';
    else if (error && !(renewed && tries == 1)) {
      tell('error', { code: error.code });
      complain(form, error.fields || {}, step == 'submit' ? `${say.oops} ${error.message}` : error.message);
      break;
    }
    if (!error) await countdown(form, step, Math.min(Math.max(2 ** tries, seconds || 0), 30), mine.signal);
  }
  clearTimeout(busy);
  form.classList.remove('busy');
  form.removeAttribute('aria-busy');
};

/** Says that nothing was saved yet, once aloud, and counts the seconds down in sight. */
const countdown = async (/** @type {HTMLFormElement} */ form, /** @type {string} */ step, /** @type {number} */ seconds, /** @type {AbortSignal} */ signal) => {
  const oops = form.querySelector('.oops');
  const sentence = step == 'submit' ? `${say.oops} ${say.retry}` : say.retry_find;
  let left = seconds;
  tryNow = () => { left = 0; };
  status.textContent = sentence.replace('{seconds}', String(seconds));
  for (; left > 0 && !signal.aborted; left -= 1) {
    if (oops) oops.textContent = sentence.replace('{seconds}', String(left));
    await wait(1);
  }
};

/** Puts each message at its field, and what has no field at the button; no messages clears them. */
const complain = (/** @type {HTMLFormElement} */ form, /** @type {Record<string, string>} */ faults, summary = '') => {
  let first = true;
  for (const input of form.querySelectorAll('input')) {
    const fault = faults[input.name] || '';
    const note = document.getElementById(input.getAttribute('aria-describedby') || '');
    if (!note) continue;
    note.textContent = fault;
    if (fault) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
    if (fault && first) input.focus();
    first &&= !fault;
  }
  const oops = form.querySelector('.oops');
  if (oops) oops.textContent = first ? summary : '';
  status.textContent = first ? summary : '';
};

/** Shows an answer, or the thank-you in place of its form, and moves the focus to its heading. */
const swap = (/** @type {string} */ html, /** @type {Element | null} */ form = null) => {
  if (form) form.outerHTML = html;
  else stage.innerHTML = html;
  for (const place of stage.querySelectorAll('[data-partner]')) place.textContent = root.dataset.partner || place.textContent;
  for (const input of stage.querySelectorAll('input')) if (/^(zip|street)$/.test(input.name)) input.value ||= typed.get(input.name) || '';
  opened.forEach((word, act) => tick(act, word));
  steps();
  status.textContent = '';
  /** @type {HTMLElement | null} */ (stage.querySelector(form ? '.thanks h2' : 'h2'))?.focus();
};

/* ---- the three steps ------------------------------------------------------------------------ */

/** Marks what the numbers at the top say: found, tweeted, emailed. */
const steps = () => {
  const has = (/** @type {string} */ sign) => Boolean(stage.querySelector(sign));
  const done = [has('.card') && !has('.choose'), has('.done[data-act^=tweet]'), has('.done[data-act^=email]')];
  document.querySelectorAll('.steps li').forEach((step, n) => {
    step.classList.toggle('done', done[n]);
    if (n == done.indexOf(false)) step.setAttribute('aria-current', 'step');
    else step.removeAttribute('aria-current');
  });
  const people = [...stage.querySelectorAll('.card')].filter((card) => card.querySelector('.done'));
  for (const place of stage.querySelectorAll('[data-opened]')) place.textContent = String(people.length);
};

/** The act that an element is part of, as "kind:legislator". */
const actOf = (/** @type {Element} */ element) => /** @type {HTMLElement | null} */ (element.closest('[data-act]'))?.dataset.act || '';

const tick = (/** @type {string} */ act, /** @type {string} */ word) => {
  const place = stage.querySelector(`[data-act="${act}"]`);
  const note = place?.querySelector('.tick');
  const sent = /** @type {HTMLElement | null} */ (place?.querySelector('[data-do=sent]'));
  place?.classList.add('done');
  if (note) note.textContent = word;
  if (sent) sent.hidden = word == say.sent;
};

/** Counts what was opened, once; never holds the opening up. */
const open = async (/** @type {string} */ act) => {
  if (!act || opened.has(act)) return;
  const [kind = '', legislator = ''] = act.split(':');
  opened.set(act, say.opened);
  tick(act, say.opened);
  steps();
  tell('action', { kind });
  for (let tries = 0; tries < 3; tries += 1) {
    const answer = await post('act', new URLSearchParams({ visit, kind, legislator }));
    if (answer.html != null || (answer.error && !answer.renewed)) return;
    if (!answer.error) await wait(3);
  }
  opened.delete(act);
};

/** Back to the first question. After a submission the next one is another visit's. */
const again = () => {
  latest.abort();
  if (stage.querySelector('.thanks')) {
    visit = '';
    opened.clear();
  }
  swap(question);
  stage.querySelector('input')?.focus();
};

const copy = async (/** @type {HTMLInputElement} */ text, /** @type {HTMLElement} */ button) => {
  const label = button.dataset.label ||= button.textContent || '';
  const copied = await copyText(text);
  status.textContent = copied ? say.copied : say.select;
  if (!copied) return;
  button.focus();
  button.textContent = say.copied;
  await wait(2);
  button.textContent = label;
};

/* ---- what the visitor does ------------------------------------------------------------------ */

/** The button that was pressed last: older Safaris do not say which one sent a form. */
let pressed = /** @type {HTMLElement | null} */ (null);

document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.target == '_blank') return open(actOf(form));
  event.preventDefault();
  send(form, event.submitter === undefined ? pressed : event.submitter);
});

document.addEventListener('input', ({ target }) => {
  const text = /** @type {HTMLTextAreaElement} */ (target);
  const editor = text.closest('.letter');
  if (text.name == 'text') countPost(text);
  if (text.name == 'mine' && editor) weaveText(editor, text);
});

document.addEventListener('click', (event) => {
  pressed = /** @type {Element} */ (event.target).closest('button, a');
  if (!pressed) return;
  const editor = pressed.closest('.post, .letter, .field') || stage;
  const text = /** @type {HTMLInputElement} */ (editor.querySelector('[name=text], [name=body], [readonly]'));
  const task = pressed.dataset.do;
  if (task == 'shuffle') shuffleText(editor);
  if (task == 'copy') copy(text, pressed);
  if (task == 'sent') {
    opened.set(actOf(pressed), say.sent);
    tick(actOf(pressed), say.sent);
  }
  if (task == 'again' && question) {
    event.preventDefault();
    again();
  }
  const language = /** @type {HTMLAnchorElement} */ (pressed);
  if (language.hreflang && !event.metaKey && !event.ctrlKey) {
    event.preventDefault();
    speak(language);
  }
  if (pressed.dataset.body) fillLink(/** @type {HTMLAnchorElement} */ (pressed), editor);
  if (pressed.matches('[data-act] a[target]')) open(actOf(pressed));
});

opened.forEach((word, act) => tick(act, word));
root.classList.add('js');

/**
 * Keeps what a visitor typed from the server, where the campaign asks for that: name and ZIP leave
 * the browser sealed for the organiser, or not at all when nothing of them will be kept. What
 * seals, seal.js, is asked for when the form is first touched. Where it does not come or cannot
 * work, the fields go as those of a page without scripts do, and the server seals them.
 */

/** The script on its way, or there; null before, and after it failed. */
let sealer = /** @type {Promise<unknown> | null} */ (null);

/** What sealing takes; null where the campaign does not ask for it. */
const planOf = (/** @type {HTMLFormElement | null} */ form) => /** @type {SealingPlan | null} */ (
  JSON.parse(form?.dataset.seal || 'null'));

const loadSealer = (/** @type {SealingPlan} */ { src, integrity }) => sealer ||= new Promise((onload) => {
  const onerror = () => {
    sealer = null;
    onload(null);
  };
  document.head.append(Object.assign(document.createElement('script'), { src, integrity, onload, onerror }));
});

document.addEventListener('focusin', ({ target }) => {
  const plan = planOf(/** @type {Element} */ (target).closest('form'));
  if (plan) loadSealer(plan);
});

/** Five digits, or a ZIP+4's first five, as find/zipcodes.py reads them; '' for nothing, null for no ZIP. */
const zipOf = (/** @type {string} */ text) => {
  const plain = text.normalize('NFKC').trim().replace(/[\u2010\u2012-\u2014\u2212]/g, '-');
  return plain && (/^(\d{5})(-?\d{4})?$/.exec(plain)?.[1] ?? null);
};

/** What only the organiser may read, in an envelope; null when this browser cannot make one. */
const sealed = async (/** @type {SealingPlan} */ plan, /** @type {URLSearchParams} */ fields) => {
  const get = (/** @type {string} */ name) => (fields.get(name) || '').normalize('NFKC').trim();
  const personal = {
    email: get('email'),
    name: (fields.get('name') || '').replace(/\p{Cc}/gu, '').normalize('NFC').trim(),
    zip: zipOf(get('zip')) || '',
    updates: get('updates') || 'no',
    language: root.lang,
  };
  try {
    // On a bad line the form does not wait for a script for ever.
    await Promise.race([loadSealer(plan), wait(5)]);
    return await sealFields(personal, plan, visit);
  } catch {
    return null;
  }
};

/** Takes out of a form's fields what the server need not see. */
const keepBack = async (/** @type {HTMLFormElement} */ form, /** @type {URLSearchParams} */ fields) => {
  const plan = planOf(form);
  if (!plan) return;
  const anonymous = fields.has('anonymous');
  if (!anonymous && (plan.signature || fields.has('updates'))) {
    const envelope = await sealed(plan, fields);
    if (!envelope) return;
    fields.set('sealed', envelope);
  }
  // One that is no ZIP is not told either: it is complained about in the usual words.
  const wrong = !anonymous && zipOf(fields.get('zip') || '') == null;
  for (const name of ['name', 'zip', ...anonymous ? ['email'] : []]) fields.delete(name);
  if (wrong) fields.set('zip', '?');
};

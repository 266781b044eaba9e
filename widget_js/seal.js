/**
 * Seals what a visitor typed, in their own browser, for the organiser's keys alone: byte for byte
 * the envelope that widget_server/seal/ describes. It is sent behind vendor/hpke.js as one script,
 * which nobody gets before they touch the form.
 */
const sealFields = (() => {
  const suite = new hpke.CipherSuite({
    kem: new hpke.DhkemX25519HkdfSha256(), kdf: new hpke.HkdfSha256(), aead: new hpke.Aes256Gcm(),
  });
  /** Crockford's, as in the server's references. */
  const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

  const bytesOf = (/** @type {string} */ text) => new TextEncoder().encode(text);

  const random = (/** @type {number} */ length) => crypto.getRandomValues(new Uint8Array(length));

  const join = (/** @type {(ArrayBuffer | Uint8Array | number[])[]} */ ...parts) => Uint8Array.from(
    parts.flatMap((part) => [...new Uint8Array(part)]));

  const sha256 = async (/** @type {Uint8Array<ArrayBuffer>} */ bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

  const hex = (/** @type {Uint8Array} */ bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

  const toBase64 = (/** @type {Uint8Array} */ bytes) => btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

  const fromBase64 = (/** @type {string} */ text) => Uint8Array.from(
    atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));

  /** What is bound in, spelt as Python's json spells it. */
  const bound = (/** @type {unknown[]} */ ...values) => bytesOf(JSON.stringify(values).replace(
    /[\x7f-\uffff]/g, (letter) => '\\u' + letter.charCodeAt(0).toString(16).padStart(4, '0')));

  /** The content key for one recipient: suite, key id, length, HPKE. */
  const wrap = async (/** @type {Uint8Array<ArrayBuffer>} */ secret, /** @type {string} */ campaign, /** @type {[string, string]} */ [id, key]) => {
    const recipientPublicKey = await suite.kem.deserializePublicKey(fromBase64(key));
    const info = bound('threesteps.content-key', campaign, id);
    const { enc, ct } = await suite.seal({ recipientPublicKey, info }, secret);
    const name = id.match(/../g)?.map((pair) => parseInt(pair, 16)) || [];
    return join([1], name, [0, enc.byteLength + ct.byteLength], enc, ct);
  };

  /** As store/visits.py names a visit in the submissions. */
  const visitKey = async (/** @type {string} */ campaign, /** @type {string} */ visit) => toBase64(
    (await sha256(bytesOf(`threesteps.submissions\0${campaign}\0${visit}`))).slice(0, 18));

  /** As submit.py makes it. */
  const reference = async (/** @type {string} */ campaign, /** @type {string} */ visit) => {
    const digest = await sha256(bytesOf(`threesteps.reference\0${campaign}\0${visit}`));
    const bits = [...digest.slice(0, 5)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    const text = bits.match(/.{5}/g)?.map((five) => digits[parseInt(five, 2)]).join('') || '';
    return `${text.slice(0, 4)}-${text.slice(4)}`;
  };

  /** The fields as JSON, filled up so that their length tells nothing. */
  const padded = (/** @type {Record<string, string>} */ fields) => {
    const text = bytesOf(JSON.stringify(fields));
    return join(text, new Array(-text.length & 1023).fill(32));
  };

  return async (/** @type {Record<string, string>} */ fields, /** @type {SealingPlan} */ { campaign, consent, keys }, /** @type {string} */ token) => {
    const payload = new TextDecoder().decode(fromBase64(token.split('.')[0] || ''));
    const [visit, , , , state, district] = JSON.parse(payload);
    const secret = random(32), nonce = random(12);
    const wrapped = join([2], ...await Promise.all(keys.map((key) => wrap(secret, campaign, key))));
    const additionalData = bound('threesteps.envelope', campaign, await visitKey(campaign, visit),
      await reference(campaign, visit), consent, hex((await sha256(wrapped)).slice(0, 16)));
    const key = await crypto.subtle.importKey('raw', secret, 'AES-GCM', false, ['encrypt']);
    const body = padded({ ...fields, state: state || '', district: district || '' });
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData }, key, body);
    return `${toBase64(wrapped)}.${toBase64(join(nonce, sealed))}`;
  };
})();

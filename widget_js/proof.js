/**
 * Does the work that a challenge asks for: tries one number after the other until the key that
 * follows from it begins as it should. The browser derives the keys itself, several at once,
 * beside the page. Nobody gets this script before it is needed.
 */
const AT_ONCE = 8;

const bytesOf = (/** @type {string} */ hex) => Uint8Array.from(hex.match(/../g) || [], (pair) => parseInt(pair, 16));

const hexOf = (/** @type {ArrayBuffer} */ bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The key that follows from a number, as altcha 2 derives it. */
const derive = async (/** @type {Work} */ { nonce, salt, cost, keyLength }, /** @type {number} */ counter) => {
  const password = Uint8Array.from([...bytesOf(nonce), 0, 0, 0, 0]);
  new DataView(password.buffer).setUint32(password.length - 4, counter);
  const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOf(salt), iterations: cost };
  return hexOf(await crypto.subtle.deriveBits(how, key, keyLength * 8));
};

export const solve = async (/** @type {Challenge} */ { parameters, signature }) => {
  for (let start = 0; ; start += AT_ONCE) {
    const numbers = Array.from({ length: AT_ONCE }, (_, n) => start + n);
    const keys = await Promise.all(numbers.map((counter) => derive(parameters, counter)));
    const found = keys.findIndex((key) => key.startsWith(parameters.keyPrefix));
    const solution = { counter: start + found, derivedKey: keys[found] };
    if (found >= 0) return btoa(JSON.stringify({ challenge: { parameters, signature }, solution }));
  }
};

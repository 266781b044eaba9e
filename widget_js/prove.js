/**
 * Shows the work that is asked of suspicious traffic, which nobody who is honest notices. What does
 * it, proof.js, is fetched then. Where it cannot be done the server is told so, takes the form all
 * the same, and somebody looks at it before it counts.
 */
const prove = async (/** @type {Challenge} */ challenge) => {
  try {
    return await (await import(challenge.src)).solve(challenge);
  } catch {
    return 'none';
  }
};

// Comparing secrets without telling by the time how much of a guess was right.
const encoder = new TextEncoder();

/** Whether two texts are equal: both are hashed under a random key, so that neither length nor prefix shows. */
export async function isSame(given: string, expected: string): Promise<boolean> {
  const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
  const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(expected));
  return crypto.subtle.verify('HMAC', key, signature, encoder.encode(given));
}

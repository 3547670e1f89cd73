// Meta's signature: HMAC-SHA256 of the raw bytes under the app secret, as `sha256=<64 hex digits>`.
const encoder = new TextEncoder();

function readHex(header: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = /^sha256=([0-9a-f]{64})$/i.exec(header)?.[1]?.match(/../g);
  return bytes ? Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)) : undefined;
}

/** Checked by WebCrypto, which compares in constant time. A missing or misshapen header is a wrong one. */
export async function isSigned(
  body: BufferSource,
  header: string | undefined,
  appSecret: string,
): Promise<boolean> {
  const signature = readHex(header ?? '');
  if (!signature || appSecret === '') return false;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(appSecret), algorithm, false, ['verify']);
  return crypto.subtle.verify('HMAC', key, signature, body);
}

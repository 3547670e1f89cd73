// Webhook bodies as Meta writes and signs them.
import { createHmac } from 'node:crypto';

/** JSON with every non-ASCII character as \uXXXX in lower case and slashes escaped: what Meta sends, and what it signs. */
export function escapePayload(payload: unknown): string {
  return JSON.stringify(payload)
    .replaceAll('/', '\\/')
    .replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Value of `X-Hub-Signature-256`: HMAC-SHA256 of the raw bytes under the app secret. */
export const signBody = (body: string, appSecret: string): string =>
  `sha256=${createHmac('sha256', appSecret).update(body, 'utf8').digest('hex')}`;

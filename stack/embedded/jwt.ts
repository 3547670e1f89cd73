import { verify } from 'hono/jwt';

/** Who may call a function whose verify_jwt is on: the bearer of a token that our own auth signed. */
export async function hasValidToken(request: Request, jwtSecret: string): Promise<boolean> {
  if (request.method === 'OPTIONS') return true; // a browser's preflight carries no token
  const token = /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (token === undefined) return false;
  try {
    await verify(token, jwtSecret, 'HS256');
    return true;
  } catch {
    return false; // forged, expired or no token at all: the answer is the same
  }
}

const ANYWHERE = 'http://dashboard.invalid';

/** The path to go on to after signing in; "/" for anything that would leave the dashboard. */
export function ownPath(next: string | null): string {
  if (!next?.startsWith('/')) return '/';
  const url = URL.parse(next, ANYWHERE);
  return url?.origin === ANYWHERE ? url.pathname + url.search : '/';
}

import type { PostgresConnection } from '@supabase/lite/postgres';

/** Which refusals lite answers with status 500 and no code, and with which status PostgREST does. */
const STATUSES: [state: RegExp, status: number][] = [
  // A broken constraint; lite itself knows unique and foreign keys, and what may not be null.
  [/^23(?!50[235])/, 400],
  // raise exception, without and with a code of PL/pgSQL.
  [/^P0001$/, 400],
  [/^P0/, 500],
];

/**
 * A refusal is answered as PostgREST does, with its SQLSTATE and its sentence, which the dashboard tells people by. For that
 * lite is handed it in the form in which SQL chooses an answer by itself: raise sqlstate 'PGRST'.
 */
export function tellRefusals(connection: PostgresConnection): void {
  const normalize = connection.normalizeDbError.bind(connection);
  connection.normalizeDbError = (error) => {
    const known = normalize(error);
    const { code, message, detail, hint } = known as Record<string, unknown>;
    const status = STATUSES.find(([state]) => typeof code === 'string' && state.test(code))?.[1];
    if (status === undefined) return known;
    return {
      code: 'PGRST',
      message: JSON.stringify({ code, message, details: detail ?? null, hint: hint ?? null }),
      detail: JSON.stringify({ status, headers: {} }),
      cause: known,
    };
  };
}

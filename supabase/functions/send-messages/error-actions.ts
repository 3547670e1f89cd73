// Meta's error codes and what each means for the message, its member, its template and the number.
// https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes, May 2026.
export interface ErrorAction {
  /** Every Graph error is a no: the message did not go out, so trying again is safe. Whether it is wise, this says. */
  outcome: 'retry' | 'final';
  /**
   * Beyond the message: leave the member alone for a day, or never write to them again, stop the template, stop the number until a
   * person looks or slow it down, hold the member's 24 hours for over. `outbox.error_action` says the same of what comes later.
   */
  action: 'none' | 'rest' | 'suppress' | 'stop_template' | 'stop_number' | 'slow_down' | 'close_window';
  retryAfterSeconds?: number | ((attempt: number) => number);
  /** Fewer tries than the outbox would give. */
  mostAttempts?: number;
}

const PASSING: ErrorAction = { outcome: 'retry', action: 'none', mostAttempts: 3 };
const SLOW_DOWN: ErrorAction = { outcome: 'retry', action: 'none', retryAfterSeconds: 120 };
const GIVE_UP: ErrorAction = { outcome: 'final', action: 'none' };
const REST: ErrorAction = { outcome: 'final', action: 'rest' };
/** One message in 6 seconds to one member: 4^X seconds, as Meta asks. */
const WAIT_FOR_MEMBER: ErrorAction = {
  outcome: 'retry',
  action: 'none',
  retryAfterSeconds: (attempt) => 4 ** Math.min(attempt - 1, 5),
};
const SUPPRESS: ErrorAction = { outcome: 'final', action: 'suppress' };
const STOP_TEMPLATE: ErrorAction = { outcome: 'final', action: 'stop_template' };
/** The 24 hours since the member wrote were over: what was approved is void, and planned anew as a template. */
const CLOSE_WINDOW: ErrorAction = { outcome: 'final', action: 'close_window' };
/** The number is at fault, not the message: it keeps its place and goes out, checked again, once a person resumed. */
const STOP_NUMBER: ErrorAction = { outcome: 'retry', action: 'stop_number' };

const byCode = (action: ErrorAction, codes: number[]): [number, ErrorAction][] =>
  codes.map((code) => [code, action]);

const ACTIONS = new Map<number, ErrorAction>([
  // Unknown or temporary trouble at Meta.
  ...byCode(PASSING, [1, 2, 131000, 131016, 131057, 133004]),
  // Too fast: the app, the account, the number, or one member.
  ...byCode(SLOW_DOWN, [4, 80007]),
  ...byCode({ outcome: 'retry', action: 'slow_down', retryAfterSeconds: 10 }, [130429]),
  ...byCode(WAIT_FOR_MEMBER, [131056]),
  // This member, now: the cap on marketing per person, an experiment of Meta's. Trying again is what Meta punishes.
  ...byCode(REST, [131049, 130472]),
  // This member, for good: said no, is not on WhatsApp, lives where we may not write.
  ...byCode(SUPPRESS, [131050, 131026, 130497]),
  // This request is wrong, and would be wrong again.
  ...byCode(GIVE_UP, [33, 100, 131008, 131009, 131021, 131051, 131062, 135000]),
  ...byCode(CLOSE_WINDOW, [131047]),
  // This template in this language: not as we know it, paused, disabled.
  ...byCode(STOP_TEMPLATE, [132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018, 132068, 132069]),
  // This number or account: limits for spam or quality, name, payment, lock, token, permission, registration.
  ...byCode(
    STOP_NUMBER,
    [0, 3, 10, 190, 368, 2500, 131005, 131031, 131037, 131042, 131045, 131048, 131063, 131064],
  ),
]);

/** Code 100 with this subcode: the number or account id does not exist, so no message of ours can be right. */
const NO_SUCH_OBJECT = 33;

/** The codes we know by name. */
export const KNOWN_CODES: readonly number[] = [...ACTIONS.keys()];

const isBetween = (code: number, low: number, high: number) => code >= low && code <= high;

export function actionOf(code: number, subcode: number | undefined, httpStatus: number): ErrorAction {
  if (code === 100 && subcode === NO_SUCH_OBJECT) return STOP_NUMBER;
  const known = ACTIONS.get(code);
  if (known) return known;
  if (isBetween(code, 200, 299) || isBetween(code, 133000, 133016)) return STOP_NUMBER;
  return httpStatus >= 500 ? PASSING : GIVE_UP;
}

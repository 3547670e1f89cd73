/** Why WhatsApp did not take a message, and what a person can do, by Meta's error code. */
interface Cause {
  cause: string;
  cure: string;
}

const UNREACHABLE: Cause = {
  cause: 'WhatsApp cannot reach this phone.',
  cure: 'The member may have no WhatsApp, or an old one. Ask for another number; sending again seldom helps.',
};
const ENOUGH: Cause = {
  cause: 'WhatsApp kept it back: the member gets enough marketing from all senders already.',
  cure: 'Wait a day at least. Sending again at once is what WhatsApp punishes.',
};
const SAID_NO: Cause = {
  cause: 'The member stopped marketing in WhatsApp.',
  cure: 'Nothing to do: they are not written to any more.',
};
const TEMPLATE: Cause = {
  cause: 'The template is not as WhatsApp has it, or WhatsApp stopped it.',
  cure: 'Look at the settings, under Templates. Send again once it can be sent.',
};
const ACCESS: Cause = {
  cause: 'WhatsApp did not let us in: the access token is wrong, or was withdrawn.',
  cure: 'Whoever runs Regulars renews the token. Then send again.',
};
const ACCOUNT: Cause = {
  cause: 'WhatsApp has stopped the club’s number or account.',
  cure: 'Look into Meta’s Business Manager. Send again once the number is free.',
};
const PAYMENT: Cause = {
  cause: 'Meta could not charge the club’s account.',
  cure: 'Put the payment right in Meta’s Business Manager. Then send again.',
};
const TOO_FAST: Cause = {
  cause: 'WhatsApp asked to send more slowly, six times over.',
  cure: 'Send again: it goes out at a slower pace.',
};
const PASSING: Cause = {
  cause: 'WhatsApp had a fault of its own, and kept having it.',
  cure: 'Send again.',
};
const OURS: Cause = {
  cause: 'WhatsApp did not understand the message.',
  cure: 'Tell whoever runs Regulars the error code: sending again comes to the same until it is mended.',
};
const WINDOW: Cause = {
  cause: 'The 24 hours after the member wrote were over.',
  cure: 'Answer with a template instead, from the conversation.',
};

const byCode = (cause: Cause, codes: number[]): [number, Cause][] => codes.map((code) => [code, cause]);

const CAUSES = new Map<number, Cause>([
  ...byCode(PASSING, [1, 2, 131000, 131016, 131057, 133004]),
  ...byCode(TOO_FAST, [4, 80007, 130429, 131056]),
  ...byCode(ENOUGH, [131049, 130472]),
  ...byCode(SAID_NO, [131050]),
  ...byCode(UNREACHABLE, [131026, 130497]),
  ...byCode(WINDOW, [131047]),
  ...byCode(TEMPLATE, [132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018, 132068, 132069]),
  ...byCode(ACCESS, [0, 3, 10, 190, 2500, 131005]),
  ...byCode(PAYMENT, [131042]),
  ...byCode(ACCOUNT, [368, 131031, 131037, 131045, 131048, 131063, 131064]),
]);

const UNKNOWN: Cause = {
  cause: 'It did not go out.',
  cure: 'Read what was said below, and send again once the cause is gone.',
};

export function errorWords(code: number | null): Cause {
  if (code === null) return UNKNOWN;
  const known = CAUSES.get(code);
  if (known) return known;
  if (code >= 200 && code <= 299) return ACCESS;
  return code >= 133000 && code <= 133016 ? ACCOUNT : OURS;
}

// What a button carries in its callback data. Telegram keeps 64 bytes of it, for as long as the message lives.
export const LARGEST_CALLBACK_DATA = 64;

/** By the letters that the data begins with. Once written into a chat they mean this for ever. */
const CARD_ACTIONS = {
  a: 'approve',
  r: 'reasons',
  rw: 'wording',
  rp: 'wrong_person',
  rt: 'wrong_time',
  rn: 'never_this_person',
  e: 'edit',
  s: 'snooze',
  s1: 'snooze_1_hour',
  s3: 'snooze_3_hours',
  sm: 'snooze_tomorrow',
  b: 'back',
} as const;
const DIGEST_ACTIONS = { da: 'approve_all', do: 'one_by_one' } as const;
const VERDICTS = { jg: 'good', jb: 'bad' } as const;
const ORDERS = {
  cp: { kind: 'pause' },
  cr: { kind: 'resume' },
  cm: { kind: 'mode', mode: 'moderation' },
  cn: { kind: 'mode', mode: 'notification' },
} as const;

export type CardAction = (typeof CARD_ACTIONS)[keyof typeof CARD_ACTIONS];

export interface CardButton {
  kind: 'card';
  action: CardAction;
  draftId: string;
  /** The wording that the card showed. */
  version: number;
}

export interface DigestButton {
  kind: 'digest';
  action: (typeof DIGEST_ACTIONS)[keyof typeof DIGEST_ACTIONS];
  clubId: number;
  digestId: number;
  version: number;
}

/** Under a message that went out by itself. */
export interface JudgeButton {
  kind: 'judge';
  verdict: (typeof VERDICTS)[keyof typeof VERDICTS];
  draftId: string;
}

export type CommandButton = { clubId: number } & (typeof ORDERS)[keyof typeof ORDERS];

export type Button = CardButton | DigestButton | JudgeButton | CommandButton;

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** No larger than a JavaScript number holds exactly. */
const ID = '[1-9]\\d{0,14}';
const VERSION = '[1-9]\\d{0,8}';
const CARD = new RegExp(`^([a-z0-9]{1,2}):(${UUID}):(${VERSION})$`);
const DIGEST = new RegExp(`^([a-z]{2}):(${ID}):(${ID}):(${VERSION})$`);
const JUDGE = new RegExp(`^([a-z]{2}):(${UUID})$`);
const COMMAND = new RegExp(`^([a-z]{2}):(${ID})$`);

function letterOf(letters: Record<string, string>, meaning: string): string {
  const letter = Object.keys(letters).find((known) => letters[known] === meaning);
  if (letter === undefined)
    throw new Error(`No button means "${meaning}": add it to the letters of its kind.`);
  return letter;
}

/** Undefined also for what every object has, such as "constructor". */
const meaningOf = <Meaning>(letters: Record<string, Meaning>, letter: string): Meaning | undefined =>
  Object.hasOwn(letters, letter) ? letters[letter] : undefined;

export function toCallbackData(button: Button): string {
  switch (button.kind) {
    case 'card':
      return `${letterOf(CARD_ACTIONS, button.action)}:${button.draftId}:${button.version}`;
    case 'digest':
      return `${letterOf(DIGEST_ACTIONS, button.action)}:${button.clubId}:${button.digestId}:${button.version}`;
    case 'judge':
      return `${letterOf(VERDICTS, button.verdict)}:${button.draftId}`;
    case 'pause':
      return `cp:${button.clubId}`;
    case 'resume':
      return `cr:${button.clubId}`;
    case 'mode':
      return `${button.mode === 'moderation' ? 'cm' : 'cn'}:${button.clubId}`;
  }
}

function readCard(data: string): CardButton | undefined {
  const [, letter = '', draftId = '', version] = CARD.exec(data) ?? [];
  const action = meaningOf<CardAction>(CARD_ACTIONS, letter);
  return action && { kind: 'card', action, draftId, version: Number(version) };
}

function readDigest(data: string): DigestButton | undefined {
  const [, letter = '', clubId, digestId, version] = DIGEST.exec(data) ?? [];
  const action = meaningOf<DigestButton['action']>(DIGEST_ACTIONS, letter);
  return (
    action && {
      kind: 'digest',
      action,
      clubId: Number(clubId),
      digestId: Number(digestId),
      version: Number(version),
    }
  );
}

function readJudge(data: string): JudgeButton | undefined {
  const [, letter = '', draftId = ''] = JUDGE.exec(data) ?? [];
  const verdict = meaningOf<JudgeButton['verdict']>(VERDICTS, letter);
  return verdict && { kind: 'judge', verdict, draftId };
}

function readCommand(data: string): CommandButton | undefined {
  const [, letter = '', clubId] = COMMAND.exec(data) ?? [];
  const order = meaningOf<(typeof ORDERS)[keyof typeof ORDERS]>(ORDERS, letter);
  return order && { ...order, clubId: Number(clubId) };
}

/** Undefined for anything we did not write: buttons live for ever, and may be older than this code. */
export const readCallbackData = (data: string): Button | undefined =>
  readCard(data) ?? readDigest(data) ?? readJudge(data) ?? readCommand(data);

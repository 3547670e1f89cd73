import { error, fail } from '@sveltejs/kit';
import { NOW } from '#lib/freshness.ts';
import {
  changeModerationLanguage,
  languageForm,
  personForm,
  readModerationLanguage,
  readTelegramLinks,
  startTelegramLink,
  unlinkTelegram,
} from '#lib/server/db/telegram-links.ts';
import { accountOf, CODE_MINUTES } from '#lib/telegram-links.ts';
import type { LinkCode } from '#lib/telegram-links.ts';
import { frame } from '#lib/words/frame.ts';
import type { Told } from '#lib/words/messages.ts';
import { telegramWords as words } from '#lib/words/telegram.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api }, params: { club }, depends }) => {
  depends(NOW);
  const [links, language] = await Promise.all([
    readTelegramLinks(api, club),
    readModerationLanguage(api, club),
  ]);
  const me = links.find(({ is_me }) => is_me);
  if (!me || language === null) error(404, frame.notFound.title);
  return { links, me, language };
};

/** What a person is told; a code is told once, and kept nowhere. */
interface Outcome extends Told {
  link?: LinkCode;
}

const refused = (text: string) => fail<Outcome>(400, { tone: 'error', text });
const done = (text: string, link?: LinkCode) => ({ tone: 'success', text, ...(link && { link }) }) as Outcome;

export const actions: Actions = {
  start: async ({ locals: { api }, params }) => {
    const clubId = Number(params.club);
    const me = (await readTelegramLinks(api, clubId)).find(({ is_me }) => is_me);
    const code = await startTelegramLink(api, clubId);
    if (typeof code !== 'string') return refused(code.refusal);
    const expiresAt = new Date(Date.now() + CODE_MINUTES * 60_000).toISOString();
    return done(words.code.made, { code, expiresAt, replaces: me ? accountOf(me) : null });
  },
  unlink: async ({ request, locals, params }) => {
    const form = personForm.safeParse(Object.fromEntries(await request.formData()));
    if (!form.success) return refused(words.invalid);
    const outcome = await unlinkTelegram(locals.api, Number(params.club), form.data.person);
    if (typeof outcome !== 'boolean') return refused(outcome.refusal);
    return done(outcome ? words.people.unlinked : words.people.same);
  },
  language: async ({ request, locals, params }) => {
    const form = languageForm.safeParse(Object.fromEntries(await request.formData()));
    if (!form.success) return refused(words.invalid);
    const refusal = await changeModerationLanguage(locals.api, Number(params.club), form.data.language);
    return refusal ? refused(refusal.refusal) : done(words.language.saved);
  },
};

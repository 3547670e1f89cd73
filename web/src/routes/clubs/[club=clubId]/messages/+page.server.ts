import { error, fail } from '@sveltejs/kit';
import { NOW } from '#lib/freshness.ts';
import { messageFilter } from '#lib/message-filter.ts';
import { decideDraft, decisionForm } from '#lib/server/db/decisions.ts';
import { readWaitingDrafts } from '#lib/server/db/drafts.ts';
import { parseMessageKey } from '#lib/server/db/message-key.ts';
import { readMessages } from '#lib/server/db/messages.ts';
import { phoneText } from '#lib/server/phone.ts';
import { decisionWords, messages as words } from '#lib/words/messages.ts';
import type { Told } from '#lib/words/messages.ts';
import type { Actions, PageServerLoad } from './$types';

const DRAFTS_SHOWN = 50;
const PAGE_SIZE = 25;

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
  depends(NOW);
  const filter = messageFilter(url.searchParams.get('show'));
  const before = parseMessageKey(url.searchParams.get('before'));
  const [drafts, history] = await Promise.all([
    readWaitingDrafts(locals.api, params.club, DRAFTS_SHOWN),
    readMessages(locals.api, params.club, { filter, before, limit: PAGE_SIZE }),
  ]);
  return {
    drafts,
    filter,
    isFirstPage: before === null,
    older: history.older,
    messages: history.messages.map((message) => ({ ...message, phoneText: phoneText(message.phone) })),
    me: locals.user?.id ?? '',
  };
};

export const actions: Actions = {
  decide: async ({ request, locals, params }) => {
    const form = decisionForm.safeParse(Object.fromEntries(await request.formData()));
    if (!form.success) return fail<Told>(400, { tone: 'error', text: words.invalid });
    // The route's matcher has made it a number; an action's type does not know.
    const clubId = Number(params.club);
    if (!Number.isSafeInteger(clubId)) error(404);
    const decided = await decideDraft(locals.api, clubId, form.data);
    if (!decided) return fail<Told>(403, { tone: 'error', text: words.notAllowed });
    return decisionWords(decided);
  },
};

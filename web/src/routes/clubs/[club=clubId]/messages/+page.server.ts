import { error, fail } from '@sveltejs/kit';
import { z } from 'zod';
import { decisionForm } from '#lib/decision-form.ts';
import { NOW } from '#lib/freshness.ts';
import { messageFilter } from '#lib/message-filter.ts';
import type { MessageFilter } from '#lib/message-filter.ts';
import { decideDraft } from '#lib/server/db/decisions.ts';
import { readWaitingDraft, readWaitingDrafts } from '#lib/server/db/drafts.ts';
import { parseMessageKey } from '#lib/server/db/message-key.ts';
import type { MessageKey } from '#lib/server/db/message-key.ts';
import { readMessages } from '#lib/server/db/messages.ts';
import { readRejectedDrafts } from '#lib/server/db/rejected-drafts.ts';
import { phoneText } from '#lib/server/phone.ts';
import type { Api } from '#lib/server/supabase.ts';
import { decisionWords, messages as words } from '#lib/words/messages.ts';
import type { Told } from '#lib/words/messages.ts';
import type { Actions, PageServerLoad } from './$types';

const DRAFTS_SHOWN = 50;
const PAGE_SIZE = 25;

/** The waiting drafts, with the one that a link asks for among them; what was asked for and waits no more is `gone`. */
async function readDrafts(api: Api, clubId: number, wanted: string | null) {
  const drafts = await readWaitingDrafts(api, clubId, DRAFTS_SHOWN);
  const { success, data: draftId } = z.uuid().safeParse(wanted);
  if (!success || drafts.some((draft) => draft.draft_id === draftId)) return { drafts, isGone: false };
  const draft = await readWaitingDraft(api, clubId, draftId);
  return draft ? { drafts: [draft, ...drafts], isGone: false } : { drafts, isGone: true };
}

async function readHistory(api: Api, clubId: number, filter: MessageFilter, before: MessageKey | null) {
  if (filter === 'rejected') {
    const page = await readRejectedDrafts(api, clubId, { before, limit: PAGE_SIZE });
    return { ...page, messages: [] };
  }
  const { messages, older } = await readMessages(api, clubId, { filter, before, limit: PAGE_SIZE });
  const shown = messages.map((message) => ({ ...message, phoneText: phoneText(message.phone) }));
  return { messages: shown, older, rejected: [] };
}

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
  depends(NOW);
  const filter = messageFilter(url.searchParams.get('show'));
  const before = parseMessageKey(url.searchParams.get('before'));
  const [waiting, history] = await Promise.all([
    readDrafts(locals.api, params.club, url.searchParams.get('draft')),
    readHistory(locals.api, params.club, filter, before),
  ]);
  return { ...waiting, ...history, filter, isFirstPage: before === null, me: locals.user?.id ?? '' };
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

import { conversationFilter } from '#lib/conversation.ts';
import { NOW } from '#lib/freshness.ts';
import { readConversations } from '#lib/server/db/conversations.ts';
import type { PageServerLoad } from './$types';

const SHOWN = 200;

export const load: PageServerLoad = async ({ locals: { api }, params: { club }, url, depends }) => {
  depends(NOW);
  const filter = conversationFilter(url.searchParams.get('show'));
  return { filter, ...(await readConversations(api, club, filter, SHOWN)) };
};

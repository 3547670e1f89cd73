import type { SubmitFunction } from '$app/forms';
import { toast } from 'svelte-sonner';
import { messages } from '#lib/words/messages.ts';
import type { Told } from '#lib/words/messages.ts';

/** For `use:enhance`: tells what came of a form as a toast, and holds its button while it is on its way. */
export const tellOutcome: SubmitFunction<Told, Told> = ({ submitter }) => {
  submitter?.setAttribute('aria-busy', 'true');
  submitter?.setAttribute('disabled', '');
  return async ({ result, update }) => {
    if ((result.type === 'success' || result.type === 'failure') && result.data) {
      toast[result.data.tone](result.data.text);
    } else if (result.type === 'error') {
      toast.error(messages.failed);
    }
    if (result.type !== 'error') await update({ reset: false });
    submitter?.removeAttribute('aria-busy');
    submitter?.removeAttribute('disabled');
  };
};

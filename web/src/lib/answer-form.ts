import { z } from 'zod';

const words = z.string().trim();

/** `answer` is one id for each form shown, so that a form sent twice is one answer. */
export const answerForm = z.object({ answer: z.uuid(), message: words.min(1).max(4096) });

export const templateForm = z.object({
  answer: z.uuid(),
  message: words.max(1024).default(''),
  template: z
    .string()
    .regex(/^[a-z0-9_]+\/[A-Za-z_]+$/)
    .transform((key) => {
      const [name, language] = key.split('/') as [string, string];
      return { name, language };
    }),
});

export const wishForm = z.object({ wish: z.enum(['stop', 'keep']) });

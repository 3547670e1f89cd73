// The templates of a WhatsApp Business Account: the whole list, and submitting a new one.
import { z } from 'zod';
import type { StarterTemplate } from '../../../shared/starter-templates/starter-template.ts';
import { EXAMPLE_CLUB } from '../../../shared/starter-templates/starter-template.ts';
import type { Graph } from '../_shared/graph.ts';
import { listedTemplate } from './template-mirror.ts';
import type { ListedTemplate } from './template-mirror.ts';

const FIELDS =
  'id,name,status,category,correct_category,language,components,quality_score,parameter_format,rejected_reason,last_updated_time';
const PAGE = '100';
/** 6,000 templates are the most an account can have. */
const MOST_PAGES = 100;

const page = z.looseObject({
  data: z.array(listedTemplate),
  paging: z
    .looseObject({
      cursors: z.looseObject({ after: z.string().optional() }).optional(),
      next: z.string().optional(),
    })
    .optional(),
});

const submitted = z.looseObject({ id: z.string(), status: z.string() });

export interface AccountTemplates {
  /** Every page, or an error: never a part. */
  list(): Promise<ListedTemplate[]>;
  submit(template: StarterTemplate): Promise<void>;
}

/** What Meta wants to know of a new template. */
export function toDefinition(template: StarterTemplate) {
  const examples = { club: EXAMPLE_CLUB, message: template.exampleMessage };
  return {
    name: template.name,
    language: template.language,
    category: 'MARKETING',
    parameter_format: 'NAMED',
    components: [
      {
        type: 'BODY',
        text: template.body,
        example: {
          body_text_named_params: Object.entries(examples).map(([param_name, example]) => ({
            param_name,
            example,
          })),
        },
      },
      { type: 'FOOTER', text: template.footer },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: template.optOutButton }] },
    ],
  };
}

export function createAccountTemplates(graph: Graph, businessAccountId: string): AccountTemplates {
  const path = `${businessAccountId}/message_templates`;
  return {
    async list() {
      const templates: ListedTemplate[] = [];
      let after: string | undefined;
      for (let number = 1; number <= MOST_PAGES; number += 1) {
        const answer = await graph.get(
          path,
          { fields: FIELDS, limit: PAGE, ...(after ? { after } : {}) },
          page,
        );
        templates.push(...answer.data);
        after = answer.paging?.cursors?.after;
        if (!answer.paging?.next || !after) return templates;
      }
      throw new Error(`The list of templates did not end after ${MOST_PAGES} pages.`);
    },
    async submit(template) {
      await graph.post(path, toDefinition(template), submitted);
    },
  };
}

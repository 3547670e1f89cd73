// `npm run eval -- drafts`: five scenarios × five languages × ten synthetic members, drafted with the product's own prompt and checks.
// Against the sandbox, or against Claude when ANTHROPIC_API_KEY is set. The texts and figures are kept in results/ and compared with
// those that were kept there before. It fails only when a text was kept that a check refuses.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createClaude } from '../../supabase/functions/draft-messages/claude.ts';
import { costMicroUsd } from '../../supabase/functions/draft-messages/prices.ts';
import { PROMPT_VERSION } from '../../supabase/functions/draft-messages/prompt.ts';
import { ANTHROPIC_API_KEY, openOutsideServices } from '../functions/outside-services.ts';
import { evaluate } from './drafts/evaluate.ts';
import type { Evaluated } from './drafts/evaluate.ts';
import { tasksOf } from './drafts/members.ts';
import { figuresBy, figuresOf, passRates } from './drafts/report.ts';
import type { Figures } from './drafts/report.ts';

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    model: { type: 'string', default: process.env['ANTHROPIC_MODEL'] ?? 'claude-haiku-5-5' },
    members: { type: 'string', default: '10' },
  },
});
const members = Number(values.members);
if (!Number.isInteger(members) || members < 1 || members > 100) {
  console.error(`--members takes a whole number from 1 to 100, not "${values.members}".`);
  process.exit(1);
}
/** As many as an edge function asks at once. */
const AT_ONCE = 5;

const tasks = tasksOf(members);
const key = process.env['ANTHROPIC_API_KEY'];
const outside = key ? null : await openOutsideServices(() => new Date());
const claude = createClaude({
  apiKey: key ?? ANTHROPIC_API_KEY,
  model: values.model,
  baseURL: outside ? `${outside.root}/claude` : process.env['ANTHROPIC_BASE_URL'],
});
const where = outside ? 'sandbox' : 'claude';
const cost = (tasks.length * costMicroUsd(values.model, { input_tokens: 1600, output_tokens: 120 })) / 1e6;
console.log(
  outside
    ? `${tasks.length} drafts by the sandbox, which stands in for ${values.model}: the figures say how prompt, checks and code work together, nothing about Claude.`
    : `${tasks.length} drafts by ${values.model}, about $${cost.toFixed(2)}.`,
);

const drafts: Evaluated[] = [];
const waiting = tasks.values();
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (const task of waiting) drafts.push(await evaluate(claude, task));
  }),
);
await outside?.close();
const placeOf = ({ scenario, language, member }: Evaluated) =>
  tasks.findIndex(
    (task) => task.scenario === scenario && task.language === language && task.member === member,
  );
drafts.sort((one, other) => placeOf(one) - placeOf(other));

const whole = figuresOf(drafts);
const results = {
  where,
  model: values.model,
  prompt_version: PROMPT_VERSION,
  members,
  figures: whole,
  pass_rates: passRates(drafts),
  by_language: figuresBy(drafts, 'language'),
  by_scenario: figuresBy(drafts, 'scenario'),
  drafts: drafts.map(({ scenario, language, member, form, source, message, tries, usage }) => ({
    scenario,
    language,
    member,
    form,
    source,
    message,
    failed: tries.flat(),
    ...(usage.fallback_reason ? { fallback_reason: usage.fallback_reason } : {}),
  })),
};

console.table({ ...results.by_language, ...results.by_scenario, all: whole });
console.log('Share of all tries that pass each check:');
console.table(results.pass_rates);

const file = fileURLToPath(new URL(`./results/drafts-${where}-${values.model}.json`, import.meta.url));
if (existsSync(file)) {
  const before = JSON.parse(readFileSync(file, 'utf8')) as { prompt_version: string; figures: Figures };
  console.log(`Against what was kept before (prompt ${before.prompt_version}):`);
  console.table(
    Object.fromEntries(
      Object.entries(whole).map(([name, now]) => {
        const then = before.figures[name as keyof Figures];
        return [name, { then, now, change: Number((now - then).toFixed(4)) }];
      }),
    ),
  );
}
// How long the sandbox takes says nothing: without it the file changes only when the texts do.
const timeless = (figures: Figures): Figures => ({ ...figures, latency_median_ms: 0, latency_p95_ms: 0 });
const timelessly = (part: Record<string, Figures>) =>
  Object.fromEntries(Object.entries(part).map(([name, figures]) => [name, timeless(figures)]));
const kept = outside
  ? {
      ...results,
      figures: timeless(whole),
      by_language: timelessly(results.by_language),
      by_scenario: timelessly(results.by_scenario),
    }
  : results;
writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
console.log(`Kept, with every text: ${file}`);

const wrong = drafts.filter(({ isWronglyKept }) => isWronglyKept);
if (wrong.length > 0) {
  console.error(`${wrong.length} texts were kept although a check refuses them:`, wrong.slice(0, 5));
  process.exit(1);
}

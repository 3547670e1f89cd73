import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { REPO } from '../../../stack/embedded/paths.ts';
import { inputWords } from '../../../web/src/lib/words/segment.ts';

/** What the rules ask for, read off the files that define them. */
function asked(): Record<string, number> {
  const folder = join(REPO, 'supabase/migrations');
  const rules = readdirSync(folder)
    .filter((file) => /_segments_/.test(file))
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').match(/p_holds => \$\$[^$]*\$\$/g) ?? []);
  expect(rules).toHaveLength(8);
  const names = rules.flatMap((rule) => [...rule.matchAll(/\b(?:client|club)\.([a-z0-9_]+)/g)]);
  return Object.fromEntries(names.map(([, name]) => [name!, 1]));
}

test('everything a rule looks at has words', () => {
  const inputs = asked();
  const { facts, thresholds } = inputWords(inputs, 'CZK');
  const labels = [...facts, ...thresholds].map(({ label }) => label);
  expect(labels).toHaveLength(Object.keys(inputs).length);
  expect(labels.filter((label) => label.includes('_'))).toEqual([]);
});

test('what a rule looked at reads as a person would say it, the person first', () => {
  const inputs = {
    vip_threshold_minor: 1_250_000,
    has_membership: false,
    cadence_days: 3.5,
    ltv_minor: null,
    new_fact: 2,
  };
  expect(inputWords(inputs, 'CZK')).toEqual({
    facts: [
      { label: 'Usual gap between visits, in days', text: '3.5' },
      { label: 'Ever had a membership', text: 'no' },
      { label: 'Paid in all', text: 'none' },
      { label: 'new_fact', text: '2' },
    ],
    thresholds: [{ label: 'VIP from', text: expect.stringMatching(/^CZK\s12,500$/) }],
  });
});

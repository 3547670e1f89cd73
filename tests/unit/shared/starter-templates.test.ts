import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../shared/draft-checks/draft.ts';
import { EXAMPLE_CLUB } from '../../../shared/starter-templates/starter-template.ts';
import { STARTER_TEMPLATES } from '../../../shared/starter-templates/starter-templates.ts';
import { parseNewTemplate } from '../../../stack/sandbox/whatsapp/template-rules.ts';
import { toDefinition } from '../../../supabase/functions/sync-templates/account-templates.ts';

const SCENARIOS = ['birthday', 'milestone', 'pt_dropout', 'last_chance', 'reactivation'];

const lengthOf = (text: string) => [...text].length;
const fill = (body: string, club: string, message: string) =>
  body.replace('{{club}}', club).replace('{{message}}', message);

/** The mark of a commercial communication, and the word that opts out. */
const FOOTERS = {
  cs: /Obchodní sdělení.*STOP/,
  uk: /Рекламне повідомлення.*СТОП/,
  ru: /Рекламное сообщение.*СТОП/,
  en: /Commercial message.*STOP/,
  bg: /Търговско съобщение.*СТОП/,
};
/** Letters that only the other languages have. */
const FOREIGN = { cs: /[Ѐ-ӿ]/, uk: /[ыэъё]/i, ru: /[іїєґ]/i, en: /[Ѐ-ӿ]|[ěščřžýáíéůú]/i, bg: /[ыэёіїєґ]/i };

describe('The starter set', () => {
  it('has a template for every scenario in every language, under the name of the scenario', () => {
    const expected = SCENARIOS.flatMap((scenario) =>
      LANGUAGES.map((language) => `${scenario}_v1/${language}`),
    );
    expect(STARTER_TEMPLATES.map(({ name, language }) => `${name}/${language}`).toSorted()).toEqual(
      expected.toSorted(),
    );
  });

  it('says the same thing twice nowhere', () => {
    expect(new Set(STARTER_TEMPLATES.map(({ body }) => body)).size).toBe(STARTER_TEMPLATES.length);
    expect(new Set(STARTER_TEMPLATES.map(({ exampleMessage }) => exampleMessage)).size).toBe(
      STARTER_TEMPLATES.length,
    );
  });
});

describe.each(STARTER_TEMPLATES)('$name in $language', (template) => {
  const { language, body, footer, optOutButton, exampleMessage } = template;

  it('neither opens nor ends with a variable, and no two touch', () => {
    expect(body).not.toMatch(/^\s*\{\{|\}\}\s*$|\}\}\s*\{\{/);
    expect(body.replaceAll(/\{\{\w+\}\}/g, '')).not.toMatch(/[{}]/);
  });

  it('names the club and carries one message, in one line', () => {
    expect([...body.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name)).toEqual(['club', 'message']);
    expect(body).not.toMatch(/[\n\r\t]| {2}/);
  });

  it('fits when the message is as long as it may be and the club’s name is long', () => {
    expect(lengthOf(fill(body, 'x'.repeat(100), 'x'.repeat(200)))).toBeLessThanOrEqual(1024);
  });

  it('is marked as a commercial communication and says how to opt out', () => {
    expect(footer).toMatch(FOOTERS[language]);
    expect(footer).not.toMatch(/\{\{|\n/);
    expect(lengthOf(footer)).toBeLessThanOrEqual(60);
    expect(optOutButton).not.toMatch(/\{\{|\n/);
    expect(lengthOf(optOutButton)).toBeLessThanOrEqual(25);
  });

  it('has an example of one line that names, counts and promises nothing', () => {
    expect(lengthOf(exampleMessage)).toBeLessThanOrEqual(200);
    expect(exampleMessage).not.toMatch(/[\n\r\t]| {2}|^\s|\s$/);
    expect(exampleMessage).not.toMatch(/\d|%|\{\{/);
    expect(exampleMessage).not.toContain(EXAMPLE_CLUB);
  });

  it('is written in its own language throughout', () => {
    const words = body.replaceAll(/\{\{\w+\}\}/g, '') + exampleMessage + optOutButton;
    expect(words).not.toMatch(FOREIGN[language]);
    expect(/[Ѐ-ӿ]/.test(words)).toBe(['uk', 'ru', 'bg'].includes(language));
  });

  it('is one that Meta’s rules let in', () => {
    const definition = toDefinition(template);
    expect(parseNewTemplate(definition)).toEqual(definition);
  });
});

import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import postgres from 'postgres';

const dashboard = process.env.REGULARS_DASHBOARD ?? '';
const CLUB = `${dashboard}/clubs/1`;
const VOICE = `${CLUB}/settings/voice`;

async function signIn(page: Page, role: string): Promise<void> {
  await page.goto(`${dashboard}/login`);
  await page.getByLabel('E-mail').fill(`${role}@demo.regulars.local`);
  await page.getByLabel('Password').fill('regulars-demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(CLUB);
}

async function withoutJavaScript(browser: Browser, role: string): Promise<Page> {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await signIn(page, role);
  return page;
}

/** What a trial must leave as it was: versions of the voice, and what is on its way in words that it tried. */
async function traces(): Promise<Record<string, unknown>> {
  const sql = postgres(process.env.REGULARS_DATABASE ?? '', { max: 1, onnotice: () => {} });
  const [row] = await sql`
    select
      (select max(version) from campaigns.voices) as voice,
      (select count(*)::int from campaigns.draft_versions where rendered like '%Petr and the team%') as drafts,
      (select count(*)::int from outbox.messages where rendered like '%Petr and the team%') as messages`;
  await sql.end();
  return row!;
}

const messages = (page: Page) =>
  page.getByRole('region', { name: 'What they would read' }).getByRole('figure');

test('a voice is tried on three members before it is saved, then saved, and its history says what changed', async ({
  page,
}) => {
  await signIn(page, 'owner');
  await page.goto(`${CLUB}/settings/thresholds`);
  await page.getByRole('link', { name: 'Voice' }).click();
  await expect(page).toHaveURL(VOICE);
  const before = await traces();
  await page.getByLabel('Tone').fill('Like an old friend, and never loud.');
  await page.getByLabel('Signature').fill('Petr and the team, +420 777 123 456');
  await page.getByLabel('Scenario').selectOption({ label: 'Reactivation' });
  await page.getByLabel('Form').selectOption('free_text');
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page).toHaveURL(/\?trial=\d+#trial$/);
  await expect(messages(page)).toHaveCount(3, { timeout: 60_000 });
  for (const message of await messages(page).all()) await expect(message).toContainText('Petr and the team');
  const shown = page.getByRole('region', { name: 'What they would read' }).getByRole('listitem');
  await expect(shown.filter({ hasText: /Written by Claude|Standard text/ }).first()).toBeVisible();
  await shown.getByText('What it was made of').first().click();
  await expect(shown.getByText(/^Days since the last visit: \d+$/).first()).toBeVisible();
  // Nothing of it was saved or planned, and what was typed is still there.
  expect(await traces()).toEqual(before);
  await expect(page.getByLabel('Tone')).toHaveValue('Like an old friend, and never loud.');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/^Saved as version \d+\./)).toBeVisible();
  const newest = page.getByRole('region', { name: 'History' }).getByRole('listitem').first();
  await expect(newest).toContainText('Holds now');
  await expect(newest).toContainText('Saved by you');
  await expect(newest).toContainText('Petr and the team, +420 777 123 456');
  await expect(newest).not.toContainText('Opening hours');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('This is what is saved already.')).toBeVisible();
});

test('a voice that can not be gets its sentence and stays in its fields; so does one that came too late', async ({
  browser,
  page,
}) => {
  await signIn(page, 'operator');
  await page.goto(VOICE);
  const tone = page.getByLabel('Tone');
  const saved = await tone.inputValue();
  await tone.fill('Warm, {first_name}!');
  for (const [button, title] of [
    ['Save', 'Nothing was saved'],
    ['Try it', 'It was not tried'],
  ] as const) {
    await page.getByRole('button', { name: button }).click();
    await expect(page.getByRole('alert').filter({ hasText: title })).toContainText(
      'The tone holds a curly bracket',
    );
    await expect(tone).toHaveValue('Warm, {first_name}!');
  }
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  const other = await (await browser.newContext()).newPage();
  await signIn(other, 'owner');
  await other.goto(VOICE);
  await other.getByLabel('Opening hours').fill('Every day 6:00–22:00');
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(other.getByText(/^Saved as version \d+\./)).toBeVisible();
  await other.context().close();

  await tone.fill('Warm and short.');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Nothing was saved' })).toContainText(
    'Somebody saved another voice while you wrote yours',
  );
  await expect(tone).toHaveValue('Warm and short.');
  await page.reload();
  await expect(tone).toHaveValue(saved);
});

test('without JavaScript a try is waited for, keeps what was typed, and a mistake is told', async ({
  browser,
}) => {
  const page = await withoutJavaScript(browser, 'owner');
  await page.goto(VOICE);
  await page.getByLabel('Tone').fill('Plain words.');
  await page.getByLabel('Scenario').selectOption({ label: 'Reactivation' });
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page).toHaveURL(/\?trial=\d+#trial$/);
  await expect(page.getByLabel('Tone')).toHaveValue('Plain words.');
  await expect(messages(page)).toHaveCount(3, { timeout: 60_000 });
  await expect(page.getByLabel('Tone')).toHaveValue('Plain words.');

  await page.getByLabel('Forbidden words').fill('x');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toContainText('The forbidden word “x” is too short');
  await expect(page.getByLabel('Tone')).toHaveValue('Plain words.');
  await page.context().close();
});

test('who may not change the voice reads it, and the doors behind the buttons stay shut', async ({
  browser,
}) => {
  for (const role of ['moderator', 'analyst']) {
    const page = await (await browser.newContext()).newPage();
    await signIn(page, role);
    await page.goto(VOICE);
    await expect(page.getByText('An owner or operator changes it and tries it out.')).toBeVisible();
    await expect(page.getByRole('region', { name: 'History' })).toContainText('What every club begins with.');
    await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
    for (const action of ['save', 'try']) {
      const answer = await page.request.post(`${VOICE}?/${action}`, {
        headers: { origin: dashboard, accept: 'text/html' },
        form: { tone: 'Mine.', version: '1', scenario: 'reactivation', language: '', form: 'template' },
      });
      expect(await answer.text()).toContain('Only an owner or operator of the club may');
    }
    await page.context().close();
  }
});

for (const { colorScheme, width } of [
  { colorScheme: 'light', width: 390 },
  { colorScheme: 'dark', width: 1280 },
] as const) {
  test(`the voice is accessible and fits, ${colorScheme} at ${width} px`, async ({ browser }) => {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height: 844 },
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    const heard: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') heard.push(message.text());
    });
    page.on('pageerror', (error) => heard.push(error.message));
    await signIn(page, 'owner');
    for (const path of [VOICE, `${VOICE}?trial=1`]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect((await new AxeBuilder({ page }).analyze()).violations, path).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(
        width,
      );
    }
    expect(heard).toEqual([]);
    await context.close();
  });
}

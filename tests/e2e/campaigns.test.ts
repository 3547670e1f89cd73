import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';

const dashboard = process.env.REGULARS_DASHBOARD ?? '';
const CLUB = `${dashboard}/clubs/1`;
const CAMPAIGNS = `${CLUB}/campaigns`;

/** One line for each language of the starter templates. */
const LINES: Record<string, string> = {
  Czech: 'Od pondělí máme otevřeno už od šesti ráno.',
  Ukrainian: 'З понеділка ми відчинені вже з шостої ранку.',
  Russian: 'С понедельника мы открыты уже с шести утра.',
  English: 'From Monday on we are open from six in the morning.',
  Bulgarian: 'От понеделник отваряме още в шест сутринта.',
};

async function signIn(page: Page, role: string): Promise<void> {
  await page.goto(`${dashboard}/login`);
  await page.getByLabel('E-mail').fill(`${role}@demo.regulars.local`);
  await page.getByLabel('Password').fill('regulars-demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(CLUB);
}

test('a one-off campaign says what it lacks, starts when it lacks nothing, and can be stopped', async ({
  page,
}) => {
  await signIn(page, 'owner');
  await page.getByRole('link', { name: 'Campaigns' }).first().click();
  await expect(page).toHaveURL(CAMPAIGNS);
  await page.getByRole('link', { name: 'New campaign' }).click();
  await page.getByLabel('Name').fill('Longer hours');
  await page.getByLabel('Segment').selectOption({ label: 'Lost Clients' });
  await page.getByRole('button', { name: 'Create draft' }).click();
  await expect(page).toHaveURL(/\/campaigns\/\d+$/);

  await expect(page.getByRole('heading', { name: 'Missing before it can start' })).toBeVisible();
  await expect(page.getByText('Start…')).toHaveCount(0);
  await page.getByLabel('Template').selectOption('reactivation_v1');
  for (const [language, line] of Object.entries(LINES))
    await page.getByLabel(`Message in ${language}`).fill(line);
  await expect(page.getByText('Nothing is missing: it can start.')).toBeVisible();
  await expect(page.getByRole('figure', { name: 'As a member reads it in English' })).toContainText(
    LINES.English!,
  );
  const scan = await new AxeBuilder({ page }).analyze();
  expect(scan.violations).toEqual([]);

  await page.getByText('Start…').click();
  await page.getByRole('button', { name: 'Start now' }).click();
  await expect(page.getByText('Running', { exact: true })).toBeVisible();
  await page.getByText('Stop…').click();
  await page.getByLabel('Why').fill('The hours changed again.');
  await page.getByRole('button', { name: 'Stop now' }).click();
  await expect(page.getByText('Stopped', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('The hours changed again.')).toBeVisible();
});

test('a scenario shows who would get it and why others would not, and is switched off and on', async ({
  page,
}) => {
  await signIn(page, 'owner');
  await page.goto(`${CAMPAIGNS}/scenarios/reactivation`);
  await expect(page.getByText(/\d+ clients?: the member is in the control group/)).toBeVisible();
  await expect(page.getByText('Not enough data yet').first()).toBeVisible();
  await page.getByRole('button', { name: 'Replay the last 12 months' }).click();
  await expect(page.getByText('Not replayed yet.')).toHaveCount(0);

  await page.goto(`${CLUB}/settings/delivery`);
  await page.getByRole('button', { name: 'Switch Birthday off' }).click();
  await expect(page.getByRole('button', { name: 'Switch Birthday on' })).toBeVisible();
  await page.goto(`${CAMPAIGNS}/scenarios/birthday`);
  await expect(page.getByText('Switched off')).toBeVisible();
  await page.goto(`${CLUB}/settings/delivery`);
  await page.getByRole('button', { name: 'Switch Birthday on' }).click();
  await expect(page.getByRole('button', { name: 'Switch Birthday off' })).toBeVisible();
});

test('every starter template is approved, and the effect has its people behind it', async ({ page }) => {
  await signIn(page, 'owner');
  await page.goto(`${CLUB}/settings/templates`);
  await expect(page.getByText('25 of 25 can be sent')).toBeVisible();
  await page.goto(`${CAMPAIGNS}/effect?of=reactivation`);
  await expect(page.getByRole('heading', { name: 'The people behind it' })).toBeVisible();
  await expect(page.getByText('Control group').first()).toBeVisible();
});

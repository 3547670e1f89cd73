import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import postgres from 'postgres';

const dashboard = process.env.REGULARS_DASHBOARD ?? '';
const CLUB = `${dashboard}/clubs/1`;
const THRESHOLDS = `${CLUB}/settings/thresholds`;
const DO_NOT_WAKE = `${CLUB}/settings/do-not-wake`;

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

/** How many are in a segment, as the page says it. */
async function sizeOf(page: Page, segment: string): Promise<number> {
  await page.goto(`${CLUB}/segments`);
  const row = page
    .getByRole('region', { name: 'Who is where today' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: segment }) });
  return Number((await row.getByText(/^[\d,]+ members?$/).innerText()).replace(/[^\d]/g, ''));
}

test('the segments lead from the overview to their members, each with a reason', async ({ page }) => {
  await signIn(page, 'owner');
  await page.getByRole('link', { name: 'Segments' }).click();
  await expect(page).toHaveURL(`${CLUB}/segments`);
  const sizes = page.getByRole('region', { name: 'Who is where today' });
  await expect(sizes.getByRole('heading', { level: 3 })).toHaveCount(8);
  await expect(sizes.getByText(/^No segment: [\d,]+\.$/)).toBeVisible();
  await expect(sizes.getByText(/is known since/)).toBeVisible();

  await sizes.getByRole('link', { name: 'At Risk' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'At Risk' })).toBeVisible();
  const members = page.getByRole('table', { name: 'Who is in it' }).getByRole('row');
  const first = members.nth(1);
  await expect(first.getByRole('cell').first()).toContainText(/days ago|visits in the last 30 days/);
  await expect(first.getByRole('cell').nth(2)).toContainText(/%|one visit only|–/);
  await expect(page.getByText(/^1 to \d+ of \d+ members, by name$/)).toBeVisible();
});

test('the page about a client asks all eight rules and says which one applies', async ({ page }) => {
  await signIn(page, 'owner');
  await page.goto(`${CLUB}/segments/at_risk`);
  const member = page.getByRole('table', { name: 'Who is in it' }).getByRole('row').nth(1).getByRole('link');
  const name = await member.innerText();
  await member.click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  const rules = page.getByRole('list', { name: 'What else could apply' }).getByRole('listitem');
  await expect(rules).toHaveCount(8);
  await expect(rules.filter({ hasText: 'Applies' })).toHaveCount(1);
  await expect(rules.filter({ hasText: 'Applies' })).toContainText('At Risk');
  await expect(rules.first()).toContainText(/Paid in all.*VIP from/);
  await expect(page.getByText('Still coming?')).toBeVisible();
  await expect(page.getByRole('link', { name: 'At Risk' })).toHaveAttribute(
    'href',
    '/clubs/1/segments/at_risk',
  );
});

test('the people behind a number lead to their pages, and who is unknown is said to be', async ({ page }) => {
  await signIn(page, 'owner');
  await page.goto(`${CLUB}/metrics/active_30d`);
  await page.getByRole('region', { name: 'The list of people' }).getByRole('link').first().click();
  await expect(page).toHaveURL(/\/clubs\/1\/clients\/\d+$/);
  await expect(page.getByRole('heading', { name: 'What else could apply' })).toBeVisible();

  const answer = await page.goto(`${CLUB}/clients/999999999`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByText('Nobody is known by this number.')).toBeVisible();
  await page.goto(`${CLUB}/segments/happy`);
  await expect(page.getByText('No segment is called “happy”')).toBeVisible();
});

test('who moved where is told by week', async ({ page }) => {
  await signIn(page, 'owner');
  await page.goto(`${CLUB}/segments`);
  const weeks = page.getByRole('navigation', { name: 'Week' });
  await expect(weeks.getByRole('link')).toHaveCount(8);
  await expect(page.getByRole('region', { name: 'How long clients stay' }).getByRole('row')).not.toHaveCount(
    0,
  );
  await weeks.getByRole('link').nth(2).click();
  await expect(page).toHaveURL(/\?week=\d{4}-\d\d-\d\d#flow$/);
  await expect(weeks.getByRole('link').nth(2)).toHaveAttribute('aria-current', 'true');
});

test('a preview shows who would move and saves nothing; saving moves them', async ({ page }) => {
  await signIn(page, 'owner');
  const before = await sizeOf(page, 'At Risk');
  await page.goto(THRESHOLDS);
  const field = page.getByLabel('At risk from');
  const saved = await field.inputValue();
  await field.fill('10');
  await page.getByRole('button', { name: 'Preview' }).click();
  const foreseen = page.getByText(/^[\d,]+ of [\d,]+ clients would move\. Nothing is saved yet\.$/);
  await expect(foreseen).toBeVisible();
  const moving = Number((await foreseen.innerText()).split(' ')[0]!.replace(',', ''));
  expect(moving).toBeGreaterThan(0);
  await expect(field).toHaveValue('10');
  const table = page.getByRole('region', { name: /^Who would move/ });
  await expect(table.getByRole('columnheader', { name: 'At Risk' })).toBeVisible();
  await expect(table.getByRole('row').last().getByRole('cell').last()).toHaveText(String(moving));
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  expect(await sizeOf(page, 'At Risk')).toBe(before);

  await page.goto(THRESHOLDS);
  await expect(field).toHaveValue(saved);
  await field.fill('10');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(`Saved. ${moving} clients moved.`)).toBeVisible();
  await expect(field).toHaveValue('10');
  expect(await sizeOf(page, 'At Risk')).toBeGreaterThan(before);

  await page.goto(THRESHOLDS);
  await field.fill(saved);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/^Saved\. /)).toBeVisible();
  expect(await sizeOf(page, 'At Risk')).toBe(before);
});

test('a bad value gets its sentence, keeps what was typed, and saves nothing', async ({ browser, page }) => {
  await signIn(page, 'operator');
  await page.goto(THRESHOLDS);
  const field = page.getByLabel('At risk from');
  const saved = await field.inputValue();
  for (const [value, sentence] of [
    ['61', /going silent/i],
    ['-3', /^Nothing was saved At risk must/],
    ['soon', '“At risk from” is no number: soon'],
  ] as const) {
    await field.fill(value);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'Nothing was saved' })).toContainText(sentence);
    await expect(field).toHaveValue(value);
  }
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.reload();
  await expect(field).toHaveValue(saved);

  const plain = await withoutJavaScript(browser, 'owner');
  await plain.goto(THRESHOLDS);
  await plain.getByLabel('At risk from').fill('61');
  await plain.getByRole('button', { name: 'Preview' }).click();
  await expect(plain.getByRole('alert')).toContainText(/going silent/i);
  await expect(plain.getByLabel('At risk from')).toHaveValue('61');
  await plain.getByLabel('At risk from').fill('10');
  await plain.getByRole('button', { name: 'Preview' }).click();
  await expect(plain.getByText(/would move\. Nothing is saved yet\./)).toBeVisible();
  await plain.context().close();
});

test('an operator says which memberships renew themselves, and which scenario writes to their holders', async ({
  page,
}) => {
  await signIn(page, 'operator');
  await page.goto(DO_NOT_WAKE);
  const scenario = page.getByRole('row').filter({ hasText: 'Reactivation' });
  await expect(scenario).toContainText('Leaves them out');
  await scenario.getByRole('button', { name: 'Reactivation: write to them' }).click();
  await expect(scenario).toContainText('Writes to them');
  await scenario.getByRole('button', { name: 'Reactivation: leave them out' }).click();
  await expect(scenario).toContainText('Leaves them out');

  const types = page.getByRole('table', { name: 'Which memberships renew themselves' });
  const monthly = types.getByRole('row').filter({ hasText: /Měsíční členství\s*for/ });
  await monthly.getByRole('button', { name: 'Měsíční členství: it renews itself' }).click();
  await expect(monthly).toContainText('set by a person');
  const flagged = page.getByRole('region', { name: 'Who they are' });
  await expect(flagged).toContainText(
    /last visit \d+ days ago, and the membership “Měsíční členství” renews itself/,
  );
  await flagged.getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 3, name: 'Do not wake' })).toBeVisible();

  await page.goto(DO_NOT_WAKE);
  await monthly.getByRole('button', { name: 'Měsíční členství: it ends' }).click();
  await expect(monthly).toContainText('Ends');
  await expect(flagged).not.toContainText('“Měsíční členství”');
  await expect(flagged).toContainText('“Měsíční členství s automatickým obnovením”');
});

test('who may not change settings reads them and is offered no button', async ({ browser }) => {
  for (const role of ['moderator', 'analyst']) {
    const page = await (await browser.newContext()).newPage();
    await signIn(page, role);
    for (const path of [THRESHOLDS, DO_NOT_WAKE]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
      await expect(page.getByText('Only an owner or operator of the club may change these.')).toBeVisible();
      await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
    }
    // Nor does the door behind the button open for them.
    const answer = await page.request.post(`${THRESHOLDS}?/save`, {
      headers: { origin: dashboard, accept: 'text/html' },
      form: { 'was.at_risk_min_days': '21', at_risk_min_days: '10' },
    });
    expect(await answer.text()).toContain('Only an owner or operator of the club may change its thresholds.');
    await page.context().close();
  }
});

for (const { colorScheme, width } of [
  { colorScheme: 'light', width: 390 },
  { colorScheme: 'dark', width: 1280 },
] as const) {
  test(`every page of the segments is accessible and fits, ${colorScheme} at ${width} px`, async ({
    browser,
  }) => {
    const sql = postgres(process.env.REGULARS_DATABASE ?? '', { max: 1, onnotice: () => {} });
    const [client] = await sql<{ client_id: string }[]>`
      select min(client_id) as client_id from segments.client_segments where club_id = 1 and segment = 'vip'`;
    await sql.end();
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
    for (const path of [
      `${CLUB}/segments`,
      `${CLUB}/segments/regular`,
      `${CLUB}/segments/bg-nbd`,
      `${CLUB}/clients/${client!.client_id}`,
      THRESHOLDS,
      DO_NOT_WAKE,
    ]) {
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

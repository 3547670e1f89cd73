import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';

const dashboard = process.env.REGULARS_DASHBOARD ?? '';
const PASSWORD = 'regulars-demo';

async function signIn(page: Page, role: string, next = ''): Promise<void> {
  await page.goto(`${dashboard}/login${next}`);
  await page.getByLabel('E-mail').fill(`${role}@demo.regulars.local`);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** What a browser complains about: scripts or styles the security policy refuses, errors nobody caught. */
function complaints(page: Page): string[] {
  const heard: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(message.text());
  });
  page.on('pageerror', (error) => heard.push(error.message));
  return heard;
}

test('whoever is not signed in is asked to, and comes back to where they wanted to go', async ({ page }) => {
  await page.goto(`${dashboard}/clubs/1/messages?show=sent`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.getByLabel('E-mail').fill('owner@demo.regulars.local');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${dashboard}/clubs/1/messages?show=sent`);
});

test('signing in never leads off the dashboard', async ({ page }) => {
  await signIn(page, 'owner', '?next=//evil.example/');
  await expect(page).toHaveURL(`${dashboard}/clubs/1`);
});

test('an unknown address and a wrong password get the same answer', async ({ page }) => {
  const answers: (string | null)[] = [];
  for (const email of ['owner@demo.regulars.local', 'nobody@demo.regulars.local']) {
    await page.goto(`${dashboard}/login`);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill('not-the-password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).not.toBeEmpty();
    answers.push(await page.getByRole('alert').textContent());
  }
  expect(answers[0]).toContain('do not belong together');
  expect(answers[1]).toBe(answers[0]);
});

test('the session is in a cookie that scripts cannot read and that lasts seven days at most', async ({
  page,
}) => {
  await signIn(page, 'owner');
  await expect(page).toHaveURL(`${dashboard}/clubs/1`);
  const cookies = (await page.context().cookies()).filter((cookie) => cookie.name.startsWith('sb-'));
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) {
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
    expect(cookie.expires).toBeLessThanOrEqual(Date.now() / 1000 + 7 * 24 * 60 * 60);
  }
});

test('signing out ends the session', async ({ page }) => {
  await signIn(page, 'owner');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(`${dashboard}/login`);
  await page.goto(`${dashboard}/clubs/1`);
  await expect(page).toHaveURL(`${dashboard}/login?next=%2Fclubs%2F1`);
});

test('a form on another site cannot act as the person who is signed in', async ({ page }) => {
  await signIn(page, 'owner');
  await expect(page).toHaveURL(`${dashboard}/clubs/1`);
  for (const headers of [{ origin: 'https://evil.example' }, undefined]) {
    const answer = await page.request.post(`${dashboard}/logout`, {
      headers: { ...headers },
      maxRedirects: 0,
    });
    expect(answer.status()).toBe(403);
  }
});

test('pages allow no script or style but their own, and no frame around them', async ({ request }) => {
  const headers = (await request.get(`${dashboard}/login`)).headers();
  expect(headers['content-security-policy']).toMatch(/default-src 'none'.*script-src 'self' 'nonce-[^']+'/);
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['content-security-policy']).not.toContain('unsafe-inline');
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  });
});

test('the health check needs no session', async ({ request }) => {
  expect((await request.get(`${dashboard}/healthz`)).status()).toBe(200);
});

test("a club that is not one's own looks like none at all", async ({ page }) => {
  await signIn(page, 'owner');
  await expect(page).toHaveURL(`${dashboard}/clubs/1`);
  for (const path of ['/clubs/999', '/clubs/999/messages', '/clubs/none']) {
    const answer = await page.goto(dashboard + path);
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole('heading', { name: 'Nothing is here' })).toBeVisible();
  }
});

test('a number explains itself: what it means and how it is counted', async ({ page }) => {
  await signIn(page, 'owner');
  await page.getByRole('button', { name: 'About Retention, 30 days' }).click();
  const about = page.getByRole('dialog', { name: 'Retention, 30 days' });
  await expect(about.getByText('How it is counted')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(about).toBeHidden();
  await expect(page.getByRole('button', { name: 'About Retention, 30 days' })).toBeFocused();
});

test('an analyst reads the messages and has no button to decide', async ({ page }) => {
  await signIn(page, 'analyst');
  await page.getByRole('link', { name: /^Messages/ }).click();
  await expect(page.getByRole('heading', { name: 'Messages', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: /^(Approve|Reject)/ })).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    test(`every page is accessible and fits, ${colorScheme} at ${width} px`, async ({ browser }) => {
      const context = await browser.newContext({
        colorScheme,
        viewport: { width, height: 844 },
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      const heard = complaints(page);
      for (const path of ['/login', '/clubs/1', '/clubs/1/messages']) {
        if (path === '/clubs/1') {
          await signIn(page, 'owner');
          await expect(page).toHaveURL(`${dashboard}/clubs/1`);
        }
        await page.goto(dashboard + path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      }
      expect(heard).toEqual([]);
      await context.close();
    });
  }
}

import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import postgres from 'postgres';

// A member writes back, a person answers, and what gets stuck is sent again: seen from the dashboard and from the member's phone.

const dashboard = process.env.REGULARS_DASHBOARD ?? '';
const MESSAGES = `${dashboard}/clubs/1/messages`;
const whatsapp = `${process.env.REGULARS_SANDBOX ?? ''}/control/whatsapp`;

interface Member {
  name: string;
  /** Digits only, as WhatsApp writes it. */
  number: string;
}

/** Members to whom nothing was planned, and who never wrote: the phones of the others are somebody else's story. */
async function members(count: number): Promise<Member[]> {
  const sql = postgres(process.env.REGULARS_DATABASE ?? '', { max: 1, onnotice: () => {} });
  const rows = await sql<Member[]>`
    select name, substr(phone, 2) as number
    from crm.clients as client
    where club_id = 1 and deleted_at is null and phone is not null and name <> ''
      and not exists (select from campaigns.drafts as draft where draft.client_id = client.client_id)
      and not exists (select from outbox.replies as reply where reply.phone = client.phone)
      and not exists (select from crm.clients as other where other.phone = client.phone and other.client_id <> client.client_id)
    order by client_id desc limit ${count}`;
  await sql.end();
  return rows;
}

async function control(path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${whatsapp}${path}`, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`The sandbox refused ${path}: ${await answer.text()}`);
}

const reply = ({ number }: Member, text: string) => control(`/phones/${number}/reply`, { text });

/** What the club wrote to a phone, as its owner sees it. */
async function arrived({ number }: Member): Promise<string[]> {
  const phone = (await (await fetch(`${whatsapp}/phones/${number}`)).json()) as {
    messages: { direction: string; body: string; is_on_phone: boolean }[];
  };
  return phone.messages.filter((message) => message.direction === 'out').map(({ body }) => body);
}

async function signIn(page: Page, role: string, next: string): Promise<void> {
  await page.goto(`${dashboard}/login?next=${next}`);
  await page.getByLabel('E-mail').fill(`${role}@demo.regulars.local`);
  await page.getByLabel('Password').fill('regulars-demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const conversationWith = (page: Page, { name }: Member) =>
  page.getByRole('main').getByRole('listitem').getByRole('link').filter({ hasText: name });

async function isAccessible(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}

test('a member writes back, is answered, and what gets stuck is sent again', async ({ page }) => {
  const [asking, stopping] = await members(2);
  await reply(asking!, 'Are you open <b>on Sunday</b>?');
  await reply(stopping!, 'STOP');

  await signIn(page, 'operator', '/clubs/1/messages/conversations');
  const row = conversationWith(page, asking!);
  await expect(row).toContainText('Are you open <b>on Sunday</b>?');
  await expect(row).toContainText('Needs an answer');
  await isAccessible(page);
  await row.click();
  const thread = page.getByRole('region', { name: `What was written with ${asking!.name}` });
  await expect(thread).toContainText('Are you open <b>on Sunday</b>?');
  await page.getByLabel('Your answer').fill('Yes, from nine to six.');
  // Whoever is impatient sends it twice.
  await page.getByRole('button', { name: 'Send the answer' }).dblclick();
  await expect(page.getByLabel('Your answer')).toHaveValue('');
  await expect.poll(() => arrived(asking!)).toEqual(['Yes, from nine to six.']);
  await expect(page.getByText(/· Delivered|· Read/)).toBeVisible();

  await control('/faults', { kind: 'error', number: asking!.number, code: 131009 });
  await page.getByLabel('Your answer').fill('And on holidays.');
  await page.getByRole('button', { name: 'Send the answer' }).click();
  await expect(page.getByText('· Not sent')).toBeVisible();
  await page
    .getByRole('link', { name: /^Messages/ })
    .first()
    .click();
  await page.getByRole('link', { name: /^Problems/ }).click();
  await page.getByLabel(`Choose the message to ${asking!.name}`).check();
  await isAccessible(page);
  const misunderstood = page.getByRole('form', { name: 'WhatsApp did not understand the message.' });
  await misunderstood.getByRole('button', { name: 'Send the chosen again' }).click();
  await expect(page.getByText('1 message is on the way again.')).toBeVisible();
  await expect.poll(() => arrived(asking!)).toEqual(['Yes, from nine to six.', 'And on holidays.']);

  await page.goto(`${MESSAGES}/conversations`);
  await conversationWith(page, asking!).click();
  await page.getByRole('button', { name: 'Done, close the conversation' }).click();
  await expect(page.getByText('This conversation is closed.')).toBeVisible();

  // Who said stop is told once that it was heard, and waits for nobody.
  await expect.poll(async () => (await arrived(stopping!)).length).toBe(1);
  await page.goto(`${MESSAGES}/conversations`);
  await expect(conversationWith(page, stopping!)).toHaveCount(0);
});

test('an unclear wish is settled by a person, and costs are there for everybody to read', async ({
  page,
}) => {
  const [unclear] = await members(1);
  await reply(unclear!, 'please do not write to me any more');
  await signIn(page, 'owner', '/clubs/1/messages/conversations');
  const row = conversationWith(page, unclear!);
  await expect(row).toContainText('Unclear wish');
  await row.click();
  await isAccessible(page);
  await page.getByRole('button', { name: 'No, keep them' }).click();
  await expect(page.getByRole('button', { name: 'Done, close the conversation' })).toBeVisible();

  await page.goto(`${MESSAGES}/costs`);
  await expect(page.getByText('Who says so?')).toBeVisible();
  await isAccessible(page);
});

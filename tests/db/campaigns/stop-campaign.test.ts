import type { JSONValue } from 'postgres';
import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { BY, OneOff, spring } from '../one-off.ts';

const clubs = useClubs();

async function start(): Promise<OneOff> {
  const oneOff = await OneOff.start(await clubs.open());
  await oneOff.campaign.member('eva', [20, 25]);
  return oneOff;
}

describe('a campaign stopped by a person', () => {
  it('sends nothing more: what is approved and not on its way is voided', async () => {
    const oneOff = await start();
    const id = await oneOff.run();
    await oneOff.campaign.plan();
    expect(await oneOff.stop(id, ' Wrong price. ')).toBe(1);
    expect(await oneOff.read(id)).toMatchObject({
      status: 'stopped',
      stopped_by: BY,
      stopped_reason: 'Wrong price.',
    });
    expect(await oneOff.campaign.draft('eva')).toMatchObject({
      status: 'cancelled',
      decision_reason: 'switched_off',
    });
    expect(await oneOff.campaign.skip('eva')).toBe('switched_off');
    await oneOff.campaign.pass(24 * 60);
    expect(await oneOff.campaign.plan()).toMatchObject({ planned: 0 });
  });

  it('leaves the messages of other campaigns', async () => {
    const oneOff = await start();
    const first = await oneOff.run();
    const second = await oneOff.run();
    await oneOff.campaign.plan();
    expect(await oneOff.stop(second)).toBe(0);
    expect(await oneOff.campaign.draft('eva')).toMatchObject({
      status: 'approved',
      occasion: `campaign ${first}`,
    });
  });

  it('needs a reason, and to be running', async () => {
    const oneOff = await start();
    const id = await oneOff.create();
    await expect(oneOff.stop(id)).rejects.toThrow('is draft: only a running one can be stopped');
    await oneOff.launch(id);
    await expect(oneOff.stop(id, '  ')).rejects.toThrow('Say why the campaign is stopped');
    await oneOff.stop(id);
    await expect(oneOff.stop(id)).rejects.toThrow('is stopped: only a running one can be stopped');
  });

  it('waits for a planning that is under way, and voids what that wrote', async () => {
    const oneOff = await start();
    const id = await oneOff.run();
    let stopping: Promise<number> | undefined;
    let isStopped = false;
    await oneOff.sql.begin(async (planner) => {
      await planner`select campaigns.plan(${oneOff.club.id}, ${oneOff.campaign.now})`;
      stopping = oneOff.stop(id).finally(() => (isStopped = true));
      // The stop waits for a lock: only the database can say so.
      for (let asked = 0; asked < 1000; asked += 1) {
        const waiting = await oneOff.sql`
          select from pg_locks as held join pg_stat_activity as session using (pid)
          where held.locktype = 'advisory' and not held.granted and session.datname = current_database()`;
        if (waiting.length > 0) break;
      }
      expect(isStopped).toBe(false);
    });
    expect(await stopping).toBe(1);
    expect(await oneOff.campaign.draft('eva')).toMatchObject({ status: 'cancelled' });
  });
});

describe('a campaign whose template', () => {
  it.each<[Record<string, JSONValue>, string]>([
    [{ status: 'PAUSED' }, 'Meta paused it'],
    [{ status: 'REJECTED', rejected_reason: 'INVALID_FORMAT' }, 'Meta rejected it (INVALID_FORMAT)'],
    [{ status: 'DISABLED' }, 'Meta disabled it for good'],
    [{ category: 'UTILITY' }, 'Meta moved it from MARKETING to UTILITY'],
    [{ quality: 'RED' }, 'Its quality dropped to RED'],
  ])('becomes %j stops with its open messages, and says why', async (fields, words) => {
    const oneOff = await start();
    const id = await oneOff.run();
    await oneOff.campaign.plan();
    await oneOff.templates([spring('cs', fields)]);
    await oneOff.campaign.plan();
    const stopped = await oneOff.read(id);
    expect(stopped).toMatchObject({ status: 'stopped', stopped_by: 'system:templates' });
    expect(stopped.stopped_reason).toContain(
      'The template “spring_v1” can not be sent to those who speak Czech any more, and no other variant takes over: ',
    );
    expect(stopped.stopped_reason).toContain(words);
    expect(await oneOff.campaign.draft('eva')).toMatchObject({
      status: 'cancelled',
      decision_reason: 'no_template',
    });
  });

  it('is gone from Meta stops', async () => {
    const oneOff = await start();
    const id = await oneOff.run();
    await oneOff.templates([spring('uk')]);
    await oneOff.campaign.plan();
    expect((await oneOff.read(id)).stopped_reason).toContain('It was deleted at Meta');
  });

  it('has another text than was approved stops: what was approved is what is sent', async () => {
    const oneOff = await start();
    const id = await oneOff.run();
    await oneOff.templates([spring('cs', { body: 'Bye from {{club}}. {{message}}' })]);
    expect(await oneOff.campaign.plan()).toMatchObject({ planned: 0 });
    expect((await oneOff.read(id)).stopped_reason).toBe(
      'Meta shows another text of the template “spring_v1” in Czech than the one that was approved when the campaign was started.',
    );
  });

  it('is paused in one language goes on when the fallback takes over', async () => {
    const oneOff = await start();
    await oneOff.templates([spring('cs'), spring('en')]);
    const id = await oneOff.run({
      fallback_language: 'en',
      messages: { cs: 'Začínáme.', en: 'We start.' },
    });
    await oneOff.templates([spring('cs', { status: 'PAUSED' }), spring('en')]);
    expect(await oneOff.campaign.plan()).toMatchObject({ planned: 1 });
    expect(await oneOff.read(id)).toMatchObject({ status: 'running' });
  });

  it('is paused in a language that nobody of its audience speaks goes on', async () => {
    const oneOff = await start();
    await oneOff.templates([spring('cs'), spring('uk')]);
    const id = await oneOff.run();
    await oneOff.templates([spring('cs'), spring('uk', { status: 'PAUSED' })]);
    await oneOff.campaign.plan();
    expect(await oneOff.read(id)).toMatchObject({ status: 'running' });
  });
});

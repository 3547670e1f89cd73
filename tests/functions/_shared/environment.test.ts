import { describe, expect, it } from 'vitest';
import {
  bookingWebhookVariables,
  cronAccess,
  EnvironmentError,
  readEnvironment,
  supabaseAccess,
  supabaseVariables,
  telegramVariables,
  whatsappVariables,
} from '../../../supabase/functions/_shared/environment.ts';

const KEYS = '{"default":"sb_secret_of_the_service","cron":"sb_secret_of_the_schedule"}';
const SUPABASE_URL = 'https://project.example/';
const read = (variables: Record<string, string>) => readEnvironment(variables, supabaseVariables);

describe('The environment of a function', () => {
  it('fails with every missing name at once, and the cure, in one sentence', () => {
    const needed = supabaseVariables.extend({ ...telegramVariables.shape, ...whatsappVariables.shape });
    expect(() => readEnvironment({ SUPABASE_URL: '  ', WHATSAPP_TOKEN: '' }, needed)).toThrow(
      new EnvironmentError([
        'SUPABASE_URL is missing',
        'TELEGRAM_BOT_TOKEN is missing',
        'TELEGRAM_CHAT_ID is missing',
        'WHATSAPP_TOKEN is missing',
      ]),
    );
    expect(new EnvironmentError(['X is missing']).message).toContain('supabase secrets set');
  });

  it.each([
    ['WHATSAPP_TOKEN', 'short', 'too weak'],
    ['WHATSAPP_API_URL', 'graph.facebook.com', 'http'],
    ['WHATSAPP_API_VERSION', '26', 'v26.0'],
  ])('refuses %s=%s and says why, without showing a secret', (name, value, reason) => {
    const given = { WHATSAPP_TOKEN: 'long enough for a token', [name]: value };
    expect(() => readEnvironment(given, whatsappVariables)).toThrow(reason);
    if (name === 'WHATSAPP_TOKEN') expect(() => readEnvironment(given, whatsappVariables)).not.toThrow(value);
  });

  it.each([
    ['is short', 'a'.repeat(31)],
    ['would change the address', `${'a'.repeat(32)}/x`],
  ])('refuses a secret of a path that %s, without showing it, and takes none', (_, value) => {
    const company = { BOOKING_COMPANY_ID: '1001' };
    const given = { ...company, BOOKING_WEBHOOK_SECRET: value };
    expect(() => readEnvironment(given, bookingWebhookVariables)).toThrow('must be 32 to 256 letters');
    expect(() => readEnvironment(given, bookingWebhookVariables)).not.toThrow(value);
    expect(readEnvironment(company, bookingWebhookVariables).BOOKING_WEBHOOK_SECRET).toBeUndefined();
  });

  it('has the official addresses as defaults, and takes another without its slash', () => {
    const token = { WHATSAPP_TOKEN: 'long enough for a token' };
    expect(readEnvironment(token, whatsappVariables)).toMatchObject({
      WHATSAPP_API_URL: 'https://graph.facebook.com',
      WHATSAPP_API_VERSION: 'v26.0',
    });
    const local = { ...token, WHATSAPP_API_URL: 'http://127.0.0.1:54324/whatsapp/' };
    expect(readEnvironment(local, whatsappVariables).WHATSAPP_API_URL).toBe(
      'http://127.0.0.1:54324/whatsapp',
    );
  });
});

describe('The keys of Supabase', () => {
  it('are read from the JSON that Supabase provides', () => {
    expect(cronAccess(read({ SUPABASE_URL, SUPABASE_SECRET_KEYS: KEYS }))).toEqual({
      url: 'https://project.example',
      serviceKey: 'sb_secret_of_the_service',
      secretKeys: { default: 'sb_secret_of_the_service', cron: 'sb_secret_of_the_schedule' },
    });
  });

  it('of a self-hosted installation come one by one', () => {
    const variables = {
      SUPABASE_URL,
      SUPABASE_SERVICE_ROLE_KEY: 'a legacy key',
      CRON_SECRET: 'a long secret of the schedule',
    };
    expect(cronAccess(read(variables))).toMatchObject({
      serviceKey: 'a legacy key',
      secretKeys: { cron: variables.CRON_SECRET },
    });
  });

  it.each([
    [
      'no key of the service',
      { SUPABASE_URL, CRON_SECRET: 'a long secret of the schedule' },
      'no key named "default"',
    ],
    ['no key of the schedule', { SUPABASE_URL, SUPABASE_SERVICE_ROLE_KEY: 'x' }, 'CRON_SECRET is missing'],
    [
      'a weak key of the schedule',
      { SUPABASE_URL, SUPABASE_SERVICE_ROLE_KEY: 'x', CRON_SECRET: '1234' },
      'too weak',
    ],
    ['keys that are no JSON', { SUPABASE_URL, SUPABASE_SECRET_KEYS: 'sb_secret_x' }, 'must be JSON'],
  ])('stop the start when there is %s', (_, variables, reason) => {
    expect(() => cronAccess(read(variables as Record<string, string>))).toThrow(reason);
  });

  it('of a webhook need no key of the schedule', () => {
    expect(supabaseAccess(read({ SUPABASE_URL, SUPABASE_SERVICE_ROLE_KEY: 'x' })).secretKeys).toEqual({});
  });
});

import { describe, expect, test } from 'vitest';
import {
  clubEnvironment,
  sandboxVariables,
  serviceEnvironment,
} from '../../../stack/embedded/environment.ts';
import { functionsOff } from '../../../stack/embedded/functions.ts';
import { generateKeys } from '../../../stack/embedded/keys.ts';
import { portsFrom } from '../../../stack/embedded/paths.ts';
import { StackProblem } from '../../../stack/embedded/problem.ts';

const sandbox = sandboxVariables(await generateKeys(), portsFrom(54_321));
const booking = { BOOKING_PARTNER_TOKEN: 'p', BOOKING_USER_TOKEN: 'u', BOOKING_COMPANY_ID: '77' };

describe('the environment of the outside services', () => {
  test('with nothing set the sandbox plays all four', () => {
    const { variables, sandboxed } = serviceEnvironment({}, sandbox);
    expect(sandboxed).toEqual(['booking', 'claude', 'telegram', 'whatsapp']);
    expect(variables.BOOKING_API_URL).toBe('http://127.0.0.1:54324/booking/api/v1');
    expect(variables.BOOKING_COMPANY_ID).toBe('1001');
  });

  test('a service that is set is used for real, at its official address, and the others stay in the sandbox', () => {
    const { variables, sandboxed } = serviceEnvironment(booking, sandbox);
    expect(sandboxed).toEqual(['claude', 'telegram', 'whatsapp']);
    expect(variables).toMatchObject({ ...booking, BOOKING_API_URL: 'https://api.alteg.io/api/v1' });
    expect(variables.BOOKING_CHAIN_ID).toBeUndefined();
  });

  test('a service set in part is a mistake, not a reason to fall back', () => {
    const half = { BOOKING_PARTNER_TOKEN: 'p' };
    expect(() => serviceEnvironment(half, sandbox)).toThrow(StackProblem);
    expect(() => serviceEnvironment(half, sandbox)).toThrow(/BOOKING_USER_TOKEN, BOOKING_COMPANY_ID/);
  });

  test('an empty variable counts as not set', () => {
    expect(serviceEnvironment({ BOOKING_USER_TOKEN: '' }, sandbox).sandboxed).toContain('booking');
  });

  test('without the sandbox a service that is not set is off, with the names that would turn it on', () => {
    const { off, sandboxed, variables } = serviceEnvironment(booking, undefined);
    expect(sandboxed).toEqual([]);
    expect(variables.BOOKING_USER_TOKEN).toBe('u');
    expect(Object.keys(off)).toEqual(['claude', 'telegram', 'whatsapp']);
    expect(off.claude).toEqual(['ANTHROPIC_API_KEY']);
    expect(off.whatsapp).toContain('WHATSAPP_APP_SECRET');
  });

  test('a function whose service is off says so, and the others are not touched', () => {
    const sentences = functionsOff(serviceEnvironment(booking, undefined), ['crm-sync', 'send-messages']);
    expect([...sentences.keys()]).toEqual(['send-messages']);
    expect(sentences.get('send-messages')).toMatch(
      /^send-messages is off: set WHATSAPP_TOKEN, .* and start again\.$/,
    );
  });

  test("the demo's members are never written to through a real WhatsApp account", () => {
    const whatsapp = {
      WHATSAPP_TOKEN: 'a-real-token-of-meta',
      WHATSAPP_PHONE_NUMBER_ID: '1',
      WHATSAPP_BUSINESS_ACCOUNT_ID: '2',
      WHATSAPP_APP_SECRET: 'secret',
      WHATSAPP_VERIFY_TOKEN: 'verify',
    };
    expect(() => serviceEnvironment(whatsapp, sandbox)).toThrow(/invented numbers may belong to people/);
    expect(serviceEnvironment({ ...whatsapp, ...booking }, sandbox).sandboxed).toEqual([
      'claude',
      'telegram',
    ]);
  });

  test('a weak secret is refused with its name', () => {
    const telegram = {
      TELEGRAM_BOT_TOKEN: '1:2',
      TELEGRAM_WEBHOOK_SECRET: 'short',
      TELEGRAM_CHAT_ID: '-5',
      TELEGRAM_ALLOWED_USER_IDS: '1',
    };
    expect(() => serviceEnvironment(telegram, sandbox)).toThrow(
      /TELEGRAM_WEBHOOK_SECRET \(must be 16 to 256/,
    );
    expect(() => serviceEnvironment({ ...booking, BOOKING_WEBHOOK_SECRET: 'short' }, sandbox)).toThrow(
      /BOOKING_WEBHOOK_SECRET \(must be 32 to 256/,
    );
  });

  test('the booking platform can do without webhooks', () => {
    expect(serviceEnvironment(booking, undefined).variables.BOOKING_WEBHOOK_SECRET).toBeUndefined();
    expect(functionsOff(serviceEnvironment(booking, undefined), ['booking-webhook'])).toEqual(new Map());
    expect([...functionsOff(serviceEnvironment({}, undefined), ['booking-webhook']).keys()]).toEqual([
      'booking-webhook',
    ]);
  });
});

describe('the club of an empty stack', () => {
  test('comes from the environment', () => {
    const club = {
      CLUB_NAME: 'Danube',
      CLUB_TIMEZONE: 'Europe/Vienna',
      CLUB_COUNTRY: 'AT',
      CLUB_CURRENCY: 'EUR',
    };
    expect(clubEnvironment(club)).toEqual(club);
  });

  test('a time zone that does not exist stops the start', () => {
    expect(() => clubEnvironment({ CLUB_TIMEZONE: 'Europe/Vltava' })).toThrow(
      /CLUB_TIMEZONE is no IANA time zone/,
    );
  });
});

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { nodeBinary } from './binaries.ts';
import type { ServiceName, Variables } from './environment.ts';
import type { PartLog } from './log.ts';
import { Part } from './part.ts';
import { REPO } from './paths.ts';
import type { Home, Ports } from './paths.ts';
import { errorMessage, StackProblem } from './problem.ts';
import { responds } from './probes.ts';

/** The stand-ins for the outside services, with the credentials they are to insist on. */
export function prepareSandbox(
  home: Home,
  ports: Ports,
  credentials: Record<ServiceName, Variables>,
  log: PartLog,
): Part {
  const folder = join(home.root, 'sandbox');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const functions = `http://127.0.0.1:${ports.gateway}/functions/v1`;
  return new Part(
    {
      name: 'sandbox',
      program: {
        file: nodeBinary(),
        args: [join(REPO, 'stack/sandbox/main.ts')],
        cwd: REPO,
        env: {
          ...Object.assign({}, ...Object.values(credentials)),
          PATH: process.env.PATH,
          HOME: home.root,
          TZ: 'UTC',
          PORT: String(ports.sandbox),
          SANDBOX_HOME: folder,
          WHATSAPP_WEBHOOK_URL: `${functions}/whatsapp-webhook`,
        },
      },
      isReady: () => responds(`http://127.0.0.1:${ports.sandbox}/health`),
      readyWithinMs: 60_000,
    },
    home,
    log,
  );
}

/** What docs/ tells an operator to do once with the real Telegram: say where updates go and with which secret. */
export async function registerTelegramWebhook(telegram: Variables, functionsUrl: string): Promise<void> {
  const { TELEGRAM_API_ROOT: root, TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK_SECRET: secret } = telegram;
  let answer: string;
  try {
    const response = await fetch(`${root}/bot${token}/setWebhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        url: `${functionsUrl}/telegram-webhook`,
        secret_token: secret,
        allowed_updates: ['message', 'callback_query'],
      }),
      signal: AbortSignal.timeout(10_000),
    });
    if (response.ok) return;
    answer = `${response.status} ${await response.text()}`;
  } catch (error) {
    throw new StackProblem(`The sandbox's Telegram did not take the webhook: ${errorMessage(error)}`, {
      cause: error,
    });
  }
  throw new StackProblem(`The sandbox's Telegram refused the webhook: ${answer}`);
}

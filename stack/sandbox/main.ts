// The sandbox's process: environment in, one port out, gone on SIGTERM.
import { serve } from '@hono/node-server';
import { EnvironmentError, readEnvironment } from './environment.ts';
import type { SandboxEnvironment } from './environment.ts';
import { createSandbox } from './server.ts';

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

function read(): SandboxEnvironment {
  try {
    return readEnvironment(process.env);
  } catch (error) {
    if (error instanceof EnvironmentError) fail(error.message);
    throw error;
  }
}

const { port, ...options } = read();
const sandbox = createSandbox(options);

const server = serve({ fetch: sandbox.app.fetch, hostname: '127.0.0.1', port }, (address) => {
  sandbox.start();
  console.log(
    `The sandbox is ready: http://127.0.0.1:${address.port}/ shows the Telegram chat and the members' phones.`,
  );
});

server.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EADDRINUSE')
    fail(`Port ${port} is in use: stop what listens there, or set PORT to a free one.`);
  fail(`The sandbox cannot listen on port ${port}: ${error.message}`);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    // Calls on their way get a moment to be answered; what stays unanswered is in the database and is sent again.
    setTimeout(() => process.exit(0), 2000).unref();
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
    void sandbox.close().then(() => process.exit(0));
  });
}

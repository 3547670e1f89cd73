import { defineConfig } from '@playwright/test';

/** Real Chromium against a whole stack with the demo club, started by the set-up on a home and ports of its own. */
export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/demo-stack.ts',
  globalTimeout: 10 * 60_000,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 1,
  forbidOnly: process.env.CI === 'true',
  outputDir: 'test-results/e2e',
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || undefined,
      // Containers and CI machines give Chromium neither a GPU nor user namespaces, and often no network.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});

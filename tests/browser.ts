import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { REPO } from '../stack/embedded/paths.ts';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The browser for the tests: the one named, the system's, Playwright's own, or a freshly installed one. */
export function findBrowser(environment: NodeJS.ProcessEnv = process.env): string {
  const named = environment.CHROMIUM_PATH;
  if (named) {
    if (isRunnable(named)) return named;
    throw new Error(
      `CHROMIUM_PATH names ${named}, which cannot be run: correct it, or unset it to let the tests look.`,
    );
  }
  const found = CANDIDATES.find(isRunnable) ?? playwrightsOwn();
  if (found) return found;
  console.log('No Chromium was found; installing one for Playwright …');
  spawnSync(process.execPath, [join(REPO, 'node_modules/.bin/playwright'), 'install', 'chromium'], {
    stdio: 'inherit',
  });
  const installed = playwrightsOwn();
  if (installed) return installed;
  throw new Error(
    'There is no browser for the tests: install Chromium (on Debian: apt-get install chromium), or set CHROMIUM_PATH to one.',
  );
}

function playwrightsOwn(): string | undefined {
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

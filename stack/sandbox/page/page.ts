// The sandbox's page: plain files, no build step, nothing inline, so the strictest content policy holds.
import { readFileSync } from 'node:fs';
import { Hono } from 'hono';

const contentTypes = { html: 'text/html', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };

const files: Record<string, keyof typeof contentTypes> = {
  'index.html': 'html',
  'assets/page.css': 'css',
  'assets/chat.css': 'css',
  'assets/telegram.css': 'css',
  'assets/reply.css': 'css',
  'assets/handset.css': 'css',
  'assets/phones.css': 'css',
  'assets/icon.svg': 'svg',
  'assets/main.js': 'js',
  'assets/api.js': 'js',
  'assets/dom.js': 'js',
  'assets/entities.js': 'js',
  'assets/telegram.js': 'js',
  'assets/telegram-message.js': 'js',
  'assets/reply.js': 'js',
  'assets/phones.js': 'js',
  'assets/thread.js': 'js',
};

const contentPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function createPage(): Hono {
  const app = new Hono();
  for (const [path, kind] of Object.entries(files)) {
    const body = readFileSync(new URL(path, import.meta.url), 'utf8');
    app.get(path === 'index.html' ? '/' : `/${path}`, (c) =>
      c.body(body, 200, {
        'content-type': `${contentTypes[kind]}; charset=utf-8`,
        'content-security-policy': contentPolicy,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
      }),
    );
  }
  return app;
}

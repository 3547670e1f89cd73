import { z } from 'zod';
import { readIfThere, writeWhole } from './home.ts';
import { DEFAULT_PORT } from './paths.ts';
import type { Home } from './paths.ts';

/** What the other commands must know of the last `up`. */
const settingsShape = z.object({
  port: z.int().positive(),
  hasSandbox: z.boolean(),
  hasCron: z.boolean(),
});
export type StackSettings = z.infer<typeof settingsShape>;

export function readSettings(home: Home): StackSettings {
  const text = readIfThere(home.settings);
  const parsed = settingsShape.safeParse(text === undefined ? undefined : parseJson(text));
  return parsed.success ? parsed.data : { port: DEFAULT_PORT, hasSandbox: true, hasCron: true };
}

export function writeSettings(home: Home, settings: StackSettings): void {
  writeWhole(home.settings, `${JSON.stringify(settings, null, 2)}\n`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a damaged file only means the defaults; `up` writes it anew
  }
}

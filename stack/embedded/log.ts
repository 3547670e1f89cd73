import { createWriteStream, renameSync, statSync } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { inspect, styleText } from 'node:util';
import type { Home } from './paths.ts';

const COLOURS = [
  'cyan',
  'green',
  'yellow',
  'magenta',
  'blue',
  'cyanBright',
  'greenBright',
  'magentaBright',
] as const;
const NAME_WIDTH = 17;
const KEEP_BYTES = 20 * 1024 * 1024;
const TAIL_LINES = 20;

export interface PartLog {
  line(text: string): void;
  /** The last lines of this part, for the sentence that says why it did not start. */
  tail(): string[];
}

export interface StackLog {
  for(part: string): PartLog;
  close(): Promise<void>;
}

/** A line per event, its part in front, on the terminal and in <home>/logs/stack.log. */
export function openLog(home: Home, options: { quiet?: boolean } = {}): StackLog {
  const file = openFile(home);
  const colours = new Map<string, (typeof COLOURS)[number]>();
  return {
    for(part) {
      const colour = colours.get(part) ?? COLOURS[colours.size % COLOURS.length]!;
      colours.set(part, colour);
      const recent: string[] = [];
      return {
        line(text) {
          const at = new Date().toISOString();
          file.write(`${at} ${part.padEnd(NAME_WIDTH)} ${text}\n`);
          recent.push(text);
          if (recent.length > TAIL_LINES) recent.shift();
          if (options.quiet) return;
          process.stdout.write(`${styleText(colour, part.padEnd(NAME_WIDTH))} ${text}\n`);
        },
        tail: () => [...recent],
      };
    },
    close: () => new Promise((resolve) => file.end(() => resolve())),
  };
}

function openFile(home: Home): WriteStream {
  const size = statSync(home.log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > KEEP_BYTES) renameSync(home.log, `${home.log}.1`);
  const file = createWriteStream(home.log, { flags: 'a', mode: 0o600 });
  // A log that cannot be written must not take the stack down with it: the terminal still has every line.
  file.on('error', (error) => process.stderr.write(`the log file cannot be written: ${error.message}\n`));
  return file;
}

/** Libraries in this process speak on the console: one line each, with the part's name. Returns how to give it back. */
export function borrowConsole(log: PartLog): () => void {
  const own = { error: console.error, warn: console.warn };
  const write = (...words: unknown[]) => {
    const text = words.map((word) =>
      word instanceof Error ? `${word.name}: ${word.message}` : inspectWord(word),
    );
    log.line(text.join(' ').replaceAll(/\s*\n\s*/g, ' '));
  };
  Object.assign(console, { error: write, warn: write });
  return () => Object.assign(console, own);
}

function inspectWord(word: unknown): string {
  return typeof word === 'string' ? word : inspect(word, { depth: 3, breakLength: Infinity });
}

/** Cuts a stream into lines for `write`; the remainder comes with `end`. */
export function lineSplitter(write: (line: string) => void): { push(chunk: Buffer): void; end(): void } {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return {
    push(chunk) {
      const lines = (rest + decoder.write(chunk)).split(/\r?\n/);
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.trim() !== '') write(line);
    },
    end() {
      if (rest.trim() !== '') write(rest);
      rest = '';
    },
  };
}

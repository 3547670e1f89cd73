import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StackProblem } from './problem.ts';

/** How to run a program that refuses to be root: as whom, and with what in front of its command line. */
export interface Account {
  uid?: number;
  gid?: number;
  /** Put before the program; empty when the ids above are enough. */
  prefix: string[];
}

interface Person {
  name: string;
  uid: number;
  gid: number;
}

/** The account Postgres gets when we are root: its own if the system has one, else the powerless one. */
export function unprivilegedPerson(passwd: string): Person | undefined {
  const people = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name, , uid, gid]) => ({ name: name!, uid: Number(uid), gid: Number(gid) }));
  return people.find(({ name }) => name === 'postgres') ?? people.find(({ name }) => name === 'nobody');
}

/** Can this person walk down to the folder? `mktemp -d` and /root say no. */
export function canReach(folder: string, person: Pick<Person, 'uid' | 'gid'>): boolean {
  for (let step = folder; ; step = dirname(step)) {
    const { mode, uid, gid } = statSync(step);
    const execute = uid === person.uid ? 0o100 : gid === person.gid ? 0o010 : 0o001;
    if ((mode & execute) === 0) return false;
    if (step === dirname(step)) return true;
  }
}

/**
 * A normal user runs Postgres as itself. Root runs it as an unprivileged user; where that user cannot walk to the
 * folders (a clone under /root), it keeps the one capability needed to walk, and nothing else of root's.
 */
export function postgresAccount(folders: string[]): Account {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const person = unprivilegedPerson(readFileSync('/etc/passwd', 'utf8'));
  if (!person) {
    throw new StackProblem(
      'Postgres does not run as root and this system has neither a user "postgres" nor "nobody": create one (useradd --system postgres).',
    );
  }
  const blocked = folders.find((folder) => !canReach(folder, person));
  if (blocked === undefined) return { uid: person.uid, gid: person.gid, prefix: [] };
  // The first is the lesser; a container often has only the second to give.
  const prefix = ['dac_read_search', 'dac_override']
    .map((capability) => walkingPrefix(person, capability))
    .find(([program, ...args]) => spawnSync(program!, [...args, 'test', '-x', blocked]).status === 0);
  if (!prefix) {
    throw new StackProblem(
      `Postgres does not run as root, and the user "${person.name}" may not enter ${blocked}: move the repository and the home to a folder open to all (chmod a+x), or start as a normal user.`,
    );
  }
  return { prefix };
}

function walkingPrefix({ uid, gid }: Person, capability: string): string[] {
  const onlyWalking = `-all,+${capability}`;
  return [
    'setpriv',
    '--securebits=+no_setuid_fixup,+noroot',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    `--inh-caps=${onlyWalking}`,
    `--ambient-caps=${onlyWalking}`,
    `--bounding-set=${onlyWalking}`,
    '--',
  ];
}

/** Gives a folder and what is in it to the account, when it is another than ours. */
export function giveTo(account: Account, folder: string): void {
  const uid = account.uid ?? numberAfter('--reuid=', account.prefix);
  const gid = account.gid ?? numberAfter('--regid=', account.prefix);
  if (uid === undefined || gid === undefined || statSync(folder).uid === uid) return;
  chownSync(folder, uid, gid);
  execFileSync('chown', ['-R', `${uid}:${gid}`, folder]);
}

function numberAfter(flag: string, prefix: string[]): number | undefined {
  const found = prefix.find((part) => part.startsWith(flag));
  return found === undefined ? undefined : Number(found.slice(flag.length));
}

// The people of the demo club: who they are, before anyone knows how often they train.
import type { ClientPayload, Community } from './club.ts';
import { FIRST_ID } from './club.ts';
import { addDays } from './local-time.ts';
import { COMMUNITY_SHARES, NAMES, PHONE_PLANS } from './names.ts';
import type { Random } from './random.ts';

export type Person = { payload: ClientPayload; community: Community };

/** Gives everyone a name, a phone and the gaps and oddities that a real client list has. */
export function generatePeople(random: Random, count: number, today: string): Person[] {
  const communities = random.shuffle(communitiesFor(count));
  const phones = new PhoneBook(random);
  const people = communities.map((community, index) =>
    newPerson(random, phones, community, FIRST_ID.client + index),
  );
  addBirthdays(random, people, today);
  addOddities(random, people);
  return people;
}

function communitiesFor(count: number): Community[] {
  const list = COMMUNITY_SHARES.flatMap(([community, percent]) =>
    Array.from({ length: Math.max(1, Math.round((count * percent) / 100)) }, () => community),
  );
  while (list.length < count) list.push('cs');
  return list.slice(0, count);
}

class PhoneBook {
  #taken = new Set<string>();
  #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** A number nobody in the club has yet, digits with the country code. */
  next(community: Community): string {
    const plans = PHONE_PLANS[community];
    const roll = this.#random.between(0, 1);
    let sum = 0;
    const plan = plans.find(({ weight }) => (sum += weight) >= roll) ?? this.#random.pick(plans);
    for (;;) {
      const rest = this.#random.int(100_000, 10 ** plan.digits - 1);
      const digits = `${this.#random.pick(plan.prefixes)}${String(rest).padStart(plan.digits, '0')}`;
      if (this.#taken.has(digits)) continue;
      this.#taken.add(digits);
      return digits;
    }
  }
}

function newPerson(random: Random, phones: PhoneBook, community: Community, id: number): Person {
  const sex = random.chance(0.55) ? 'female' : 'male';
  const script = random.chance(0.6) ? 'native' : 'latin';
  const given = random.pick(NAMES[community].given[sex]);
  const surname = random.pick(NAMES[community].surname[sex]);
  const inOneField = random.chance(0.15);
  const name = `${given[script]} ${surname[script]}`;
  const digits = phones.next(community);
  const isHinted = community !== 'cs' && random.chance(0.34);
  return {
    community,
    payload: {
      id,
      name: inOneField ? name : given[script],
      surname: inOneField ? '' : surname[script],
      patronymic: '',
      display_name: name,
      phone: random.chance(0.06) ? Number(digits) : `+${digits}`,
      email: random.chance(0.7) ? mailbox(given.latin, surname.latin, id) : '',
      categories: random.chance(0.5) ? [] : {},
      sex_id: sex === 'female' ? 2 : 1,
      sex,
      discount: random.chance(0.05) ? 10 : 0,
      importance_id: 0,
      importance: '',
      card: random.chance(0.08) ? 700_000 + id : '',
      birth_date: birthDate(random),
      comment: '',
      sms_check: 1,
      sms_not: random.chance(0.05) ? 1 : 0,
      spent: 0,
      paid: 0,
      balance: 0,
      visits: 0,
      last_change_date: '',
      custom_fields: isHinted ? { language: community } : random.chance(0.5) ? [] : {},
    },
  };
}

function mailbox(given: string, surname: string, id: number): string {
  const plain = `${given}.${surname}.${id}`.normalize('NFD').replace(/[^\w.]/g, '');
  return `${plain.toLowerCase()}@example.com`;
}

function birthDate(random: Random): string | null {
  const year = random.int(1962, 2007);
  const date = addDays(`${year}-01-01`, random.int(0, 364));
  if (random.chance(0.1)) return null;
  return random.chance(0.08) ? '1970-01-01' : date;
}

/** Some birthdays fall today and tomorrow, three on 29 February, one on the day that means "unset". */
function addBirthdays(random: Random, people: Person[], today: string): void {
  const step = Math.max(1, Math.floor(people.length / 9));
  for (let index = 0; index < people.length; index += step) {
    const person = people[index];
    if (person === undefined) continue;
    const offset = index / step;
    const monthDay = offset < 6 ? today.slice(5) : offset < 8 ? addDays(today, 1).slice(5) : '';
    if (monthDay !== '') person.payload.birth_date = `${1964 + 4 * random.int(0, 9)}-${monthDay}`;
  }
  people.slice(3, 6).forEach((person, index) => {
    person.payload.birth_date = `${1984 + 4 * index}-02-29`;
  });
  const unset = people[2];
  if (unset !== undefined) unset.payload.birth_date = '1970-01-01';
}

function addOddities(random: Random, people: Person[]): void {
  const order = random.shuffle(people);
  const share = (of600: number) => Math.max(1, Math.round((of600 * people.length) / 600));
  const take = (of600: number) =>
    order.splice(0, Math.min(share(of600), order.length)).map(({ payload }) => payload);
  if (people.length < 20) return;
  for (const payload of take(8)) payload.phone = '';
  take(4).forEach((payload, index) => {
    payload.phone = ['+420000000000', '123456789', '+42012345678', '000000000'][index % 4] ?? '';
  });
  const shared = take(6);
  for (let index = 1; index < shared.length; index += 2) {
    const [first, second] = [shared[index - 1], shared[index]];
    if (first !== undefined && second !== undefined) second.phone = first.phone;
  }
  const family = take(4);
  for (const payload of family) payload.email = 'family@example.com';
  for (const payload of take(10)) {
    payload.categories = [{ id: 4, title: 'VIP', color: '#e8d313' }];
    payload.importance_id = 3;
    payload.importance = 'Gold';
  }
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hideNames, putNamesBack } from '../../../supabase/functions/draft-messages/name-slots.ts';
import type { TranslationTask } from '../../../supabase/functions/draft-messages/translation-task.ts';

/** A message to somebody of this name, typed by a person. */
function message(text: string, name: string, more: Partial<TranslationTask> = {}): TranslationTask {
  const [first, ...others] = name.split(' ');
  return {
    from: 'cs',
    to: 'en',
    text,
    is_by_person: true,
    first_names: [first!],
    other_names: others,
    address: first!,
    ...more,
  };
}

describe('The names in a message that a person typed', () => {
  it.each([
    ['Milá Jano, pro Janu a Janě', 'Jana', 'Milá {first_name}, pro {first_name} a {first_name}'],
    ['zdeňko, ZDEŇCE i Zdeničce', 'Zdeňka', '{first_name}, {first_name} i Zdeničce'],
    [
      'Evo, bez Evy a s Evou every event',
      'Eva',
      '{first_name}, bez {first_name} a s {first_name} every event',
    ],
    ['Marku, pro Marka', 'Marek', '{first_name}, pro {first_name}'],
    ['Petře! Petrovi i s Petrem', 'Petr', '{first_name}! {first_name} i s {first_name}'],
    ['Ольго, для Ольги, Ользі', 'Ольга', '{first_name}, для {first_name}, {first_name}'],
    ['Аню, Ані, с Аней', 'Аня', '{first_name}, {first_name}, с {first_name}'],
    ['Павла с Павлом', 'Павел', '{first_name} с {first_name}'],
    ['paní Novákové, panu Novákovi', 'Jan Novák', 'paní {name_2}, panu {name_2}'],
    ['Li, do konce. Do pole', 'Li Do', '{first_name}, do konce. {name_2} pole'],
    ['Name Last, first', 'First Name', '{name_2} Last, {first_name}'],
  ])('of %j, when it is %j, leave %j', (text, name, left) => {
    expect(hideNames(message(text, name))).toBe(left);
  });

  it('that address by a form of their own are hidden too', () => {
    const task = message('Petře, čekáme', 'Petr', { first_names: ['Petr', 'Petře'], is_by_person: false });
    expect(hideNames(task)).toBe('{first_name}, čekáme');
  });
});

describe('A machine’s words', () => {
  it('lose no word that only looks like a name', () => {
    const task = message('Vítku, víte o tom?', 'Vítek Rada', {
      first_names: ['Vítek', 'Vítku'],
      is_by_person: false,
    });
    expect(hideNames(task)).toBe('{first_name}, víte o tom?');
  });
});

describe('Names', () => {
  it('come back into a translation that kept each slot, and into no other', () => {
    const task = message('Jano, paní Nováková!', 'Jana Nováková');
    const hidden = hideNames(task);
    expect(putNamesBack(task, hidden, '{first_name}, Ms {name_2}!')).toBe('Jana, Ms Nováková!');
    for (const wrong of [
      'Ms {name_2}!',
      '{first_name} {first_name}, {name_2}!',
      '{first_name}, Ms {name_3}!',
    ])
      expect(putNamesBack(task, hidden, wrong)).toBeNull();
  });

  it('of any kind, wherever they stand, are never in what leaves the house, and come back as they were', () => {
    const word = fc.stringMatching(/^[A-ZÁ-Žа-я][a-zá-žа-я.*(]{2,9}$/u);
    fc.assert(
      fc.property(
        fc.tuple(word, word),
        fc.array(fc.constantFrom(0, 1), { maxLength: 6 }),
        (names, places) => {
          fc.pre(names[0] !== names[1]);
          const text = `. ${places.map((place) => names[place]).join(' – ')} .`;
          const task = message(text, names.join(' '));
          const hidden = hideNames(task);
          for (const place of places) expect(hidden).not.toContain(` ${names[place]} `);
          expect(putNamesBack(task, hidden, hidden)).not.toBeNull();
        },
      ),
      { numRuns: 30 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quotedText } from '../../../supabase/functions/draft-messages/quoted-text.ts';

describe('A quoted message', () => {
  it.each([
    ['Volejte +420 777 123 456, díky', [], 'Volejte [number], díky'],
    ['rodné číslo 850101/1234', [], 'rodné číslo [number]'],
    ['Pište na jan.novak@seznam.cz.', [], 'Pište na [address].'],
    ['моя пошта оля@приклад.укр', [], 'моя пошта [address]'],
    ['viz www.muj-web.cz/foto a https://x.io?a=1', [], 'viz [link] a [link]'],
    ['jsem @petr_fit', [], 'jsem [account]'],
    [
      'Tady Jan Novák, volejte Janovi Novákovi',
      ['Jan', 'Novák'],
      'Tady [name] [name], volejte [name] [name]',
    ],
    ['Это Ольга, для Ольги', ['Ольга'], 'Это [name], для [name]'],
    ['Přijdu 24. 11. v 18:30 s 2 kamarády', ['Eva'], 'Přijdu 24. 11. v 18:30 s 2 kamarády'],
    ['řádek\u202e jedna\n\n\tdva\u200b', [], 'řádek jedna dva'],
    ['axbxc(', ['a.b.c(', '.*.'], 'axbxc('],
  ])('of %j with the names %j is %j', (text, names, quoted) => {
    expect(quotedText(text, names)).toBe(quoted);
  });

  it('is one line of at most 500 characters without hidden ones, whatever was written', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 800 }),
        fc.array(fc.string({ maxLength: 12 }), { maxLength: 3 }),
        (text, names) => {
          const quoted = quotedText(text, names);
          expect([...quoted].length).toBeLessThanOrEqual(500);
          expect(quoted).not.toMatch(/[\p{C}\n\t]/u);
        },
      ),
    );
  });
});

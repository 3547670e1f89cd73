import { describe, expect, it } from 'vitest';
import { checkRows, checkTexts, CLUB, HEADERS, placesOf } from './files.ts';

const GOOD = 'known,,consent,form,2025-01,cs,2026-03-01 18:30,no. 7,';

describe('a row of consents', () => {
  it('becomes an entry of the ledger, its moments as the file gives them', () => {
    const { consents, problems } = checkRows(
      'consents',
      GOOD,
      ',601 000 111,existing_customer,contract,v2,,2026-03-01T18:30:00+01:00,,02.04.2026',
    );
    expect(problems).toEqual([]);
    expect(consents).toEqual([
      {
        ...{ client_external_id: 'known', basis: 'consent', source: 'form', text_version: '2025-01' },
        ...{ language: 'cs', proof: 'no. 7' },
        ...{ given_at: null, given_local: '2026-03-01T18:30:00', withdrawn_at: null, withdrawn_local: null },
      },
      {
        ...{
          client_external_id: 'known',
          basis: 'existing_customer',
          source: 'contract',
          text_version: 'v2',
        },
        ...{ language: null, proof: '' },
        ...{ given_at: '2026-03-01T17:30:00.000Z', given_local: null },
        ...{ withdrawn_at: null, withdrawn_local: '2026-04-02T00:00:00' },
      },
    ]);
  });

  it('needs neither the columns of the phone, the language, the proof nor the withdrawal', () => {
    const { consents, problems } = checkTexts({
      consents: 'client_id,basis,source,text_version,given_at\nknown,,form,v1,2026-03-01\n',
    });
    expect(problems).toEqual([]);
    expect(consents).toMatchObject([{ basis: 'consent', given_local: '2026-03-01T00:00:00' }]);
  });

  it.each([
    ['of nobody', ',,consent,form,v1,,2026-03-01,,', 'client_id', 'Nobody is named'],
    ['of an unknown client', '99,,consent,form,v1,,2026-03-01,,', 'client_id', 'no client "99"'],
    ['of an unknown phone', ',602 000 111,,form,v1,,2026-03-01,,', 'phone', 'No client has the phone'],
    ['of no phone', ',none,,form,v1,,2026-03-01,,', 'phone', 'is no phone number'],
    [
      'on another ground',
      'known,,interest,form,v1,,2026-03-01,,',
      'basis',
      'write consent, existing_customer',
    ],
    ['from nowhere', 'known,,,,v1,,2026-03-01,,', 'source', 'where the consent was given'],
    ['to no wording', 'known,,,form,,,2026-03-01,,', 'text_version', 'which wording'],
    ['in a language of its own', 'known,,,form,v1,de,2026-03-01,,', 'language', '"de" is not known'],
    ['of no day', 'known,,,form,v1,,spring,,', 'given_at', 'is no date and time'],
    ['of tomorrow', 'known,,,form,v1,,2026-06-16,,', 'given_at', 'still to come'],
    ['withdrawn on no day', 'known,,,form,v1,,2026-03-01,,later', 'withdrawn_at', 'is no date and time'],
    ['withdrawn tomorrow', 'known,,,form,v1,,2026-03-01,,2026-06-16', 'withdrawn_at', 'still to come'],
    ['withdrawn before', 'known,,,form,v1,,2026-03-01,,2026-02-28', 'withdrawn_at', 'before giving it'],
  ])('%s is told with its place and the cure', (_, row, column, words) => {
    const checked = checkRows('consents', GOOD, row);
    expect(placesOf(checked)).toEqual([`consents.csv 3 ${column}`]);
    expect(checked.problems[0]!.cause).toContain(words);
  });

  it('by a phone that several clients share is refused, with their ids', () => {
    const club = { ...CLUB, knownPhones: new Map([['+420601000111', ['known', 'child']]]) };
    const text = `${HEADERS.consents}\n,601000111,,form,v1,,2026-03-01,,\n`;
    expect(checkTexts({ consents: text }, club).problems).toMatchObject([
      { column: 'phone', cause: expect.stringContaining('The clients known, child share the phone') },
    ]);
  });

  it('is of whoever has the phone once the clients file is in', () => {
    const clients = `${HEADERS.clients}\nnew,Eva,,,601 000 111,,,,\nknown,Jan,,,602 000 222,,,,\n`;
    const consents = `${HEADERS.consents}\n,601000111,,form,v1,,2026-03-01,,\n`;
    expect(checkTexts({ clients, consents })).toMatchObject({
      problems: [],
      consents: [{ client_external_id: 'new' }],
    });
  });

  it('that is there twice is told with both rows', () => {
    expect(checkRows('consents', GOOD, GOOD, GOOD.replace('no. 7', 'no. 8')).problems).toMatchObject([
      { row: 3, cause: expect.stringContaining('already in row 2') },
      { row: 4, cause: expect.stringContaining('already in row 2') },
    ]);
  });
});

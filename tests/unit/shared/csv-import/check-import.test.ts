import { describe, expect, it } from 'vitest';
import { checkRows, checkTexts, HEADERS, placesOf } from './files.ts';

describe('good files', () => {
  it('become the rows that a platform’s adapter gives', () => {
    const { rows, serviceKinds, problems, warnings } = checkTexts({
      clients: `${HEADERS.clients}\n17,Eva Nováková,Eva,Nováková,601 234 567,eva@x.cz,28.02.1990,uk,yes`,
      visits: `${HEADERS.visits}\n5,17,2026-06-01 18:30,Yoga,Petr D.,,group`,
      payments: `${HEADERS.payments}\n9;;1 490,50;2026-06-01T18:00:00+02:00;Drinks`,
    });
    expect([problems, warnings]).toEqual([[], []]);
    expect(rows.clients).toEqual([
      {
        external_id: '17',
        name: 'Eva Nováková',
        first_name: 'Eva',
        phone: '+420601234567',
        email: 'eva@x.cz',
        birth_date: '1990-02-28',
        language: 'uk',
        language_source: 'field',
        is_excluded_from_mailings: true,
        platform_changed_at: null,
        raw: {
          client_id: '17',
          name: 'Eva Nováková',
          first_name: 'Eva',
          surname: 'Nováková',
          phone: '601 234 567',
          email: 'eva@x.cz',
          birth_date: '28.02.1990',
          language: 'uk',
          no_marketing: 'yes',
        },
      },
    ]);
    expect(rows.services).toMatchObject([{ external_id: 'csv:yoga', title: 'Yoga' }]);
    expect(serviceKinds).toEqual([{ external_id: 'csv:yoga', kind: 'group' }]);
    expect(rows.staff).toMatchObject([{ external_id: 'csv:petr d.', name: 'Petr D.', is_active: true }]);
    expect(rows.bookings).toMatchObject([
      {
        external_id: '5',
        client_external_id: '17',
        staff_external_id: 'csv:petr d.',
        services: [{ external_id: 'csv:yoga', title: 'Yoga' }],
        status: 'attended',
        starts_at: null,
        starts_local: '2026-06-01T18:30:00',
        platform_changed_at: null,
      },
    ]);
    expect(rows.payments).toMatchObject([
      {
        external_id: '9',
        client_external_id: null,
        amount_minor: 149_050,
        paid_at: '2026-06-01T16:00:00.000Z',
        paid_local: null,
        title: 'Drinks',
      },
    ]);
  });

  it('may name a client of an earlier import', () => {
    expect(checkRows('visits', '1,known,2026-06-01,Yoga,,,').problems).toEqual([]);
  });

  it('are one service when titles differ only in case and spaces', () => {
    const { rows } = checkRows('visits', '1,known,2026-06-01,Yoga,,,', '2,known,2026-06-02," yoga ",,,');
    expect(rows.services).toMatchObject([{ external_id: 'csv:yoga', title: 'Yoga' }]);
    expect(rows.bookings.map(({ services }) => services[0]!.external_id)).toEqual(['csv:yoga', 'csv:yoga']);
  });
});

describe('a client', () => {
  const clientOf = (row: string) => checkRows('clients', row).rows.clients[0];

  it.each([
    ['1,Anna,,,+380671234567,,,en,', 'en', 'field'],
    ['1,Anna,,,+380671234567,,,,', 'uk', 'phone'],
    ['1,Їжак,,,,,,,', 'uk', 'name'],
    ['1,Anna,,,,,,,', 'cs', 'default'],
  ])('is written to in the language that is told: %s', (row, language, language_source) => {
    expect(clientOf(row)).toMatchObject({ language, language_source });
  });

  it.each([
    ['1,Eva,,,,,,,', 'Eva'],
    ['1,Eva Nováková,,,,,,,', null],
    ['1,Eva Nováková,,Nováková,,,,,', null],
    ['1,Nováková Eva,Eva,Nováková,,,,,', 'Eva'],
    ['1,,Eva Marie,Nováková,,,,,', 'Eva Marie'],
  ])('is greeted by a first name only when it is one: %s', (row, first_name) => {
    expect(clientOf(row)).toMatchObject({ first_name });
  });

  it('without a name has the first name and the surname', () => {
    expect(clientOf('1,,Eva,Nováková,,,,,')).toMatchObject({ name: 'Eva Nováková' });
  });

  it('with an unreadable phone is kept without one, and somebody is told', () => {
    const { rows, problems, warnings } = checkRows('clients', '1,Eva,,,4.20601E+11,,,,');
    expect(problems).toEqual([]);
    expect(rows.clients).toMatchObject([{ external_id: '1', phone: null }]);
    expect(warnings).toMatchObject([{ file: 'clients.csv', row: 2, column: 'phone' }]);
    expect(warnings[0]!.cause).toMatch('"4.20601E+11" is no phone number');
  });
});

describe('a row that cannot be kept', () => {
  it.each([
    ['clients', ',Eva,,,,,,,', 'client_id', 'This cell is empty'],
    ['clients', `${'x'.repeat(101)},Eva,,,,,,,`, 'client_id', 'at most 100 characters'],
    ['clients', '1,Eva,,,,,30.02.1990,,', 'birth_date', '"30.02.1990" is no date'],
    ['clients', '1,Eva,,,,,2026-06-16,,', 'birth_date', 'in the future'],
    ['clients', '1,Eva,,,,,,klingon,', 'language', 'cs, uk, ru, en, bg'],
    ['clients', '1,Eva,,,,,,,maybe', 'no_marketing', 'neither yes nor no'],
    ['visits', ',known,2026-06-01,Yoga,,,', 'visit_id', 'This cell is empty'],
    ['visits', '1,,2026-06-01,Yoga,,,', 'client_id', 'This cell is empty'],
    ['visits', '1,stranger,2026-06-01,Yoga,,,', 'client_id', 'There is no client "stranger"'],
    ['visits', '1,known,06/01/2026,Yoga,,,', 'starts_at', 'write it like 2026-03-01 18:30'],
    ['visits', '1,known,2026-06-01 25:00,Yoga,,,', 'starts_at', 'is no date and time'],
    ['visits', '1,known,2026-06-16,Yoga,,,', 'starts_at', 'Nobody can have attended'],
    ['visits', '1,known,2026-06-16,Yoga,,no_show,', 'starts_at', 'Nobody can have missed'],
    ['visits', '1,known,2026-06-01,,,,', 'service', 'This cell is empty'],
    ['visits', '1,known,2026-06-01,Yoga,,came,', 'status', '"came" is not known'],
    ['visits', '1,known,2026-06-01,Yoga,,,class', 'service_kind', 'personal'],
    ['payments', ';known;10;2026-06-01;', 'payment_id', 'This cell is empty'],
    ['payments', '1;stranger;10;2026-06-01;', 'client_id', 'There is no client "stranger"'],
    ['payments', '1;known;1,490;2026-06-01;', 'amount', '"1,490" is no amount of CZK'],
    ['payments', '1;known;;2026-06-01;', 'amount', 'is no amount'],
    ['payments', '1;known;10;;', 'paid_at', 'is no date and time'],
    ['payments', '1;known;10;2026-06-16;', 'paid_at', 'still to come'],
  ] as const)('of %s says why: %s', (kind, row, column, cause) => {
    const checked = checkRows(kind, row);
    expect(placesOf(checked)).toEqual([`${kind}.csv 2 ${column}`]);
    expect(checked.problems[0]!.cause).toMatch(cause);
    expect(checked.problems[0]!.cause).toMatch(/\.$/);
  });

  it('says everything at once, and so do the others', () => {
    const checked = checkRows(
      'visits',
      ',known,never,,,came,',
      '2,known,2026-06-01,Yoga,,,',
      '3,known,x,Yoga,,,',
    );
    expect(placesOf(checked)).toEqual([
      'visits.csv 2 visit_id',
      'visits.csv 2 starts_at',
      'visits.csv 2 service',
      'visits.csv 2 status',
      'visits.csv 4 starts_at',
    ]);
  });

  it('may be planned for a day to come', () => {
    expect(checkRows('visits', '1,known,2026-06-16,Yoga,,booked,').problems).toEqual([]);
  });
});

describe('an id that is there twice', () => {
  it('is told with both rows', () => {
    const checked = checkRows('payments', '1;;10;2026-06-01;', '2;;10;2026-06-01;', ' 1 ;;20;2026-06-01;');
    expect(placesOf(checked)).toEqual(['payments.csv 4 payment_id']);
    expect(checked.problems[0]!.cause).toBe('"1" is already in row 2: keep one of the two rows.');
  });
});

describe('a service with two kinds', () => {
  it('is told with both rows', () => {
    const checked = checkRows(
      'visits',
      '1,known,2026-06-01,Yoga,,,group',
      '2,known,2026-06-02,yoga,,,personal',
    );
    expect(placesOf(checked)).toEqual(['visits.csv 3 service_kind']);
    expect(checked.problems[0]!.cause).toMatch('personal here and group in row 2');
  });
});

describe('a visit of a client whose own row has a problem', () => {
  it('is no second problem', () => {
    const checked = checkTexts({
      clients: `${HEADERS.clients}\n1,Eva,,,,,someday,,`,
      visits: `${HEADERS.visits}\n1,1,2026-06-01,Yoga,,,`,
    });
    expect(placesOf(checked)).toEqual(['clients.csv 2 birth_date']);
  });
});

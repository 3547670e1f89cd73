import type { Hono } from 'hono';
import { checkChain, checkCompany } from './access.ts';
import type { Booking } from './booking.ts';
import { categoryPayload, servicePayload, staffPayload } from './catalogue-payload.ts';
import { ok } from './envelope.ts';
import { membershipType } from './money-payload.ts';
import { queryPaging } from './query.ts';
import type { MembershipType } from './shop.ts';
import { windowOf } from './store.ts';

/** What the club offers and who works there: whole lists without a change filter. */
export function addCatalogueRoutes(app: Hono, booking: Booking): void {
  const { credentials, time, now } = booking;
  const { catalogue } = booking.store;
  addMembershipTypeRoutes(app, booking);

  app.get('/company/:company', (c) => {
    checkCompany(c, credentials);
    return c.json(ok(companyPayload(booking), {}));
  });

  app.get('/companies', (c) => c.json(ok([companyPayload(booking)], { count: 1 })));

  app.get('/groups', (c) => {
    const company = { id: credentials.companyId, title: 'Vltava Fit' };
    return c.json(
      ok([{ id: credentials.chainId, title: 'Vltava Fit', companies: [company], access: { loyalty: true } }]),
    );
  });

  app.get('/company/:company/services', (c) => {
    checkCompany(c, credentials);
    const category = c.req.query('category_id');
    const rows = catalogue
      .list('services')
      .filter(({ categoryId }) => category === undefined || categoryId === Number(category));
    return c.json(ok(rows.map(servicePayload), { total_count: rows.length }));
  });

  app.get('/company/:company/service_categories', (c) => {
    checkCompany(c, credentials);
    const rows = catalogue.list('service_categories');
    return c.json(ok(rows.map(categoryPayload), { total_count: rows.length }));
  });

  for (const path of ['/company/:company/staff', '/staff/:company']) {
    app.get(path, (c) => {
      checkCompany(c, credentials, c.req.param('company'));
      const today = time.wall(now()).slice(0, 10);
      const members = catalogue.list('staff');
      return c.json(
        ok(
          members.map((member) => staffPayload(member, today)),
          { total_count: members.length },
        ),
      );
    });
  }

  app.get('/company/:company/loyalty/programs/search', (c) => {
    checkCompany(c, credentials);
    const type = c.req.query('type');
    const rows = catalogue
      .list('loyalty_programmes')
      .filter((programme) => type === undefined || programme.type === type);
    return c.json(ok(rows, { count: rows.length }));
  });
}

/** Membership types, which live on the chain and are asked for through either. */
function addMembershipTypeRoutes(app: Hono, { credentials, store }: Booking): void {
  const types = (title: string | undefined): MembershipType[] =>
    store.catalogue
      .list('membership_types')
      .filter((type) => title === undefined || type.title.includes(title));

  app.get('/company/:company/loyalty/abonement_types/search', (c) => {
    checkCompany(c, credentials);
    const { first, count } = windowOf(queryPaging(c, 25, 100, 'page_size'));
    const found = types(c.req.query('title'));
    const rows = found.slice(first, first + count);
    return c.json(
      ok(
        rows.map((type) => membershipType(type, credentials.chainId)),
        { count: found.length },
      ),
    );
  });

  app.get('/chain/:chain/loyalty/abonement_types/search', (c) => {
    checkChain(c, credentials);
    const { first, count } = windowOf(queryPaging(c, 10, 100, 'page_size'));
    const found = types(c.req.query('title'));
    const rows = found.slice(first, first + count);
    return c.json(
      ok(
        rows.map((type) => membershipType(type, credentials.chainId)),
        { count: found.length },
      ),
    );
  });
}

function companyPayload({ credentials, time, now }: Booking): Record<string, unknown> {
  return {
    id: credentials.companyId,
    title: 'Vltava Fit',
    country_id: 203,
    country: 'Czech Republic',
    city: 'Praha',
    timezone: Number(time.offset(time.wall(now())).slice(0, 3)),
    timezone_name: time.timeZone,
    currency_short_title: 'CZK',
    main_group_id: credentials.chainId,
    active: 1,
  };
}

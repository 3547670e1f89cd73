// What Altegio counts by itself. A list tells how many rows it has in all, however few of them are asked for.
import type { PlatformFigures } from '../../../../shared/booking/provider.ts';
import type { AltegioClient } from './client.ts';

export function createFigures(client: AltegioClient, companyId: string): PlatformFigures {
  return {
    async countClients() {
      return (await client.list(`/clients/${companyId}`, { count: 1 })).total;
    },
    // Deleted records are only listed when asked for.
    async countBookings(localDate) {
      const query = { start_date: localDate, end_date: localDate, count: 1 };
      return (await client.list(`/records/${companyId}`, query)).total;
    },
    clientFields: { visits: 'visits', sold: 'spent' },
  };
}

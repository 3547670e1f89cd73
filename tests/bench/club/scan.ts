/** Reading the rollup once: what answers about all clients are measured by. */
export const scanOf = (clubId: number) =>
  `select count(*) filter (where visits_30d > 0) from stats.client_stats where club_id = ${clubId}`;

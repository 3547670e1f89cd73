import { defineParams } from '@sveltejs/kit/params';

export const params = defineParams({
  clubId: (param) => (/^[1-9]\d{0,14}$/.test(param) ? Number(param) : undefined),
  metricCode: (param) => (/^[a-z][a-z0-9_]{0,62}$/.test(param) ? param : undefined),
});

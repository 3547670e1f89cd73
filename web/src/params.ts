import { defineParams } from '@sveltejs/kit/params';

export const params = defineParams({
  clubId: (param) => (/^[1-9]\d{0,14}$/.test(param) ? Number(param) : undefined),
});

import { defineParams } from '@sveltejs/kit/params';

function id(param: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(param) ? Number(param) : undefined;
}

function code(param: string): string | undefined {
  return /^[a-z][a-z0-9_]{0,62}$/.test(param) ? param : undefined;
}

export const params = defineParams({
  clubId: id,
  clientId: id,
  campaignId: id,
  conversationId: id,
  metricCode: code,
  segmentCode: code,
  scenarioCode: code,
});

// The models of November 2026 and what each refuses.
export const models = [
  'claude-fable-5-2',
  'claude-mythos-5-2',
  'claude-haiku-5-5',
  'claude-sonnet-5-5',
  'claude-fable-5-1',
  'claude-opus-5-5',
  'claude-mythos-5-1',
  'claude-sonnet-5',
  'claude-fable-5',
  'claude-mythos-5',
  'claude-opus-5',
  'claude-opus-4-8',
  'claude-opus-4-7',
  'claude-mythos-preview',
  'claude-opus-4-6',
  'claude-sonnet-4-6',
  'claude-haiku-4-5',
  'claude-haiku-4-5-20251001',
  'claude-opus-4-5',
  'claude-opus-4-5-20251101',
  'claude-sonnet-4-5',
  'claude-sonnet-4-5-20250929',
];

/** Models that always think: `thinking: {type: 'disabled'}` is refused. */
export const alwaysThinks = (model: string): boolean =>
  /^claude-(sonnet|opus|fable)-5-[15]$/.test(model) || model === 'claude-fable-5-2';

/** The 5.5 models take adaptive thinking only, never a token budget. */
export const refusesBudget = (model: string): boolean => /-5-5$/.test(model);

/** The 5.5 models think unless told not to. */
export const thinksByDefault = (model: string): boolean => /-5-5$/.test(model) || alwaysThinks(model);

/** Forced tool choice, and disabled thinking at high effort, are refused here as well. */
export const effortsWithoutThinking = ['low', 'medium', 'high'];

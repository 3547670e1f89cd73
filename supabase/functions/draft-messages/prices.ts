// What an answer costs, in millionths of a US dollar: dollars per million tokens are millionths of a dollar per token.
// The prices are Anthropic's list of November 2026 for prompts up to 100,000 tokens; a batch costs half.

interface Price {
  input: number;
  output: number;
}

const PRICES: [string, Price][] = [
  ['claude-haiku-5-5', { input: 0.1, output: 0.5 }],
  ['claude-haiku-4-5', { input: 1, output: 5 }],
  ['claude-sonnet', { input: 2, output: 10 }],
  ['claude-opus-5', { input: 4, output: 20 }],
];
/** A model whose price nobody entered counts as the dearest known: a budget that is too careful can be raised. */
const DEAREST: Price = { input: 10, output: 50 };

/** The tokens of one or several answers, as the API counts them. */
export interface Tokens {
  input_tokens: number;
  output_tokens: number;
}

const priceOf = (model: string): Price => PRICES.find(([prefix]) => model.startsWith(prefix))?.[1] ?? DEAREST;

/** Rounded up: what is spent is never understated. */
export function costMicroUsd(model: string, tokens: Tokens, { isBatch = false } = {}): number {
  const { input, output } = priceOf(model);
  const cost = tokens.input_tokens * input + tokens.output_tokens * output;
  // Sums of products of decimals: without the tolerance 100 tokens of 0.1 could cost 10.000000000000002.
  return Math.ceil((isBatch ? cost / 2 : cost) - 1e-6);
}

/** Parsed JSON: the assertions themselves check its shape. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Answer = Record<string, any>;

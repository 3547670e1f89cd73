// Time is an argument everywhere: these two are given to functions, never called by them directly.
export type Now = () => Date;
export type Wait = (milliseconds: number) => Promise<void>;

export const systemNow: Now = () => new Date();

export const systemWait: Wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

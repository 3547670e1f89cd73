import { NOW } from '../club/size.ts';

/** Time goes on while messages are claimed: leases end one after the other, as in life. */
export const now = () => new Date(Date.parse(NOW) + performance.now()).toISOString();

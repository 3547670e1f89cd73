// jStat brings no types; this is all of it that is used.
declare module 'jstat' {
  const jStat: {
    /** ln Γ(x) for x > 0. */
    gammaln(x: number): number;
  };
  export default jStat;
}

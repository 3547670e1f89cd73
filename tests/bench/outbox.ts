// How fast the outbox gives messages out and takes reports back, beside pg-boss and graphile-worker on the same server, with ten
// thousand and with a million waiting, and while somebody holds an old snapshot. `--crash` kills Postgres and workers instead and
// counts what was lost or sent twice.
if (process.argv.includes('--crash')) {
  const { runCrash } = await import('./outbox/crash.ts');
  await runCrash(process.argv.slice(2));
} else {
  const { runThroughput } = await import('./outbox/throughput.ts');
  await runThroughput(process.argv.slice(3));
}

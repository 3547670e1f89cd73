// `npm run eval -- <name>`: runs tests/eval/<name>.ts.
const [name = ''] = process.argv.slice(2);
if (name !== 'drafts') {
  console.error('Usage: npm run eval -- drafts [--model NAME] [--members N]');
  process.exit(1);
}
await import('./drafts.ts');

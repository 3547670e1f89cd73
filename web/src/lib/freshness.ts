/** What may have changed since the page was read: `now` every few seconds, `numbers` when the rollup was refreshed. */
export const NOW = 'regulars:now';
export const NUMBERS = 'regulars:numbers';

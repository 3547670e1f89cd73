/** How a badge or a panel feels about what it says. */
export type Tone = 'good' | 'calm' | 'warn' | 'bad';

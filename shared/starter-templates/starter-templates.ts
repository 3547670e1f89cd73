// The starter set: one template per scenario and language, to be submitted to Meta by one command or button.
import { BIRTHDAY } from './birthday.ts';
import { LAST_CHANCE } from './last-chance.ts';
import { MILESTONE } from './milestone.ts';
import { PT_DROPOUT } from './pt-dropout.ts';
import { REACTIVATION } from './reactivation.ts';
import type { StarterTemplate } from './starter-template.ts';

export const STARTER_TEMPLATES: readonly StarterTemplate[] = [
  ...BIRTHDAY,
  ...MILESTONE,
  ...PT_DROPOUT,
  ...LAST_CHANCE,
  ...REACTIVATION,
];

// English, warm and plain.
import { counter, phrase } from './phrase.ts';
import type { Phrasebook, Weekday } from './phrase.ts';

const days = counter('en', { one: 'day', other: 'days' });
const visits = counter('en', { one: 'visit', other: 'visits' });

const onWeekday: Record<Weekday, string> = {
  monday: 'on Monday',
  tuesday: 'on Tuesday',
  wednesday: 'on Wednesday',
  thursday: 'on Thursday',
  friday: 'on Friday',
  saturday: 'on Saturday',
  sunday: 'on Sunday',
};

export const en: Phrasebook = {
  reactivation: [
    phrase(
      ['days_since_last_visit'],
      (facts) =>
        `It has been ${days(facts.days_since_last_visit)} since your last visit. We would love to see you training again.`,
    ),
    phrase(
      ['usual_weekday'],
      (facts) =>
        `It has been a while! How about coming back for a workout ${onWeekday[facts.usual_weekday]}?`,
    ),
    phrase(
      ['visits_total'],
      (facts) =>
        `You have ${visits(facts.visits_total)} behind you, and that is something to build on. Come back at your own pace.`,
    ),
    phrase(
      ['usual_service'],
      (facts) => `We miss you. “${facts.usual_service}” could be a nice reason to drop by again.`,
    ),
    phrase(
      ['days_since_last_visit', 'usual_weekday'],
      (facts) =>
        `Your last visit was ${days(facts.days_since_last_visit)} ago. Shall we see you again ${onWeekday[facts.usual_weekday]}?`,
    ),
    phrase([], () => 'We have not seen you for a while. Could you find some time to train this week?'),
    phrase([], () => 'We miss you. Come and train with us again.'),
  ],
  last_chance: [
    phrase(
      ['days_since_last_visit'],
      (facts) =>
        `It has been ${days(facts.days_since_last_visit)} since we last saw you. Starting again is easier than it looks: one workout is enough.`,
    ),
    phrase(
      ['visits_total'],
      (facts) =>
        `You have ${visits(facts.visits_total)} behind you. Keep what you have built and come back for a workout.`,
    ),
    phrase([], () => 'It has been a long time and we would hate to lose you. Come in for just one workout.'),
  ],
  pt_dropout: [
    phrase(
      ['usual_weekday'],
      (facts) =>
        `We miss you at personal training. Would a session ${onWeekday[facts.usual_weekday]} suit you?`,
    ),
    phrase(
      [],
      () => 'We miss you at personal training. Tell us when it suits you and we will find a time together.',
    ),
  ],
  milestone: [
    phrase(
      ['visits_total'],
      (facts) =>
        `You have ${visits(facts.visits_total)} behind you. Congratulations, that is a wonderful result!`,
    ),
    phrase([], () => 'Congratulations on your new milestone! We are glad you train with us.'),
  ],
  birthday: [
    phrase([], () => 'Happy birthday! We wish you good health and plenty of joy in moving.'),
    phrase([], () => 'Many happy returns! May your energy last all year long.'),
  ],
};

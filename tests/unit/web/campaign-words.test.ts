import { describe, expect, it } from 'vitest';
import { audienceWords, campaignWords } from '../../../web/src/lib/words/campaign.ts';

const EVERYBODY = {
  segment: null,
  segment_name: null,
  languages: null,
  last_visit_from_days: null,
  last_visit_until_days: null,
  tags: null,
};

describe('the audience of a campaign in words', () => {
  it.each([
    [{}, 'Everybody'],
    [{ segment: 'lost', segment_name: 'Lost Clients' }, 'Lost Clients'],
    [{ segment: 'unsegmented' }, 'Clients in no segment'],
    [{ languages: ['cs', 'uk', 'en'] }, 'Everybody, speaking Czech, Ukrainian or English'],
    [{ last_visit_from_days: 60 }, 'Everybody, last visit 60 days ago or more'],
    [{ last_visit_until_days: 1 }, 'Everybody, last visit 1 day ago or less'],
    [
      { last_visit_from_days: 0, last_visit_until_days: 90, tags: ['yoga'] },
      'Everybody, last visit 0 to 90 days ago, tagged “yoga”',
    ],
  ])('%j: %s', (choice, phrase) => {
    expect(audienceWords({ ...EVERYBODY, ...choice })).toBe(phrase);
  });

  it('names a few clients and counts the others', () => {
    const { names } = campaignWords.audience;
    expect(names(['Eva', 'Jan'], 2)).toBe('Eva, Jan');
    expect(names(['Eva', 'Jan'], 3)).toBe('Eva, Jan and 1 other');
  });
});

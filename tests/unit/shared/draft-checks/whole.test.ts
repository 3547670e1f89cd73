// The whole message, frame included, says that it is a commercial one and how to get no more of them.
import { describe, expect, it } from 'vitest';
import type { Language } from '../../../../shared/draft-checks/draft.ts';
import { checkWhole } from '../../../../shared/draft-checks/whole.ts';

const MARK = 'The message does not say that it is a commercial one.';
const OPT_OUT = 'The message does not say how to opt out.';

const complete: [Language, string][] = [
  ['cs', 'Přijďte zase.\n\nOS · Vltava Fit s.r.o. · Odhlášení: STOP'],
  ['cs', 'Přijďte zase.\n\nObchodní sdělení, odhlásit se můžete v recepci.'],
  ['uk', 'Завітайте знову.\n\nРеклама · щоб відписатися, надішліть СТОП'],
  ['ru', 'Приходите снова.\n\nРеклама · чтобы отписаться, отправьте СТОП'],
  ['en', 'Come and see us.\n\nMarketing message. Unsubscribe any time.'],
  ['bg', 'Елате отново.\n\nРеклама · за отписване изпратете СТОП'],
];

const incomplete: [Language, string, string[]][] = [
  ['cs', 'Přijďte zase na osobní trénink non-stop.', [MARK, OPT_OUT]],
  ['cs', 'Přijďte zase. Odhlášení: STOP', [MARK]],
  ['cs', 'Přijďte zase.\n\nObchodní\u00a0sdělení', [OPT_OUT]],
  ['uk', 'Завітайте знову. Ми не стоп, а старт!', [MARK, OPT_OUT]],
  ['uk', 'Завітайте знову. Рекламне повідомлення', [OPT_OUT]],
  ['ru', 'Приходите снова. Отказ: отправьте СТОП', [MARK]],
  ['ru', 'Приходите снова. Рекламное сообщение', [OPT_OUT]],
  ['en', 'Come and stop by any time. Commercial message', [OPT_OUT]],
  ['en', 'Commerce never sleeps. Reply STOP to opt out.', [MARK]],
  ['bg', 'Елате отново. Търговско съобщение', [OPT_OUT]],
  ['bg', 'Елате отново. Отказ: изпратете СТОП', [MARK]],
];

describe('A whole message', () => {
  it.each(complete)('in %s that is marked and says how to opt out is right: %s', (language, whole) => {
    expect(checkWhole(whole, language, { hasOptOutButton: false })).toEqual([]);
  });

  it.each(incomplete)('in %s that lacks one or the other is not: %s', (language, whole, problems) => {
    expect(checkWhole(whole, language, { hasOptOutButton: false })).toEqual(problems);
  });

  it.each(incomplete)('in %s may leave the opt-out to a button, but not the mark: %s', (...row) => {
    const [language, whole, problems] = row;
    expect(checkWhole(whole, language, { hasOptOutButton: true })).toEqual(
      problems.filter((problem) => problem === MARK),
    );
  });
});

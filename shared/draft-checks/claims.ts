// Whether a text says only what it may: nothing beyond the facts, no offer of money's worth, no way to be reached.
import { factTexts } from './draft.ts';
import type { Check } from './draft.ts';

const NUMBER = /\p{Nd}+/gu;

export const checkFacts: Check = ({ message, factsUsed }, task) => {
  const known = new Set(task.facts.map((fact) => fact.id));
  const invented = factsUsed.filter((id) => !known.has(id));
  const numbers = new Set(factTexts(task).flatMap((text) => text.match(NUMBER) ?? []));
  const unfounded = (message.match(NUMBER) ?? []).filter((number) => !numbers.has(number));
  return [
    ...invented.map((id) => `facts_used names "${id}", which is not among the facts.`),
    ...unfounded.map((number) => `The number ${number} is not among the facts.`),
  ];
};

/** Words of an offer by their stems, in the five languages. A fact may hold one: a service can be called so. */
const OFFERS = [
  /%|‰|\p{Sc}/u,
  // Czech
  /(?<!\p{L})(slev|zlevn|zdarma|bezplatn|dárek|dárk|poukaz|voucher|kup[oó]n|bonus|korun|kč(?!\p{L}))/iu,
  // Ukrainian and Russian
  /(?<!\p{L})(знижк|знижен|безкоштовн|безоплатн|подарун|купон|бонус|акці[яюїй](?!\p{L})|гривень|гривн|грн(?!\p{L}))/iu,
  /(?<!\p{L})(скидк|скидок|бесплатн|подар(ок|к)|промокод|акци[яюией](?!\p{L})|рубл|руб(?!\p{L})|евро|крон)/iu,
  // Bulgarian
  /(?<!\p{L})(отстъпк|намален|безплатн|подарък|подаръц|ваучер|промоци|лева(?!\p{L})|лв(?!\p{L}))/iu,
  // English
  /\b(discounts?|% off|for free|free (of charge|trial|session|class|lesson|visit|month|week|day)|gifts?|vouchers?|coupons?|promo(tion)?s?|bargain|euros?|crowns?)\b/iu,
  /\b(CZK|EUR|USD|UAH|RUB|BGN|GBP)\b/,
];

export const checkOffers: Check = ({ message }, task) => {
  const text = factTexts(task)
    .filter((fact) => /\p{L}/u.test(fact))
    .reduce((rest, fact) => rest.replaceAll(fact, ' '), message);
  const found = OFFERS.map((offer) => offer.exec(text)?.[0]).filter((word) => word !== undefined);
  return found.map((word) => `Promise nothing of value: no discount, price, gift or currency ("${word}").`);
};

const CONTACTS: [RegExp, string][] = [
  [
    /https?:|www\.|\p{L}\.(com|cz|eu|net|org|io|me|app|bg|ua|ru|sk|info|рф|укр|бг)(?!\p{L})/iu,
    'Write no link.',
  ],
  [/\S@\S|(?<!\S)@\p{L}/u, 'Write no e-mail address or account name.'],
  [/\+?\d[\d\s().-]{6,}\d/u, 'Write no phone number.'],
];

export const checkContacts: Check = ({ message }) =>
  CONTACTS.filter(([pattern]) => pattern.test(message)).map(([, problem]) => problem);

// The polite form of address: no pronoun of the familiar one, and no verb of the second person singular where its ending shows it.
import type { Check } from './checked-text.ts';
import type { Language } from './draft.ts';
import { findPhrase, phrases, withoutYo } from './phrases.ts';

/** English has one form; it is familiar by its words. */
const FAMILIAR: Record<Language, RegExp> = {
  cs: phrases(
    'jako ty, co ty, tě, tebe, tobě, tebou, tvůj, tvoje, tvoji, tvé, tvá, tvou, tvého, tvém, tvým, tvých, tvými, tvojí, jsi, ses, sis, bys, abys, kdybys, přijď, pojď, zastav, stav se, ozvi, napiš, vrať, vyber, zkus, nezapomeň, neváhej, zacvič, rezervuj, přidej, pokračuj, začni, dopřej, dej, měj, buď zdráv, užij, ahoj, čau, čus, nazdar',
  ),
  uk: phrases(
    'ти, тебе, тобі, тобою, твій, твоя, твоє, твої, твого, твоєї, твою, твоєму, твоїм, твоїх, твоїми, приходь, завітай, пиши, напиши, приєднуйся, повертайся, повернись, тримай, тримайся, заходь, обирай, обери, чекай, не забувай, спробуй, продовжуй, починай, прийди, привіт, привітик',
  ),
  ru: phrases(
    'ты, тебя, тебе, тобой, твой, твоя, твое, твои, твоего, твоей, твою, твоему, твоим, твоих, твоими, приходи, заходи, заглядывай, возвращайся, вернись, напиши, пиши, выбирай, выбери, попробуй, не забудь, не забывай, держи, продолжай, начни, начинай, присоединяйся, давай, жми, привет, приветик',
  ),
  en: phrases(
    "buddy, dude, mate, bro, sweetie, honey, darling, babe, hun, girl, guys, pal, gonna, wanna, ya, y'all",
  ),
  bg: phrases(
    'ти, теб, тебе, твой, твоя, твоят, твоята, твоето, твоите, твое, твои, ела, заповядай, пиши, виж, избери, запази, върни се, не забравяй, дойди, опитай, продължавай, здрасти, хей',
  ),
};

/** Words with these endings that are no verbs. */
const SINGULAR_VERBS: Partial<Record<Language, { verb: RegExp; others: RegExp }>> = {
  cs: {
    verb: /(?<!\p{L})\p{L}+(?:áš|eš|íš)(?!\p{L})/giu,
    others: /^(?:náš|váš|spíš|skrýš|říš|níš|číš|koláš|guláš|leš|veš|mikuláš)$/iu,
  },
  uk: {
    verb: /(?<!\p{L})\p{L}{2,}(?:єш|еш|иш|їш)(?:ся)?(?!\p{L})/giu,
    others: /^(?:лиш|тиш|кеш|афіш|ніш|вірш|гуляш|комиш|затиш)$/iu,
  },
  ru: {
    verb: /(?<!\p{L})\p{L}{2,}(?:ешь|ишь)(?:ся)?(?!\p{L})/giu,
    others: /^(?:лишь|тишь|мышь|брешь|плешь|камыш)$/iu,
  },
  bg: {
    verb: /(?<!\p{L})\p{L}{2,}(?:аш|еш|иш|яш)(?!\p{L})/giu,
    others:
      /^(?:наш|ваш|финиш|кеш|фиш|плюш|гулаш|картуш|багаж|имидж|крек|фетиш|престиж|скуош|сандвич|смеш|греш)$/iu,
  },
};

export const checkFamiliarity: Check = ({ own, language }) => {
  const text = withoutYo(own);
  const verbs = SINGULAR_VERBS[language];
  const verb = verbs && text.match(verbs.verb)?.find((word) => !verbs.others.test(word));
  const word = findPhrase(FAMILIAR[language], text) ?? verb;
  return word === undefined ? [] : [`Use the polite form of address, not the familiar one ("${word}").`];
};

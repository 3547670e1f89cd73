// The little words and the endings of each language, by which a text is told from one in a language with the same letters.
import type { Language } from './draft.ts';
import { phrases } from './phrases.ts';

/** Ours, and neighbours that write with the same letters. */
type Known = Language | 'sk' | 'pl' | 'de' | 'sr';

const WORDS: Record<Known, string> = {
  cs: 'a, i, se, si, na, do, v, ve, k, ke, s, z, za, po, o, u, pro, při, že, co, jak, když, kdy, už, zase, ještě, jen, také, nebo, ale, je, jsme, jste, jsou, být, byl, bylo, budeme, bude, vás, vám, vámi, vaše, vaší, váš, vašich, nás, nám, naše, to, tom, tento, této, moc, velmi, rádi, kdykoli, všechno, ať, máte, máme, zda, bez, snadno, rok, proto, právě, přejeme, děkujeme, gratulujeme, těšíme, čekáme, chybíte',
  sk: 'sa, sme, ste, sú, že, čo, ako, keď, kedy, už, zasa, opäť, ešte, len, tiež, alebo, pre, pri, nie, vás, vám, váš, vaše, nás, nám, veľmi, radi, máte, bude, budeme, tešíme, čakáme, ďakujeme, kedykoľvek, vo, zo, so, ku, tento, túto',
  en: 'the, a, an, and, or, but, to, of, in, on, at, for, with, from, by, is, are, was, be, been, have, has, had, will, would, could, can, may, we, you, your, our, us, it, its, this, that, all, so, as, if, when, while, again, how, what, just, any, not, do, many, happy, see',
  de: 'der, die, das, und, oder, wir, sie, ihr, ihre, ihnen, uns, ist, sind, haben, wird, werden, mit, für, auf, von, zu, zum, zur, wieder, schon, nicht, ein, eine, einen, im, am, wenn, sich, freuen, bei',
  pl: 'i, w, na, do, z, ze, się, nie, jest, są, jak, już, znów, oraz, dla, przy, po, państwa, państwo, pana, nas, nam, was, wam, kiedy, gdy, czy, że, co, to, bardzo, będzie, będziemy, mamy, czekamy',
  uk: 'і, й, та, в, у, на, до, з, зі, із, за, від, для, про, по, що, як, якщо, коли, чи, вже, ще, знову, це, цей, цього, цієї, ми, ви, вас, вам, вами, ваш, ваша, ваше, ваші, вашу, вашого, вашої, ваших, нас, нам, нами, наш, наші, не, є, був, було, були, буде, будемо, буду, дуже, саме, щоб, бо, або, але, раді, хай, нехай, давно, будь, ласка, разом, щиро, вітаємо, чекаємо, дякуємо, бажаємо, залюбки, можна, а, ж, завжди, лише, тільки, також, навіть, адже, тут, там, все, всі, усе, під, без, перед, після, через, решту, зробимо, тренування, тренуванні, завітайте, приходьте, будете, час, щоразу, *ння, *тися, *тись, *ього, *ємо, *їмо, *ати, *ити, *ють, *ється, *ими',
  ru: 'и, а, в, во, на, к, ко, с, со, за, от, для, о, об, про, по, что, как, если, когда, ли, уже, еще, ещё, снова, это, этот, этой, мы, вы, вас, вам, вами, ваш, ваша, ваше, ваши, вашу, вашего, вашей, ваших, нас, нам, нами, наш, наши, не, есть, был, было, были, будет, будем, очень, именно, чтобы, или, но, рады, пусть, давно, пожалуйста, вместе, поздравляем, ждем, ждём, спасибо, желаем, можно, вы, у, всегда, только, также, даже, здесь, там, все, под, без, перед, после, через, ведь, тренировка, тренировке, тренировку, приходите, время, всё, благодарим, *ться, *тся, *ть, *ого, *его, *ую, *юю, *ый, *ой, *ых, *ешь, *ишь',
  bg: 'и, а, в, във, на, към, с, със, за, от, до, по, при, из, че, как, ако, кога, когато, дали, ли, вече, още, пак, отново, това, този, тази, ние, вие, вас, ви, ваш, вашия, вашата, вашето, вашите, нас, ни, наш, не, е, са, сме, сте, беше, бяхме, бъде, ще, се, си, да, много, именно, защото, или, но, нека, отдавна, моля, заедно, поздравления, очакваме, благодарим, желаем, пожелаваме, честит, след, просто, радваме, което, който, които, винаги, само, също, дори, тук, там, всичко, без, през, преди, тренировка, тренировката, елате, заповядайте, време, липсвате, поздрав, скоро, няма, *ата, *ята, *ето, *ите, *ият, *хме, *хте, *ваме',
  sr: 'и, у, на, са, за, да, се, је, смо, сте, вас, вам, нас, нам, што, како, ако, када, већ, још, опет, ово, ми, ви, не, ће, ћемо, бити, вратите, радо',
};

const LATIN = ['cs', 'sk', 'en', 'de', 'pl'] as const;
const CYRILLIC = ['uk', 'ru', 'bg', 'sr'] as const;

const PATTERNS = new Map(
  (Object.keys(WORDS) as Known[]).map((known) => [known, new RegExp(phrases(WORDS[known]).source, 'giu')]),
);

const hitsOf = (text: string, language: Known): number => text.match(PATTERNS.get(language)!)?.length ?? 0;

/** Whether it has words of the language, and no neighbour has more of them; beyond doubt, none has as many. */
export function looksLike(text: string, language: Language, { isBeyondDoubt = false } = {}): boolean {
  const family: readonly Known[] = language === 'cs' || language === 'en' ? LATIN : CYRILLIC;
  const hits = hitsOf(text, language);
  const most = Math.max(...family.filter((known) => known !== language).map((rival) => hitsOf(text, rival)));
  return hits > 0 && (isBeyondDoubt ? most < hits : most <= hits);
}

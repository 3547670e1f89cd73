// An invitation, never a reproach: nobody is told what they owe us, what they will lose, or that this is the last time.
import type { Check } from './checked-text.ts';
import { findPhrase, phrasesOf, withoutYo } from './phrases.ts';

const PRESSURE = phrasesOf({
  cs: 'zklam*, zanedb*, výmluv*, vymlouv*, lenost*, lenoš*, líný, líná, líní, lenivost*, (?:už )?musíte, měli byste, měl byste, měla byste, jste povin*, proč (?:už |jste |k nám )*(?:nechodíte|přestal|nepřišl|necvičíte|zanedb), zapomněl* jste na nás, jste na nás zapomněl*, stydět, stydíte, hanb*, svědomí, výčit*, poslední (?:vaše |vaši )?(?:šance|šanci|možnost|příležitost|varování|výzva|upozornění), jinak (?:vám|vás|budeme|bude), přijdete o, ztratíte, propásnete, prošvihnete, budete litovat, litovat toho, nenechte si ujít, vzdali jste, vzdáváte, flákat*, fláká*, dlužíte',
  uk: "підвел*, підвод*, розчаров*, розчарува*, повинні, мусите, зобов'язан*, виправдан*, відмовк*, лінощі*, лінуєтеся, лінуйтеся, ліну*, лінив*, лінь, сором*, соромно, докор*, останн(?:ій|ього|ьому|я|ю|ьою|ьої) (?:ваш |ваша )?(?:шанс|можливіст|нагод|попереджен)*, чому ви (?:перестали|не|досі|більше), (?:вже )?закинули, занедбал*, забули про нас, про нас забули, нас забули, нас покинули, покинули нас, інакше (?:ми|ви|доведеться|втрат)*, пошкодуєте, шкодуватимете, втратите, проґавите, прогавите, не пропустіть, винні нам, здалися",
  ru: 'подвел*, подводите, разочаров*, обязаны, должны, вам следует, отговор*, оправдан*, лень, ленит*, ленив*, ленос*, стыд*, совест*, упрек*, последн(?:ий|его|ему|яя|юю|ее|ей) (?:ваш |ваша )?(?:шанс|возможност|предупрежден)*, последний раз (?:предлаг|напомин|пиш)*, почему вы (?:перестали|не|до сих|больше), забросили, забыли (?:про|о) нас, (?:про|о) нас забыли, нас забыли, бросили нас, иначе (?:мы|вы|придется|потер)*, пожалеете, потеряете, лишитесь, упустите, не упустите, не пропустите, должны нам, сдались',
  en: "let us down, disappoint*, (?:you|u) (?:should|must|ought|need to|had better), you have to, you've got to, no excuses?, excuses?, lazy, laziness, guilt*, shame*, asham*, last chance, final (?:chance|notice|warning|reminder|call), neglect*, abandon*, (?:gave|given|giving) up, why (?:did|have|do|are|haven't|didn't|don't|aren't) you, or else, otherwise (?:we|you), (?:you'll|you will|you may|you could|you might) (?:lose|regret|miss out), (?:don't|do not) miss (?:out|this|it|your), missing out, running out, forgotten (?:about )?us, forgot (?:about )?us, owe us, slack*",
  bg: 'разочаров*, подвед*, подведохте, (?:вие )?трябва да (?:дойдете|се върнете|тренирате|идвате|продължите|побързате), вие трябва, длъжни, извинени(?:я|е|ята), оправдан*, мързел*, срам*, съвест*, упрек*, последн(?:ия|ият|а|ата|ен) (?:ви |ваш )?(?:шанс|възможност|предупрежден)*, защо (?:спряхте|не|престанахте|вече не), изоставихте, пренебрег*, забравихте (?:ни|за нас), (?:ни|за нас) забравихте, в противен случай, иначе (?:ще|ние|вие), ще съжаляв*, ще загубите, ще изпуснете, не (?:го )?изпускайте, не пропускайте, отказахте се, предадохте се, дължите',
});

const IDIOMS = /(?:don't|do not|no) (?:you )?(?:have|need) to|you don't have to|you do not have to/giu;
const CAPITALS = /(?<![\p{L}\p{N}])\p{Lu}{4,}(?![\p{L}\p{N}])/gu;
/** One word in capitals may be a name; more are shouted. */
const SHOUTED_WORDS = 2;

export const checkPressure: Check = ({ own, language }) => {
  const words = findPhrase(PRESSURE[language], withoutYo(own).replaceAll(IDIOMS, ' '));
  const isShouted = (own.match(CAPITALS)?.length ?? 0) >= SHOUTED_WORDS;
  return [
    ...(words === undefined ? [] : [`Put no pressure on the reader and reproach nothing ("${words}").`]),
    ...(isShouted ? ['Put no pressure on the reader: do not write in capitals.'] : []),
  ];
};

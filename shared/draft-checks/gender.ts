// No form that shows whether the reader is a man or a woman: we do not know, and a wrong guess hurts. The polite plural of Ukrainian,
// Russian and Bulgarian shows nothing; a singular beside it does. Czech shows it in every past tense about the reader.
import type { Check } from './checked-text.ts';
import type { Language } from './draft.ts';
import { withoutYo } from './phrases.ts';

const word = (pattern: string) => String.raw`(?<![\p{L}])(?:${pattern})(?![\p{L}])`;
/** Small words that may stand between a pronoun or auxiliary and what it governs. */
const LITTLE: Record<Language, string> = {
  cs: 'se|si|už|k|nám|u|nás|s|námi|to|tak|moc|velmi|opravdu|zase|dlouho|někdy|vždy|ještě|také|včera|dnes|poprvé|naposledy|u nás|na|pro|jistě|určitě|i|také|teď|vždycky|stále|rozhodně|sem|skvěle|dobře|hezky|\\p{L}{2,20}ě',
  uk: 'б|би|не|вже|знову|давно|довго|так|ще|у нас|нас|нам|до нас|сьогодні|колись|раніше|завжди|ніколи|дуже|справді|точно|вчора|востаннє|й|і|добре|\\p{L}{2,20}о',
  ru: 'бы|не|уже|снова|давно|долго|так|еще|у нас|нас|нам|к нам|сегодня|когда-то|раньше|всегда|никогда|очень|точно|вчера|последний раз|и|\\p{L}{2,20}о',
  en: '',
  bg: 'не|вече|отново|отдавна|дълго|така|още|при нас|днес|винаги|никога|много|наистина|се|си|ни|\\p{L}{2,20}о',
};
const gap = (language: Language) => String.raw`(?: (?:${LITTLE[language]})(?!\p{L})){0,3}`;

const LONE: Record<Language, string> = {
  cs: String.raw`pane|paní|pán|dáma|slečno|vážen[ýáa] (?:člen|klient|zákazn|\ufffc)\p{L}*|mil[ýá],? (?:člen|klient|zákazn|\ufffc)\p{L}*|členko|klientko|zákaznice|klientka|vaše členka|uvidíte sám|uvidíte sama|sama uvidíte|sám uvidíte|rád přijdete|ráda přijdete|budete (?:rád|ráda|vítán|vítána|spokojen|spokojená|spokojený)|cítíte se \p{L}+(?:ý|á)|jako (?:nový|nová|znovuzrozený|znovuzrozená)|šampione|šampionko|hrdino|hrdinko|bojovníku|bojovnice|sportovkyně`,
  uk: String.raw`пане|пані|панове|шановн(?:ий|а)|любий|люба|дорог(?:ий|а),? \ufffc|дорогий|дорога (?:наша|клієнтко)|мил(?:ий|а),? \ufffc|клієнтко|клієнте|друже|подруго|чемпіоне|чемпіонко|герою|героїне|ви (?:молодчинка|красуня|красень)|спортсменко|(?:сам|сама) (?:переконаєтеся|побачите|відчуєте)|(?:переконаєтеся|побачите|відчуєте) (?:сам|сама)|будете (?:рада|радий|задоволена|задоволений)`,
  ru: String.raw`господин|госпожа|сударыня|уважаем(?:ый|ая)|дорог(?:ой|ая),? \ufffc|дорогой (?:друг|клиент|участник)|дорогая (?:клиентка|подруга)|мил(?:ый|ая),? \ufffc|клиентка|подруга|чемпион|чемпионка|герой|героиня|красавица|красавец|спортсменка|(?:сам|сама) (?:убедитесь|увидите|почувствуете)|(?:убедитесь|увидите|почувствуете) (?:сам|сама)|будете (?:рад|рада|доволен|довольна)`,
  en: String.raw`sir|madam|ma'am|ladies|lady|gentlem[ae]n|mrs\.?|mr\.?|ms\.?|miss \ufffc|handsome|champ|hero|heroine|superman|superwoman|king|queen`,
  bg: String.raw`господине|госпожо|госпожице|уважаем(?:а)|уважаеми господине|скъп(?:и|а),? \ufffc|скъпа|мил(?:и|а),? \ufffc|клиентке|приятелю|приятелко|шампионе|шампионке|герою|героиньо|красавице|(?:сам|сама) ще (?:видите|усетите|се убедите)|ще (?:видите|усетите|се убедите) (?:сам|сама)|ще бъдете (?:доволен|доволна|готов|готова)|добре (?:дошъл|дошла)`,
};

/** Nouns that end as a Czech participle does. */
const CZECH_NOUNS =
  'cíl|díl|sál|mail|e-mail|stůl|úhel|podíl|rozdíl|signál|styl|profil|mobil|detail|fotbal|volejbal|florbal|basketbal|kanál|materiál|potenciál|kolik|bohužel|síla|škola|chvála|konzola|hala|posila|tabula|formula|zcela|docela|mála';

const PAST: Partial<Record<Language, RegExp>> = {
  // "přišel jste", "byla byste", "jste dlouho nebyl"; "jste skvělá", "jste vítán".
  cs: new RegExp(
    [
      word(String.raw`(?!(?:${CZECH_NOUNS})(?!\p{L}))\p{L}{2,24}(?:l|la)${gap('cs')} (?:jste|byste)`),
      word(
        String.raw`(?:jste|byste|abyste|kdybyste)${gap('cs')} (?!(?:${CZECH_NOUNS})(?!\p{L}))\p{L}{2,24}(?:l|la)`,
      ),
      word(
        String.raw`(?:jste|buďte|byste)${gap('cs')} (?:rád|ráda|sám|sama|vítán|vítána|zván|zvána|spokojen|spokojena|spokojený|spokojená|skvělý|skvělá|silný|silná|vytrvalý|vytrvalá|šikovný|šikovná|pilný|pilná|odhodlaný|odhodlaná|připraven|připravena|připravený|připravená|důležitý|důležitá|úžasný|úžasná|statečný|statečná|aktivní členka|věrný|věrná|hrdý|hrdá|unavený|unavená|zaneprázdněný|zaneprázdněná|pracovitý|pracovitá|dobrý|dobrá|první|nejlepší|naše členka|náš člen)(?<!první|nejlepší)`,
      ),
    ].join('|'),
    'iu',
  ),
  uk: new RegExp(
    [
      word(
        String.raw`ви${gap('uk')} \p{L}{1,24}(?:[аиуіїєояюе]ла|[аиуіїєояюе]лася|[аиуіїєояюе]лась|йшла|шла|гла|кла|сла|зла|лзла|[аиуїєояю]в|[аиуїєояю]вся|хотів|сидів|радів|шов|шовся)`,
      ),
      word(String.raw`(?:\p{L}{1,24}(?:[аиуіїєояю]ла|шла|гла)|\p{L}{1,24}(?:шов)|був|була|міг|могла) ви`),
      word(
        String.raw`ви${gap('uk')} (?:міг|сам|сама|готовий|готова|радий|рада|впевнений|впевнена|втомлений|втомлена|зайнятий|зайнята|щасливий|щаслива|повинен|повинна|сильний|сильна|молодець|наполеглива|наполегливий|задоволена|задоволений|чудова|чудовий|найкраща|найкращий)`,
      ),
    ].join('|'),
    'iu',
  ),
  ru: new RegExp(
    [
      word(
        String.raw`вы${gap('ru')} \p{L}{1,24}(?:[аиуеояы]л|[аиуеояы]лся|[аиуеояы]ла|[аиуеояы]лась|шел|шла|шелся|шлась|гла|кла|сла|зла|пришел)`,
      ),
      word(String.raw`(?:\p{L}{1,24}(?:[аиуеояы]ла|шла|шел)|был|была|мог|могла) вы`),
      word(
        String.raw`вы${gap('ru')} (?:мог|сам|сама|готов|готова|рад|рада|уверен|уверена|занят|занята|должен|должна|счастлив|счастлива|доволен|довольна|сильный|сильная|упорный|упорная|прекрасна|прекрасен|лучшая|лучший)`,
      ),
    ].join('|'),
    'iu',
  ),
  bg: new RegExp(
    [
      word(
        String.raw`(?:сте|бяхте|бихте|бъдете)${gap('bg')} \p{L}{1,24}(?:ал|ила|ала|яла|ял|ил|шъл|шла|ъл|ела)`,
      ),
      word(String.raw`\p{L}{1,24}(?:ал|ила|ала|яла|ял|ил|шъл|шла) (?:ли )?(?:сте|бихте)`),
      word(
        String.raw`(?:сте|бъдете|бяхте)${gap('bg')} (?:бил|била|сам|сама|готов|готова|доволен|доволна|поканен|поканена|уверен|уверена|зает|заета|щастлив|щастлива|силен|силна|упорит|упорита|изморен|изморена|страхотен|страхотна|горд|горда|важен|важна)`,
      ),
    ].join('|'),
    'iu',
  ),
};
/** "rád/a", "пришёл/пришла". */
const BOTH = /(?<!\p{L})\p{L}{3,30}\/(?:-?\p{L}{1,3}(?!\p{L})|\p{L}{3,}(?:la|ла|á|а)(?!\p{L}))/u;

export const checkGender: Check = ({ nameless, own, language }) => {
  const text = withoutYo(own);
  const lone =
    new RegExp(word(LONE[language]), 'iu').exec(text) ?? PAST[language]?.exec(text) ?? BOTH.exec(nameless);
  return lone
    ? [
        `Do not show whether the reader is a man or a woman ("${lone[0].replaceAll('\ufffc', '{first_name}')}").`,
      ]
    : [];
};

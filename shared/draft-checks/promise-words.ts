// What a club can promise, by kind, and the words that do it in each language. Idioms that sound so are listed with them.
import type { Language } from './draft.ts';

export const PROMISES = [
  'discount',
  'free',
  'gift',
  'voucher',
  'price',
  'guarantee',
  'deadline',
  'place',
] as const;
export type Promised = (typeof PROMISES)[number];

/** How the writer reads it: "Promise no <name>". */
export const PROMISE_NAMES: Record<Promised, string> = {
  discount: 'discount or special offer',
  free: 'free service',
  gift: 'gift, reward or surprise',
  voucher: 'voucher or code',
  price: 'price or currency',
  guarantee: 'guarantee, result or promise',
  deadline: 'deadline or limited offer',
  place: 'free place',
};

export interface PromiseWords extends Record<Promised, string> {
  /** Sound like a promise and are none. */
  idioms: string;
}

const CURRENCY_CODES = 'czk, eur, usd, uah, rub, bgn, gbp';

export const PROMISE_WORDS: Record<Language, PromiseWords> = {
  cs: {
    discount:
      'slev*, zlevn*, levněj*, výhodn* (?:cen|nabíd|balíč)*, zvýhodn*, výhodněji, akční*, (?:naše|naši|jarní|letní|zimní|podzimní|mimořádn[áou]) akc(?:e|i), (?:speciální|exkluzivní|mimořádná|mimořádnou|jedinečná|jedinečnou) nabíd*, ušetř*, poloviční*, za půlku, bonus*, procent*',
    free: 'zdarma, zadarmo, bezplatn*, gratis, bez poplatk*, nebudete platit, nic nestojí, nic nezaplatíte, na náš účet',
    gift: 'dár(?:ek|k|eč)*, darujeme, odměna, odměnu, odměny, odměníme, prémi*, (?:máme|čeká) (?:pro |na )?(?:vás |tu )?(?:malé |milé )?překvapení, překvapení pro vás',
    voucher: 'poukaz*, poukáz*, voucher*, kup[oó]n*, kód, kódu, kódem, promo*, certifikát*',
    price: `cena, ceny, ceně, cenu, cenou, cenov*, ceník*, kč, korun, koruny, koruna, korunu, korunách, euro, eura, eur, poplat*, levn*, zaplat*, ${CURRENCY_CODES}`,
    guarantee:
      'garan*, zaruč*, záruk*, slibujeme, slíb*, uvidíte výsled*, (?:viditeln|rychl|jist)* výsled*, výsled* (?:se dostaví|uvidíte|poznáte)*, vrátíme (?:vám )?peníze',
    deadline:
      '(?:jen|jenom|pouze) (?:do|dnes|zítra|nyní|o víkendu), (?:jen|jenom|pouze) (?:tento|tenhle|tuto) *, platí (?:jen|do|pouze), (?:nabídka|akce|možnost) (?:končí|platí|vyprší|skončí), do konce *, vyprší, časově omezen*, omezen*, poslední míst*, zbýv* (?:už )?(?:jen )?(?:poslední|pár|několik|málo), nejpozději, do vyprodání, pospěšte, dokud jsou místa',
    place: 'voln(?:é|á|ých|ého) (?:míst|termín)*, zajištěné místo, jisté místo',
    idioms: 'volný čas, ve volném čase',
  },
  uk: {
    discount:
      'знижк*, знижок, знижен*, дешевш*, вигідн*, вигода, вигоду, акці(?:я|ю|ї|єю|йн)*, (?:спеціальн|ексклюзивн|особлив|унікальн)* пропозиц*, спецпропозиц*, заощад*, зекономте, розпродаж*, бонус*, кешбек*, пільг*, пільгов*, за півціни, відсот*',
    free: 'безкоштовн*, безоплатн*, безплатн*, задарма, задурно, даром, без оплати, за наш рахунок, нічого не коштує',
    gift: 'подарун*, подаруємо, даруємо, презент, презенти, призи?, винагород*, сюрприз*',
    voucher: 'ваучер*, купон*, промокод*, промо, сертифікат*, код, коду, кодом',
    price: `ціна, ціну, ціною, ціні, (?:за|низькі|добрі|нові) ціни, цінами, цінах, вартість, вартістю, вартості, коштує, коштуватиме, гривень, гривн*, грн, євро, крон, оплат*, ${CURRENCY_CODES}`,
    guarantee:
      'гарант*, обіцяємо, обіцяю, обіцянк*, побачите результат*, результат* (?:гарант|побачите|вже за)*, (?:швидк|помітн|видим)* результат*, повернемо гроші',
    deadline:
      '(?:лише|тільки|виключно) (?:до|сьогодні|завтра|зараз), (?:лише|тільки) (?:цього|цей|протягом) *, (?:діє|діятиме) (?:лише|до|тільки), (?:пропозиція|акція|знижка) (?:діє|закінч|заверш|триває)*, до кінця *, обмежен*, останн(?:і|є|іх) місц*, залишилося (?:лише |тільки )?(?:кілька|мало|небагато|останні|пару), не пізніше, поспіш*, поспішайте, встигніть, поки є місця',
    place: 'вільн(?:е|і|их|ого) місц*',
    idioms: 'подаруйте собі',
  },
  ru: {
    discount:
      'скидк*, скидок, сниж* цен*, сниженн*, дешевле, выгодн*, выгода, выгоду, акци(?:я|и|ю|ей|й|онн)*, (?:специальн|эксклюзивн|особ|уникальн)* предложен*, спецпредложен*, сэконом*, экономьте, распродаж*, бонус*, кешбэк*, кэшбэк*, льгот*, полцены, процент*',
    free: 'бесплатн*, безвозмездн*, даром, без оплаты, за наш счет, ничего не стоит',
    gift: 'подар(?:ок|к)*, подарим, дарим вам, презент, презенты, призы?, вознагражд*, сюрприз*',
    voucher: 'ваучер*, купон*, промокод*, промо, сертификат*, код, кода, кодом',
    price: `цена, цену, ценой, цене, цены, (?:низким|хорошим|новым) ценам, стоимост*, стоит всего, рублей, рубл*, руб, гривен, евро, крон, оплат*, ${CURRENCY_CODES}`,
    guarantee:
      'гарант*, обещаем, обещаю, обещани*, увидите результат*, результат* (?:гарант|увидите|уже через)*, (?:быстр|заметн|видим)* результат*, вернем деньги',
    deadline:
      '(?:только|лишь|исключительно) (?:до|сегодня|завтра|сейчас), (?:только|лишь) (?:на этой неделе|в этом месяце|эту неделю|этот месяц|в эти выходные), действу(?:ет|ют) (?:только|до|лишь), (?:предложение|акция|скидка) (?:действует|заканчивается|закончится|длится), до конца *, ограничен*, последн(?:ие|ее|их) мест*, осталось (?:всего |лишь |только )?(?:несколько|мало|немного|пара), не позднее, спешите, поспешите, успейте, торопитесь, пока есть места',
    place: 'свободн(?:ое|ые|ых|ого) мест*',
    idioms: 'подарите себе',
  },
  en: {
    discount:
      'discount*, half off, half price, half the price, (?:special|exclusive|great|good|best|unbeatable|limited) (?:offers?|deals?), bargains?, promo*, reduced, save (?:up|money|on|\\d+), cheap*, sales?, bonus*, cashback, percent*, (?:lower|special) rates?',
    free: "free, complimentary, no cost, no charge, no fees?, at our expense, (?:is|are|it's|all) on us, on the house, without paying, costs? nothing",
    gift: 'gifts?, gifted, giveaways?, prizes?, rewards?, (?:a|your|birthday|little|small) presents?, presents? (?:for|from|is|are|waiting), (?:a|little|small|special) surprises?, surprises? (?:for|is|are|waits?)',
    voucher: 'vouchers?, coupons?, gift cards?, codes?, certificates?',
    price: `price, prices, priced, pricing, euros?, crowns?, dollars?, pounds?, quid, fees?, costs?, pay, payments?, affordable, ${CURRENCY_CODES}`,
    guarantee:
      'guarant*, we promise, promise you, promised, (?:see|seeing|get|getting) (?:real |quick |fast |great |visible )?results, (?:quick|fast|visible|real|instant) results, results in, money back, ensures? results',
    deadline:
      '(?:only|just) (?:until|till|today|tomorrow|now), (?:only|just) this (?:week|month|weekend), this (?:week|month|weekend) only, (?:today|now) only, (?:until|till|by|before) the end of, valid (?:until|till|only), (?:offer|deal|promotion) (?:ends?|expires?|is valid|runs|lasts), expires?, limited, last (?:few )?(?:places?|spots?|seats?), (?:few|only) (?:places?|spots?|seats?), no later than, hurry, while (?:places|spots|stocks?) last, act now, deadline*',
    place:
      '(?:free|open|available) (?:places?|spots?|slots?|seats?), (?:places?|spots?|slots?) (?:guaranteed|available)',
    idioms:
      "feel free, (?:you are|you're|are you|when|if) free, free (?:time|evenings?|moments?|afternoons?|mornings?|minutes?|weekends?|to|weights?), have a free (?:day|hour|half hour), free (?:day|hour) in your, (?:pay|pays|paying) (?:attention|us a visit|off), at all costs",
  },
  bg: {
    discount:
      'отстъпк*, намален*, по евтин*, изгодн*, промоц*, (?:специалн|ексклузивн|изключителн|уникалн)* предложен*, оферт*, спестете, спестявате, спестите, разпродажб*, бонус*, кешбек*, на половин цена, процент*, преференциал*',
    free: 'безплатн*, безплатен, гратис, без такса, без заплащане, за наша сметка, не струва нищо, нищо не плащате',
    gift: 'подаръ[кц]*, подаряваме, подарим, награда, награди, наградата, наградите, изненада, изненади, изненадата',
    voucher: 'ваучер*, купон*, промокод*, промо, сертификат*, код, кода, кодът',
    price: `цена, цената, ценов*, (?:добри|ниски|нови|изгодни|специални|нашите) цени(?:те|), струва, лева, лв, евро, такса, таксата, такси, плащ*, плати, платите, заплат*, ${CURRENCY_CODES}`,
    guarantee:
      'гарант*, обещав*, обещан*, ще видите резултат*, резултат* (?:са гарантирани|още след), (?:бърз|видим|сигурн)* резултат*, ще върнем парите, връщаме парите',
    deadline:
      '(?:само|единствено) (?:до|днес|утре|сега), (?:само|единствено) (?:тази седмица|този месец|през уикенда|този уикенд), важи (?:само|до), валидн* (?:само|до), (?:офертата|промоцията|предложението|отстъпката) (?:важи|изтича|приключва|е валидна), до края на *, изтича, ограничен*, последн(?:и|ите|о|ото) м(?:е|я)ст*, остават (?:само |още )?(?:няколко|малко|последни|последните), не по късно, побързайте, докато има места, краен срок',
    place: 'свободн(?:о|и|ите|ото) м(?:е|я)ст*',
    idioms: 'подарете си, струва си, струва ли си, струва ви се',
  },
};

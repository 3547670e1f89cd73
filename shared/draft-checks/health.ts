// Nothing about the body, its weight and looks, nor about illness, injury and cure: neither is a sport club's to say. Good health may
// be wished.
import type { Check } from './checked-text.ts';
import { findPhrase, phrasesOf, withoutYo } from './phrases.ts';

/** "Váha" is weight and "váhat" to hesitate: where a stem means something else too, its forms are listed. */
const BODY = phrasesOf({
  cs: 'hubn*, zhubn*, hubnout, váha, váhu, váhy, váhou, váze, nadváh*, hmotnost*, kila, kilo, kilogram*, shodit, shodíte, tuk, tuky, tuků, tuku, břich*, bříš*, pneumatik*, faldík*, špek*, zadek, zadeček, postava, postavu, postavy, postavou, figur*, štíhl*, zeštíhl*, tlust*, tloust*, ztloust*, přibral*, přibír*, obéz*, obezit*, celuliti*, diet*, kalori*, (?:do|zpět do|zpátky do) (?:formy|plavek), do léta (?:ve formě|v plavkách), (?:letní|plážov)* (?:formu|figur|postav)*, tělo, těla, tělu, tělem, vyrýsov*, vytvarov*',
  uk: 'схудн*, худн*, вага, ваги, вагу, вагою, вазі, зайв(?:а|у|ої|і|их|ою) (?:вага|вагу|ваги|вагою|кілограм)*, кілограм*, жир, жиру, жири, жирок, живіт, живота, животик*, боки, фігур*, струнк*, схуд*, товст*, погладша*, ожирін*, целюліт*, дієт*, калорі*, (?:у|в|до) (?:ідеальну |гарну |колишню |спортивну )?форм(?:у|і|и), до пляжу, пляжн*, тіло, тіла, тілу, тілом, тілі, набрали зайв*',
  ru: 'похуд*, худе(?:ть|ем|ете|йте|ющ|ния|нию|ние)*, схудн*, вес, веса, весу, весом, лишн(?:ий|его|им|ие|их) (?:вес|веса|весом|кило|килограмм)*, килограмм*, жир, жира, жиру, жирок, жиры, живот, живота, животик*, бока, фигур*, стройн*, постройне*, толст*, потолст*, располне*, ожирен*, целлюлит*, диет*, калори*, в (?:идеальную |хорошую |прежнюю |отличную )?форм(?:у|е), к пляж*, пляжн*, тело, тела, телу, телом, теле',
  en: 'weight, overweight, underweight, weight loss, lose (?:some )?(?:kilos|pounds|inches), kilos?, kilograms?, lbs, fat, fats, fatty, fat burning, belly, tummy, waist, waistline, thighs?, slim, slimmer, slimming, skinny, flabby, chubby, obes*, diet*, calorie*, (?:in|into|out of|back in|back into) (?:great |better |good )?shape, beach body, summer body, bikini, (?:your|a|slim|better|perfect) figure, toned, tone up, body, bodies, love handles, six pack',
  bg: 'отслаб*, тегло, теглото, килограм*, кила, килата, мазнин*, корем*, коремче*, талия*, фигура, фигурата, фигурка, стройн*, затлъст*, дебел*, напълня*, пълне*, целулит*, диет*, калори*, (?:във|за|в) (?:отлична |добра |перфектна |предишна )?форма(?:та|), плажн*, плаж*, тяло, тялото, телата',
});

const ILLNESS = phrasesOf({
  cs: 'nemoc, nemoci, nemocí, nemocem, nemocn*, nemocemi, onemocn*, zraněn*, zranit, poraněn*, úraz*, bolest*, bolí, bolav*, bolel*, léčb*, léčí, léčit, léčeb*, léčen*, vyléč*, uzdrav*, *terapi*, *terapeut*, rehabilit*, diagnóz*, lékař*, doktor*, zdravotní*, páteř*, artróz*, chronick*, cukrovk*, depres*, astma*, marod*',
  uk: "хвор*, захвор*, травм*, болить, болять, болі, болю, болем, біль, боляч*, ліку*, вилік*, *терап*, реабіліт*, діагноз*, лікар*, медичн*, медицин*, (?:проблем|стан)* (?:зі |із )?здоров'я*, хребет, хребт*, хреб*, хронічн*, діабет*, депресі*, астм*, одуж*",
  ru: 'болезн*, болен, больн(?:ой|ая|ым|ы|ые|ых), заболе*, заболеван*, травм*, болит, болят, боль, боли, болью, болей, болям*, лечи*, лечен*, лечеб*, вылеч*, излеч*, *терап*, реабилит*, диагноз*, врач*, медицин*, (?:проблем|состояни)* (?:со |вашего )?здоровь*, позвоночн*, хроническ*, диабет*, депресси*, астм*, выздор*',
  en: 'ill, illness*, sick*, disease*, injur*, pain, pains, painful, painless, ache*, aching, backaches?, sore*, hurt*, cure*, curing, heal, heals, healed, healing, *therap*, rehab*, diagnos*, doctors?, physicians?, medic*, chronic*, symptoms?, diabet*, depress*, asthma*, surgery, health (?:problem|issue|condition|concern|trouble)s?',
  bg: 'болест*, болен, болна, болни, боледува*, заболяв*, болк*, боли, болят, травм*, контузи*, контузен*, наранен*, нараняван*, лекува*, излекува*, лечен*, лечеб*, *терап*, рехабилит*, диагноз*, лекар*, медицинск*, здравословн* (?:проблем|състоян)*, гръбнак*, хроничн*, диабет*, депреси*, астма*, оздрав*',
});

/** Equipment, not the reader. */
const ENGLISH_IDIOMS = /\bweight (?:room|rack)s?\b|\bfigure out\b/giu;

export const checkHealth: Check = ({ own, language }) => {
  const text = withoutYo(own).replaceAll(ENGLISH_IDIOMS, ' ');
  const body = findPhrase(BODY[language], text);
  const illness = findPhrase(ILLNESS[language], text);
  return [
    ...(body === undefined ? [] : [`Say nothing about the body, weight or looks ("${body}").`]),
    ...(illness === undefined
      ? []
      : [`Say nothing about illness, pain, injury or their cure ("${illness}").`]),
  ];
};

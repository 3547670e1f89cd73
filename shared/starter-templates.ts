// The WhatsApp templates the product brings along, one per scenario and language. `{{club}}` is the sender's name and
// `{{message}}` the line written for the member; a variable may neither open nor close a body, and no two may touch.
// The footer marks a commercial communication and says how to opt out, as the law and Meta ask.
export interface StarterTemplate {
  name: string;
  language: 'cs' | 'uk' | 'ru' | 'en' | 'bg';
  body: string;
  footer: string;
  /** Label of the quick reply that opts out. */
  optOutButton: string;
  /** What a reviewer at Meta reads in place of `{{message}}`. */
  exampleMessage: string;
}

export const EXAMPLE_CLUB = 'Vltava Fit';

export const STARTER_TEMPLATES: readonly StarterTemplate[] = [
  {
    name: 'reactivation_v1',
    language: 'cs',
    body: 'Dobrý den, zdravíme vás z klubu {{club}}. {{message}} Těšíme se na vás!',
    footer: 'Obchodní sdělení · Odhlášení: odpovězte STOP',
    optOutButton: 'Odhlásit odběr',
    exampleMessage:
      'Už jsme se nějakou dobu neviděli. Místo na lekci pro vás rádi podržíme, stačí si vybrat termín.',
  },
  {
    name: 'reactivation_v1',
    language: 'uk',
    body: 'Вітаємо! Вам пише спортивний клуб {{club}}. {{message}} До скорої зустрічі!',
    footer: 'Рекламне повідомлення · Відмова: надішліть СТОП',
    optOutButton: 'Відписатися',
    exampleMessage:
      'Ми давно не бачилися. Залюбки притримаємо для вас місце на тренуванні, просто оберіть зручний час.',
  },
  {
    name: 'reactivation_v1',
    language: 'ru',
    body: 'Здравствуйте! Вам пишет спортивный клуб {{club}}. {{message}} До скорой встречи!',
    footer: 'Рекламное сообщение · Отказ: отправьте СТОП',
    optOutButton: 'Отписаться',
    exampleMessage:
      'Мы давно не виделись. С радостью придержим для вас место на тренировке, просто выберите удобное время.',
  },
  {
    name: 'reactivation_v1',
    language: 'en',
    body: 'Hello from everyone at {{club}}! {{message}} See you soon.',
    footer: 'Commercial message · To opt out, reply STOP',
    optOutButton: 'Unsubscribe',
    exampleMessage:
      'It has been a while since we saw you. We would love to keep you a place, just pick a time that suits you.',
  },
  {
    name: 'reactivation_v1',
    language: 'bg',
    body: 'Здравейте! Пишем ви от спортен клуб {{club}}. {{message}} До скоро виждане!',
    footer: 'Търговско съобщение · Отказ: изпратете СТОП',
    optOutButton: 'Отписване',
    exampleMessage:
      'Отдавна не сме се виждали. С радост ще ви запазим място за тренировка, просто изберете удобен час.',
  },
];

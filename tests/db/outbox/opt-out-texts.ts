// What members write, by language: what is an opt-out and nothing else, what is not, and what only a person can decide.
export const LANGUAGES = ['cs', 'uk', 'ru', 'en', 'bg'] as const;
export type Language = (typeof LANGUAGES)[number];

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => line.split(' | '));

/** The member wants no more, and says so. */
export const OPT_OUTS: Record<Language, string[]> = {
  cs: lines(`
    STOP | Stop! | stop. | „Stop“ | S T O P | stooop | STOP!!! | STOP prosím | Prosím stop | Stop, děkuji | Stop zprávy | Stop reklamám
    Odhlásit | odhlasit | ODHLÁSIT | Odhlaste | Odhlaste mě | Odhlaste mě, prosím | odhlaste me prosim | Prosím odhlaste mě z odběru
    Odhlašte | Odhlas mě | Odhlásit se | Odhlásit odběr | odhlasit z odberu | Odhlášení | odhlaseni | ODHLÁŠENÍ! | Odhlašuji se | odhlasuju se
    Zrušit odběr | zruste odber prosim | Zrušit | zrusit | Konec | KONEC! | Ukončit odběr | Dobrý den, odhlaste mě, děkuji | Vyřaďte mě ze seznamu
    Vyškrtněte mě | nezasílat | neposílat zprávy | odhlsit | odhalsit | odhlásiť | Odhlaste mě 🙏 | 🛑 STOP 🛑 | stop stop stop | Dost
  `),
  uk: lines(`
    СТОП | Стоп | стоп! | «Стоп» | С Т О П | ст0п | стооооп | ctoп | CTOП | stop | Стоп, будь ласка | Будь ласка, стоп | Стоп дякую
    Відписатися | ВІДПИСАТИСЯ | відписатись | Відписатись! | відписати мене | Відписка | Відпишіть мене | Відпишіть мене, будь ласка | відпишіть
    Добрий день! Відпишіть мене від розсилки. Дякую | Відпиши мене | Відписуюсь | Відписатися від розсилки | vidpysatysia | Vidpysatysya
    vidpisatisya | vidpysatys | vidpyshit mene | stop bud laska | Зупиніть розсилку | зупинити | Припиніть | припинити розсилку | Відключіть розсилку
    Приберіть мене з розсилки | Видаліть мене з розсилки | Не турбувати | Скасувати розсилку | Кінець | Скасувати | Досить | годі! | відпісатися
    видписатися | іещз | Стоп реклама | Стоп повідомлення | 🙏 Відписатися
  `),
  ru: lines(`
    СТОП | Стоп | стоп! | "Стоп." | С-Т-О-П | стоооп | стоpp | cтoп | stop | Стоп пожалуйста | Пожалуйста, стоп | стоп спасибо | Стоп, пжл
    Отписаться | ОТПИСАТЬСЯ | отписатся | отписаца | отписать меня | Отписка | Отпишите | Отпишите меня | Отпишите меня, пожалуйста | отпиши
    Отпиши меня | Отпишите меня от рассылки | Отписаться от рассылки! | otpisatsya | otpisatsa | otpisat | otpishite menya | Otpiska
    stop pozhaluysta | Отписываюсь | Здравствуйте, отпишите меня. Спасибо! | Удалите меня из рассылки | Уберите меня из рассылки | Отключите рассылку
    Прекратите | прекратить рассылку | Остановите | Отменить рассылку | Не беспокоить | Отмена | Отказ | Хватит | хватит!!! | Конец | атписаться
    ыещз | Стоп реклама | Стоп, всё | отпишитe мeня
  `),
  en: lines(`
    STOP | Stop | stop. | " STOP " | 'stop' | S.T.O.P. | Stop!!! | stooop | STOPP | stpo | ST0P | ＳＴＯＰ | 𝐒𝐓𝐎𝐏 | Please stop | STOP please | stop pls
    Stop, thanks | Stop all | STOPALL | Stop messages | stop messaging me | Stop texting me! | Stop sending me messages | Stop it
    Please stop writing to me | Unsubscribe | UNSUBSCRIBE | unsubscribe me | Please unsubscribe me from your list | unsub | unsuscribe | un-subscribe
    Opt out | opt-out | OPTOUT | opt me out please | Remove me | Remove me from the list | Take me off your list | Cancel | END | quit | Enough!
    No more | Hi, please unsubscribe me. Thank you! | Stop. Stop. Stop. | 🛑 stop | do not disturb | ctop | sтop
  `),
  bg: lines(`
    СТОП | Стоп | стоп! | „Стоп“ | С.Т.О.П | стооп | ctoп | stop | Стоп моля | Моля, стоп | Стоп, благодаря | Спри | СПРИ! | спри моля | spri
    Спрете | спрете! | Моля спрете | sprete molya | Спрете съобщенията | Спрете рекламите | спрете да ми пишете | Спрете да пращате съобщения
    Отписване | ОТПИСВАНЕ | otpisvane | Отпиши ме | Отпишете ме | Отпишете ме, моля | otpishete me | otpishi me | Отписвам се
    Отпишете ме от списъка | Здравейте, отпишете ме. Благодаря! | Прекратете | прекратяване | Прекратете изпращането | Изключете съобщенията
    Махнете ме от списъка | Премахнете ме | Откажи | Отказвам съобщенията | Отказ | Край | край! | Стига | стига!! | Не безпокойте | 🙏 отпишете ме
  `),
};

/** Ordinary messages, though many contain such a word. */
export const ORDINARY: Record<Language, string[]> = {
  cs: lines(`
    zrušit mi rezervaci na pátek | konec sezóny? | Zrušte mi prosím úterní lekci | Odhlaste mě z lekce v pátek | Odhlásit se z úterní jógy
    Kdy je konec lekce? | Přijdu v úterý, díky! | Stop na chvíli, volám | Ukončit členství můžu kdy? | Dost dobrá lekce! | Ano | Ne | Děkuji | Dobrý den
    V kolik je jóga? | Nemohu teď přijít | Kolik stojí deset vstupů? | Zastavím se zítra | Na konec roku si koupím permanentku | Prosím
    Jak můžu zrušit rezervaci? | Máte volno v pátek? | Můžu přivést kamarádku? | Konečně mám čas | Koncem týdne přijdu | Stopro přijdu | 👍 | Odhlásíte mě z té středy?
  `),
  uk: lines(`
    Скасуйте мені запис на пʼятницю | Відпишіть мені, будь ласка | Відпишу вам пізніше | Коли кінець заняття? | кінець сезону? | Так | Ні | Дякую!
    Прийду у вівторок | Скільки коштує абонемент? | Добрий день | Я зупинюсь біля клубу | стопудово прийду | Можна перенести тренування?
    Скасувати запис на завтра | Досить гарне тренування | Годі чекати, йду до вас! | Чи є йога в суботу? | Будь ласка | О котрій починаємо?
    Не турбуйтесь, я прийду | Зупинка автобуса далеко? | Відмовитися від тренера можна? | Де ви знаходитесь? | Прийду з подругою | 👍 | Відпишіться, коли буде вільно місце
  `),
  ru: lines(`
    Отпишите мне, пожалуйста | отмените мне запись на пятницу | конец сезона? | Когда конец занятия? | Отпишусь вам позже, как решу | стопудово приду
    Да | Нет | Спасибо! | Приду во вторник | Сколько стоит абонемент? | Здравствуйте | Можно перенести тренировку? | Отмена записи на завтра
    Хватит ли мест на йогу? | Мне хватит двух занятий | Остановка далеко? | Останусь дома | Есть йога в субботу? | Пожалуйста | Во сколько начало?
    Не беспокойтесь, я приду | Конечно приду | Отказ от тренера возможен? | Где вы находитесь? | Приду с подругой | 👍 | отключили свет, опоздаю
  `),
  en: lines(`
    I stop by on Friday | end of the week? | Please do not stop writing | Do not stop the music class | Cancel my booking for Friday | Can I cancel the class?
    Cancel my membership | When does the class end? | I cannot stop coming | Remove me from the Friday class | Take me off the waiting list for yoga | Stop by any time?
    At the end of May | I quit my job, so I have time! | Is the bus stop far? | Yes | No | Thanks, see you on Monday | Thank you | Hello | OK | How much is it?
    Enough places left? | No more free spots? | Non-stop training! | Do you have yoga? | The weekend works | I will come | 👍 | What time?
  `),
  bg: lines(`
    Отменете ми часа в петък | край на сезона? | Кога е краят на часа? | Да | Не | Благодаря! | Ще дойда във вторник | Колко струва картата? | Здравейте
    Мога ли да преместя тренировката? | Откажете ми резервацията | Отказвам се от час в сряда | Ще ми стигне ли времето? | Стигам след десет минути
    В края на седмицата | Спирката далеч ли е? | До края на месеца | Има ли йога в събота? | Моля | В колко часа започва? | Няма проблем
    Спрете ли тока, ще закъснея | Ще пиша после | Къде се намирате? | Ще дойда с приятелка | 👍 | Имате ли места? | Крайно време е да тренирам
  `),
};

/** Perhaps they want no more: a person decides. */
export const UNCLEAR: Record<Language, string[]> = {
  cs: lines(`
    už mi nepište | Nepište mi! | nechci dostávat zprávy | Nechci od vás žádné reklamy | kde jste vzali moje číslo | Odkud máte moje číslo? | smažte mi údaje
    Vymažte prosím moje číslo | spam | To je spam! | reklama | Budu si stěžovat na ÚOOÚ | Podle GDPR žádám výmaz | Neotravujte mě | Dejte mi pokoj
    Nemám zájem | Nechci | Neposílejte mi to | Kdo vám dal můj kontakt? | Odvolávám svůj souhlas | Chtěla bych se odhlásit | Zablokuji si vás | STOP, už mi to neposílejte
  `),
  uk: lines(`
    не пишіть мені більше | Більше не пишіть | Не хочу отримувати повідомлення | Звідки у вас мій номер? | Видаліть мої дані | Де ви взяли мій номер | це спам
    Не надсилайте мені рекламу | Відчепіться | Мені не цікаво | Дайте мені спокій | Я не давала згоди | Подам скаргу | Не турбуйте мене | Хочу відписатися
    Набридли вже | ne pyshit meni | Це реклама? | GDPR!
  `),
  ru: lines(`
    не пишите мне больше | Больше не пишите | Не хочу получать сообщения | Откуда у вас мой номер? | Удалите мои данные | Где вы взяли мой номер | это спам
    Не присылайте мне рекламу | Отстаньте | Мне не интересно | Оставьте меня в покое | Я не давала согласия | Буду жаловаться | Не беспокойте меня
    Хочу отписаться | Надоели уже | ne pishite mne | Это реклама? | Подам на вас в суд
  `),
  en: lines(`
    don't write to me any more | Do not write to me again | I don't want to receive these | where did you get my number? | delete my number | Delete all my data
    This is spam | Leave me alone | Not interested | Who gave you my number? | I never agreed to this | I will complain | GDPR request | I want to unsubscribe
    Stop it now or I call my lawyer, stop it | No more messages from you | I withdraw my consent | Wrong number | Please remove my number | 🛑
  `),
  bg: lines(`
    не ми пишете повече | Не ми пращайте съобщения | Не искам да получавам съобщения | Откъде имате номера ми? | Изтрийте ми данните | това е спам
    Кой ви даде номера ми? | Не искам реклами | Оставете ме | Не ме интересува | Ще подам жалба | Не съм давала съгласие | Искам да се отпиша, отпишете ме
    Омръзна ми | ne mi pishete poveche | Реклама ли е това? | КЗЛД | Оттеглям съгласието си
  `),
};

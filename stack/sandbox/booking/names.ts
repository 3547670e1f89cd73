// Names of the club's five communities. Cyrillic names carry the Latin spelling people also use when they sign up in Prague.
import type { Community } from './club.ts';

export type Name = { native: string; latin: string };
export type Sex = 'female' | 'male';
export type NameBook = { given: Record<Sex, readonly Name[]>; surname: Record<Sex, readonly Name[]> };

function same(text: string): Name[] {
  return text.split(' ').map((name) => ({ native: name, latin: name }));
}

function pairs(text: string): Name[] {
  return text.split(' ').map((pair) => {
    const [native = '', latin = ''] = pair.split('/');
    return { native, latin };
  });
}

export const NAMES: Record<Community, NameBook> = {
  cs: {
    given: {
      female: same(
        'Jana Tereza Lucie Kateřina Eliška Barbora Markéta Veronika Adéla Klára Michaela Zuzana Hana Petra Kristýna Nikola Alena Šárka',
      ),
      male: same(
        'Jan Tomáš Jakub Martin Lukáš Ondřej Petr David Vojtěch Filip Michal Matěj Adam Marek Pavel Jiří Daniel Radek',
      ),
    },
    surname: {
      female: same(
        'Nováková Svobodová Novotná Dvořáková Černá Procházková Kučerová Veselá Horáková Němcová Marková Pokorná Pospíšilová Hájková Jelínková Králová Růžičková Benešová Fialová Sedláčková Doležalová Zemanová',
      ),
      male: same(
        'Novák Svoboda Novotný Dvořák Černý Procházka Kučera Veselý Horák Němec Marek Pokorný Pospíšil Hájek Jelínek Král Růžička Beneš Fiala Sedláček Doležal Zeman',
      ),
    },
  },
  uk: {
    given: {
      female: pairs(
        'Олена/Olena Ірина/Iryna Оксана/Oksana Наталія/Nataliia Юлія/Yuliia Катерина/Kateryna Марія/Mariia Софія/Sofiia Анастасія/Anastasiia Тетяна/Tetiana Дарина/Daryna Соломія/Solomiia',
      ),
      male: pairs(
        'Олександр/Oleksandr Андрій/Andrii Дмитро/Dmytro Сергій/Serhii Іван/Ivan Богдан/Bohdan Максим/Maksym Тарас/Taras Юрій/Yurii Володимир/Volodymyr Назар/Nazar Остап/Ostap',
      ),
    },
    surname: {
      female: pairs(
        'Шевченко/Shevchenko Коваленко/Kovalenko Бондаренко/Bondarenko Ткаченко/Tkachenko Мельник/Melnyk Кравчук/Kravchuk Поліщук/Polishchuk Савченко/Savchenko Лисенко/Lysenko Марчук/Marchuk Коваль/Koval Гончарук/Honcharuk',
      ),
      male: pairs(
        'Шевченко/Shevchenko Коваленко/Kovalenko Бондаренко/Bondarenko Ткаченко/Tkachenko Мельник/Melnyk Кравчук/Kravchuk Поліщук/Polishchuk Савченко/Savchenko Лисенко/Lysenko Марчук/Marchuk Коваль/Koval Гончарук/Honcharuk',
      ),
    },
  },
  ru: {
    given: {
      female: pairs(
        'Анна/Anna Екатерина/Ekaterina Ольга/Olga Мария/Maria Светлана/Svetlana Дарья/Daria Елена/Elena Полина/Polina Ксения/Ksenia Алина/Alina',
      ),
      male: pairs(
        'Алексей/Alexey Дмитрий/Dmitry Сергей/Sergey Михаил/Mikhail Николай/Nikolay Павел/Pavel Илья/Ilya Кирилл/Kirill Артём/Artem Роман/Roman',
      ),
    },
    surname: {
      female: pairs(
        'Иванова/Ivanova Смирнова/Smirnova Кузнецова/Kuznetsova Попова/Popova Волкова/Volkova Морозова/Morozova Лебедева/Lebedeva Козлова/Kozlova Соколова/Sokolova Павлова/Pavlova',
      ),
      male: pairs(
        'Иванов/Ivanov Смирнов/Smirnov Кузнецов/Kuznetsov Попов/Popov Волков/Volkov Морозов/Morozov Лебедев/Lebedev Козлов/Kozlov Соколов/Sokolov Павлов/Pavlov',
      ),
    },
  },
  en: {
    given: {
      female: same('Emma Olivia Sophie Charlotte Grace Hannah Amelia Lucy Rachel Megan'),
      male: same('James Oliver Thomas William Harry Daniel Matthew Ryan Samuel Patrick'),
    },
    surname: {
      female: same("Smith Jones Taylor Brown Wilson Evans Walker Wright Robinson Hughes Clarke O'Brien"),
      male: same("Smith Jones Taylor Brown Wilson Evans Walker Wright Robinson Hughes Clarke O'Brien"),
    },
  },
  bg: {
    given: {
      female: pairs(
        'Мария/Mariya Елена/Elena Десислава/Desislava Ивана/Ivana Виктория/Viktoriya Радостина/Radostina Цветелина/Tsvetelina',
      ),
      male: pairs(
        'Георги/Georgi Иван/Ivan Димитър/Dimitar Николай/Nikolay Стефан/Stefan Петър/Petar Калоян/Kaloyan',
      ),
    },
    surname: {
      female: pairs(
        'Иванова/Ivanova Георгиева/Georgieva Димитрова/Dimitrova Петрова/Petrova Николова/Nikolova Стоянова/Stoyanova Тодорова/Todorova',
      ),
      male: pairs(
        'Иванов/Ivanov Георгиев/Georgiev Димитров/Dimitrov Петров/Petrov Николов/Nikolov Стоянов/Stoyanov Тодоров/Todorov',
      ),
    },
  },
};

/** Communities by share of the club, in percent. */
export const COMMUNITY_SHARES: readonly (readonly [Community, number])[] = [
  ['cs', 50],
  ['uk', 18],
  ['ru', 14],
  ['en', 12],
  ['bg', 6],
];

/** The mobile prefixes each community's phones begin with, most usual first, and how many digits follow. */
export const PHONE_PLANS: Record<
  Community,
  readonly { prefixes: readonly string[]; digits: number; weight: number }[]
> = {
  cs: [
    {
      prefixes: ['420602', '420604', '420605', '420607', '420721', '420723', '420731', '420775', '420777'],
      digits: 6,
      weight: 1,
    },
  ],
  uk: [
    {
      prefixes: ['38050', '38063', '38066', '38067', '38068', '38093', '38095', '38097'],
      digits: 7,
      weight: 0.55,
    },
    { prefixes: ['420776', '420774', '420608'], digits: 6, weight: 0.45 },
  ],
  ru: [
    { prefixes: ['420773', '420775', '420777', '420608'], digits: 6, weight: 0.8 },
    { prefixes: ['7903', '7916', '7921'], digits: 7, weight: 0.2 },
  ],
  en: [
    { prefixes: ['447400', '447415', '447733', '447812', '447900'], digits: 6, weight: 0.5 },
    { prefixes: ['420720', '420722', '420730'], digits: 6, weight: 0.5 },
  ],
  bg: [{ prefixes: ['35987', '35988', '35989'], digits: 7, weight: 1 }],
};

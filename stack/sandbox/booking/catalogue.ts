// What the demo club sells and who works there: the part that does not depend on the seed.
import type { Community, ServiceKind } from './club.ts';

export type Service = {
  id: number;
  title: string;
  categoryId: number;
  kind: ServiceKind;
  price: number;
  minutes: number;
  /** Deleted from the platform's list, still named by old bookings. */
  isDeleted?: true;
  /** An old row: the platform answers every field as a string. */
  isStringly?: true;
  language: Community;
};

export type Category = { id: number; title: string };

export const CATEGORIES: readonly Category[] = [
  { id: 21, title: 'Zkušební hodiny' },
  { id: 22, title: 'Skupinové lekce' },
  { id: 23, title: 'Osobní tréninky' },
  { id: 24, title: 'Otevřená hala' },
  { id: 25, title: 'Ostatní služby' },
];

export const SERVICES: readonly Service[] = [
  {
    id: 101,
    title: 'Zkušební hodina',
    categoryId: 21,
    kind: 'trial',
    price: 150,
    minutes: 60,
    language: 'cs',
  },
  { id: 102, title: 'Trial session', categoryId: 21, kind: 'trial', price: 150, minutes: 60, language: 'en' },
  {
    id: 103,
    title: 'Пробне тренування',
    categoryId: 21,
    kind: 'trial',
    price: 150,
    minutes: 60,
    language: 'uk',
  },
  {
    id: 111,
    title: 'Skupinová lekce',
    categoryId: 22,
    kind: 'group',
    price: 220,
    minutes: 60,
    language: 'cs',
  },
  { id: 112, title: 'Jóga', categoryId: 22, kind: 'group', price: 240, minutes: 75, language: 'cs' },
  {
    id: 113,
    title: 'Group class HIIT',
    categoryId: 22,
    kind: 'group',
    price: 230,
    minutes: 45,
    language: 'en',
  },
  {
    id: 114,
    title: 'Групове тренування',
    categoryId: 22,
    kind: 'group',
    price: 220,
    minutes: 60,
    language: 'uk',
  },
  {
    id: 121,
    title: 'Osobní trénink',
    categoryId: 23,
    kind: 'personal',
    price: 800,
    minutes: 60,
    language: 'cs',
  },
  {
    id: 122,
    title: 'Personal training',
    categoryId: 23,
    kind: 'personal',
    price: 850,
    minutes: 60,
    language: 'en',
  },
  {
    id: 123,
    title: 'Персональне тренування',
    categoryId: 23,
    kind: 'personal',
    price: 800,
    minutes: 60,
    language: 'uk',
  },
  { id: 131, title: 'Otevřená hala', categoryId: 24, kind: 'open', price: 180, minutes: 90, language: 'cs' },
  { id: 132, title: 'Open gym', categoryId: 24, kind: 'open', price: 180, minutes: 90, language: 'en' },
  {
    id: 141,
    title: 'Masáž 30 min',
    categoryId: 25,
    kind: 'other',
    price: 600,
    minutes: 30,
    isStringly: true,
    language: 'cs',
  },
  {
    id: 142,
    title: 'Měření InBody',
    categoryId: 25,
    kind: 'other',
    price: 350,
    minutes: 30,
    isStringly: true,
    language: 'cs',
  },
  {
    id: 199,
    title: 'Spinning – skupina',
    categoryId: 22,
    kind: 'group',
    price: 200,
    minutes: 50,
    isDeleted: true,
    language: 'cs',
  },
];

export type StaffMember = {
  id: number;
  name: string;
  specialization: string;
  position: { id: number; title: string } | [];
  fired: 0 | 1;
  hidden: 0 | 1;
};

const COACH = { id: 1, title: 'Trenér' };
const RECEPTION = { id: 2, title: 'Recepce' };

export const STAFF: readonly StaffMember[] = [
  {
    id: 201,
    name: 'Jakub Dvořák',
    specialization: 'Hlavní trenér',
    position: { id: 3, title: 'Hlavní trenér' },
    fired: 0,
    hidden: 0,
  },
  { id: 202, name: 'Tereza Králová', specialization: 'Jóga', position: COACH, fired: 0, hidden: 0 },
  {
    id: 203,
    name: 'Олена Шевчук',
    specialization: 'Групові тренування',
    position: COACH,
    fired: 0,
    hidden: 0,
  },
  { id: 204, name: 'Daniel Wright', specialization: 'HIIT', position: COACH, fired: 0, hidden: 0 },
  { id: 205, name: 'Георги Петков', specialization: 'Osobní trénink', position: [], fired: 0, hidden: 0 },
  { id: 206, name: 'Alexej Morozov', specialization: 'Osobní trénink', position: COACH, fired: 0, hidden: 0 },
  { id: 207, name: 'Petra Součková', specialization: 'Recepce', position: RECEPTION, fired: 0, hidden: 1 },
  { id: 208, name: 'Marek Beneš', specialization: 'Spinning', position: [], fired: 1, hidden: 1 },
];

/** The service of a kind that a member of a community would book; Czech where there is none in their language. */
export function serviceFor(kind: ServiceKind, community: Community): Service {
  const offered = SERVICES.filter((service) => service.kind === kind && service.isDeleted !== true);
  const service = offered.find(({ language }) => language === community) ?? offered[0];
  if (service === undefined)
    throw new Error(`The catalogue has no service of kind ${kind}: add one to SERVICES.`);
  return service;
}

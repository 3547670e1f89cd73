// Writes the club's lists in the platform's shape.
import type { Category, Service, StaffMember } from './catalogue.ts';
import { addMinutes } from './local-time.ts';

type Json = Record<string, unknown>;

/** A member of staff in the list; `position` is a list when there is none. */
export function staffPayload(member: StaffMember, today: string): Json {
  return {
    id: member.id,
    api_id: null,
    name: member.name,
    specialization: member.specialization,
    rating: member.id % 2 === 0 ? 4.8 : '4.90',
    user_id: null,
    bookable: member.fired === 0,
    position_id: Array.isArray(member.position) ? 0 : member.position.id,
    schedule_till: addMinutes(`${today}T00:00:00`, 90 * 1440).slice(0, 10),
    weight: 100,
    fired: member.fired,
    status: 0,
    hidden: member.hidden,
    prepaid: 'forbidden',
    position: member.position,
  };
}

/** A category of services. */
export function categoryPayload({ id, title }: Category): Json {
  return { id, salon_service_category_id: id, title, weight: 100 - id, api_id: null, staff: [] };
}

/** A service in the list; old rows answer every field as a string. */
export function servicePayload(service: Service): Record<string, unknown> {
  const row: Record<string, unknown> = {
    id: service.id,
    salon_service_id: 5000 + service.id,
    title: service.title,
    category_id: service.categoryId,
    price_min: service.price,
    price_max: service.price,
    discount: 0,
    comment: '',
    weight: 100,
    active: 1,
    api_id: null,
    staff: [{ id: 201, seance_length: service.minutes * 60 }],
    image_group: [],
  };
  if (service.isStringly !== true) return row;
  const price = service.price.toFixed(2);
  return {
    ...row,
    id: String(service.id),
    salon_service_id: String(row['salon_service_id']),
    category_id: String(service.categoryId),
    price_min: price,
    price_max: price,
    discount: '0',
    weight: '100',
    active: '1',
  };
}

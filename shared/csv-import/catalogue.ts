// The services and trainers that a file of visits names.
import type { ServiceRow, StaffRow } from '../booking/rows.ts';
import type { ImportProblem } from './problem.ts';
import type { NumberedRow } from './read-file.ts';
import type { ServiceKind, Visit } from './visit.ts';

export interface Catalogue {
  services: ServiceRow[];
  staff: StaffRow[];
  /** What the file says of a service, where a guess from its title would do otherwise. */
  serviceKinds: { external_id: string; kind: ServiceKind }[];
  problems: ImportProblem[];
}

/** The services and trainers of the visits, each as its first row writes it. */
export function catalogueOf(file: string, visits: readonly NumberedRow<Visit>[]): Catalogue {
  const services = new Map<string, ServiceRow>();
  const staff = new Map<string, StaffRow>();
  const kinds = new Map<string, { row: number; kind: ServiceKind }>();
  const problems: ImportProblem[] = [];
  for (const { row, value } of visits) {
    const { service, serviceKind: kind, trainer } = value;
    if (!services.has(service.external_id)) {
      services.set(service.external_id, {
        ...service,
        category_external_id: null,
        category_title: '',
        raw: { title: service.title },
      });
    }
    if (trainer && !staff.has(trainer.external_id)) {
      staff.set(trainer.external_id, { ...trainer, is_active: true, raw: { name: trainer.name } });
    }
    if (!kind) continue;
    const said = kinds.get(service.external_id);
    if (!said) kinds.set(service.external_id, { row, kind });
    else if (said.kind !== kind) {
      const cause = `"${service.title}" is ${kind} here and ${said.kind} in row ${said.row}: a service has one kind.`;
      problems.push({ file, row, column: 'service_kind', cause });
    }
  }
  const serviceKinds = [...kinds].map(([external_id, { kind }]) => ({ external_id, kind }));
  return { services: [...services.values()], staff: [...staff.values()], serviceKinds, problems };
}

/** A WhatsApp template in one language; without a name: there is none for that scenario and language. */
export interface Template {
  scenario: string | null;
  language: string;
  name: string | null;
  template_language: string | null;
  status: string | null;
  is_usable: boolean;
  is_current: boolean;
  why_not: string | null;
  since: string | null;
  is_resumable: boolean;
  body: string | null;
  footer: string | null;
}

/** The languages a club writes in, in the order of the columns. */
export const LANGUAGES = ['cs', 'uk', 'ru', 'en', 'bg'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface ScenarioTemplates {
  code: string;
  name: string;
  /** The template whose state counts, by language. */
  cells: { language: Language; template: Template }[];
}

/** One row per scenario that has templates or should have, in the order of the scenarios. */
export function templateTable(
  scenarios: { code: string; name: string }[],
  templates: Template[],
): ScenarioTemplates[] {
  const current = new Map(
    templates
      .filter(({ scenario, is_current: isCurrent }) => scenario !== null && isCurrent)
      .map((template) => [`${template.scenario}/${template.language}`, template]),
  );
  return scenarios
    .map(({ code, name }) => ({
      code,
      name,
      cells: LANGUAGES.flatMap((language) => {
        const template = current.get(`${code}/${language}`);
        return template ? [{ language, template }] : [];
      }),
    }))
    .filter(({ cells }) => cells.length > 0);
}

export interface StoppedTemplate extends Template {
  name: string;
  why_not: string;
  template_language: string;
  /** The name of the one that goes out instead; null when none does. */
  standIn: string | null;
}

/** Those an operator should know of: stopped, refused, or asking for what nobody can fill. Neither reviews under way nor past versions. */
export function stoppedTemplates(templates: Template[]): StoppedTemplate[] {
  return templates.flatMap((template) => {
    const { scenario, language, name, status, template_language, why_not } = template;
    if (name === null || template_language === null || why_not === null) return [];
    if (status === 'PENDING' || status === 'IN_APPEAL') return [];
    const standIn =
      scenario === null
        ? null
        : (templates.find(
            (other) =>
              other.scenario === scenario &&
              other.language === language &&
              other.is_current &&
              other.is_usable,
          )?.name ?? null);
    if (status === 'DELETED' && (standIn !== null || !template.is_current)) return [];
    return [{ ...template, name, template_language, why_not, standIn }];
  });
}

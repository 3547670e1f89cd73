/** Files name services and trainers by their titles alone: those that differ only in case and spaces are the same one. */
export function catalogueId(title: string): string {
  return `csv:${title.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase()}`;
}

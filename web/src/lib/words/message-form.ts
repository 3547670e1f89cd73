/** How a message travels, in words; without an end when it no longer matters. */
export function formWords(form: 'template' | 'free_text', expires: string | null): string {
  if (form === 'template')
    return 'Line in an approved template: underlined is what is written for the member.';
  const full = 'Full message: the member wrote within 24 hours';
  return expires === null ? `${full}.` : `${full}; expires ${expires}.`;
}

/** A secret is looked for by its letters and digits, whatever signs stand between them. */
export function bareOf(text: string): string {
  return text.replace(/[^A-Za-z0-9]+/g, '');
}

/** Whether a unit is a letter or a digit. */
export function isBare(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** The same of a unit of a text at a place, where there may be none. */
export function isBareAt(text: string, at: number): boolean {
  return isBare(text.charCodeAt(at));
}

/** How often a text goes from a small letter to a capital one, or between letters and digits: of words, hardly. */
export function changesIn(text: string): number {
  return text.match(/[a-z](?=[A-Z0-9])|[A-Z](?=[0-9])|[0-9](?=[A-Za-z])/g)?.length ?? 0;
}

/** Without what follows the next tag: a text of nothing but beginnings is gone through once. */
const passwordField = /<input\b[^<>]*\btype\s*=\s*["']?password\b/i;

/** Whether a page has a field for a password. */
export function asksForPassword(html: string): boolean {
  return passwordField.test(html);
}

import { oneLine } from '../../lib/text/clean.ts';

/**
 * Who somebody is by the name in the audit; `undefined` where nobody has signed in: a link in a message lets in whoever
 * follows it, as does a page without sign-in.
 */
export function personIn(by: string): string | undefined {
  const [, how, name = ''] = /^(?:(cli|token|page|link):)?(.*)$/s.exec(by) ?? [];
  if (how === 'link' || by === 'page' || name === '') return undefined;
  return oneLine(name);
}

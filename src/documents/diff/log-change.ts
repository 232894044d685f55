import { inEnglish } from '../../messages/in-language.ts';
import type { Logger } from '../../lib/logger.ts';
import type { ChangeSet } from '../../model/document.ts';

/** One line: of a new document only its size, of a changed one what is different. */
export function logChange(change: ChangeSet, log: Logger): void {
  const { kind, service, uri, added, removed, changed } = change;
  if (kind === 'found') log.info('document found', { service, uri, operations: added.length });
  else if (kind === 'gone') log.info('document gone', { service, uri, operations: removed.length });
  else {
    log.info('document changed', {
      service,
      uri,
      ...some('added', added),
      ...some('removed', removed),
      ...some(
        'changed',
        changed.filter(({ breaking }) => !breaking).map(({ key }) => key),
      ),
      ...some(
        'breaking',
        changed.flatMap(({ key, breaking, details }) =>
          breaking ? `${key}: ${details.map(inEnglish).join('; ')}` : [],
        ),
      ),
    });
  }
}

/** The first few of a list for the log, and how many there are; nothing for an empty one. */
function some(name: string, list: readonly string[]): Readonly<Record<string, unknown>> {
  if (list.length === 0) return {};
  return { [name]: list.length > 5 ? [...list.slice(0, 5), `and ${list.length - 5} more`] : list };
}

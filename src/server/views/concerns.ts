import type { CredentialStatus } from '../../auth/manager.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Incident } from '../../model/incident.ts';
import type { DataOf } from '../api/endpoint.ts';
import type { Overview, overview } from '../api/overview.ts';

export type Concern = DataOf<typeof overview>['concerns'][number];

interface Known {
  readonly open: readonly Incident[];
  /** Operations whose credential, or whose way there, failed. */
  readonly blocked: number;
  readonly channels: readonly {
    readonly name: string;
    readonly state: Overview['channels'][number]['state'];
  }[];
  readonly credentials: readonly Pick<CredentialStatus, 'credential' | 'state'>[];
  /** The configuration on disk is no good, and the last good one stays in use. */
  readonly isRefused: boolean;
}

/**
 * What keeps anybody from saying that all is well: whoever says so while nobody would be told, or nobody looks, is believed.
 * What an open incident tells is not told again.
 */
export function concernsOf({ open, blocked, channels, credentials, isRefused }: Known): readonly Concern[] {
  const deaf = channels.filter(({ state }) => state === 'broken' || state === 'refusing');
  const told = new Set(open.flatMap(({ cause }) => (cause.level === 'credential' ? [cause.subject] : [])));
  const without = credentials.filter(
    ({ credential, state }) => (state === 'failing' || state === 'stopped') && !told.has(credential),
  );
  return [
    ...(channels.length === 0
      ? [{ kind: 'no-channel' as const, message: sentence('concernNoChannel') }]
      : []),
    ...deaf.map(({ name }): Concern => ({ kind: 'channel', message: sentence('concernChannel', { name }) })),
    ...(isRefused ? [{ kind: 'configuration' as const, message: sentence('concernConfiguration') }] : []),
    ...without.map(
      ({ credential: name }): Concern => ({
        kind: 'credential',
        message: sentence('concernCredential', { name }),
      }),
    ),
    ...(blocked > 0 && open.length === 0
      ? [{ kind: 'blocked' as const, message: sentence('concernBlocked', { n: blocked }) }]
      : []),
  ];
}

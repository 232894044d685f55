import { useEffect, useState } from 'react';
import type { LiveEvent } from '../../../src/server/api/overview.ts';
import { apiPath } from './client.ts';
import { queryClient } from './queries.ts';

/** Which queries each event makes stale. */
const stale: Readonly<Record<LiveEvent['kind'], readonly string[]>> = {
  hello: [],
  'cycle-started': ['overview'],
  'cycle-closed': ['overview', 'operations', 'operation', 'results', 'report', 'slo', 'documents', 'set-up'],
  incidents: ['status-page', 'overview', 'incidents', 'incident', 'operations', 'operation'],
  silences: ['overview', 'silences', 'incidents', 'incident', 'audit'],
  'status-page': ['status-page', 'audit'],
  operations: ['operations', 'operation', 'results'],
  documents: ['overview', 'documents', 'operations', 'operation'],
  channels: ['overview', 'channels'],
  configuration: ['overview', 'config', 'channels', 'silences', 'operations', 'meta', 'set-up'],
};

/** Follows the server while the page is open; false while the connection is lost. */
export function useLive(): boolean {
  const [connected, setConnected] = useState(true);
  useEffect(() => {
    const service = new EventSource(apiPath('/events'));
    const take = (event: MessageEvent<string>) => {
      const { kind } = JSON.parse(event.data) as LiveEvent;
      if (kind === 'hello') {
        setConnected(true);
        // What happened before the connection stood is not known: also between what was asked for first and the first one.
        void queryClient.invalidateQueries();
      }
      for (const key of stale[kind]) void queryClient.invalidateQueries({ queryKey: [key] });
    };
    for (const kind of Object.keys(stale)) service.addEventListener(kind, take);
    service.addEventListener('error', () => {
      setConnected(false);
      // A stream also ends because whoever read it has to sign in by now: a user has been added, or the session is over.
      void queryClient.invalidateQueries({ queryKey: ['session'] });
    });
    return () => service.close();
  }, []);
  return connected;
}

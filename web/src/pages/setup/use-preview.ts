import { useQuery } from '@tanstack/react-query';
import type { ScanPreview } from '../../../../src/server/api/setup.ts';
import { api } from '../../api/client.ts';
import { type Draft, requestOf } from './draft.ts';

/** What would be called with all that has been answered, the sign-in as well. */
export function usePreview(draft: Draft, isWanted: boolean) {
  const { docs, baseUrl, credential, docsCredential, ca } = requestOf(draft);
  const asked = { docs, baseUrl, credential, docsCredential, ca };
  return useQuery({
    queryKey: ['setup', asked],
    queryFn: () => api.post<ScanPreview>('/setup/scan', asked),
    enabled: isWanted,
  });
}

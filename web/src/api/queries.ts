import { keepPreviousData, QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Session, Token, User } from '../../../src/server/api/access.ts';
import { type Role, roles } from '../../../src/server/api/roles.ts';
import type { Channel, ChannelMessage } from '../../../src/server/api/channels.ts';
import type { ChangeSet, DocumentRow } from '../../../src/server/api/documents.ts';
import type { Problem } from '../../../src/server/api/common.ts';
import type { Incident, IncidentDetail, Silence } from '../../../src/server/api/incidents.ts';
import type { OperationDetail, OperationRow, Result } from '../../../src/server/api/operations.ts';
import type { Meta, Overview, ServiceDays } from '../../../src/server/api/overview.ts';
import type { NodesView } from '../../../src/server/api/nodes.ts';
import type { Objective, Report } from '../../../src/server/api/reports.ts';
import type { ServiceSetUp } from '../../../src/server/api/set-up.ts';
import type { StatusPage } from '../../../src/server/api/status-page.ts';
import type { AuditEntry, Config } from '../../../src/server/api/settings.ts';
import { onLanguage } from '../i18n/translate.ts';
import { setServerTime } from '../kit/now.ts';
import { ApiError, api, part, setCsrf, unreachable } from './client.ts';

/** What is shown is asked for again when the server says that it has changed, not by the clock. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && error instanceof ApiError && error.problem.status === unreachable,
    },
  },
});

// Sentences come in the language that was asked for.
onLanguage(() => void queryClient.invalidateQueries());

export interface Silences {
  readonly items: readonly Silence[];
  readonly maintenance: readonly {
    readonly name: string;
    readonly cron: string;
    readonly durationMs: number;
    readonly timeZone: string;
    readonly active: boolean;
  }[];
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

export const useMeta = () =>
  useQuery({
    queryKey: ['meta'],
    queryFn: () => api.get<Meta>('/meta'),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** `null` when nobody is signed in. */
export const useSession = () =>
  useQuery({
    queryKey: ['session'],
    queryFn: async () => {
      try {
        const session = await api.get<Session>('/session');
        setCsrf(session.csrf);
        return session;
      } catch (error) {
        if (!(error instanceof ApiError) || error.problem.status !== 401) throw error;
        // Whoever was here need not have known a way to sign in: there was none before the first user.
        if (queryClient.getQueryData(['session']))
          await queryClient.invalidateQueries({ queryKey: ['meta'] });
        return null;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

export function useMay(role: Role): boolean {
  const { data } = useSession();
  return data !== null && data !== undefined && roles.indexOf(data.role) >= roles.indexOf(role);
}

/** Whether the role is for all services. */
export function useMayEverywhere(role: Role): boolean {
  const [may, services] = [useMay(role), useOwnServices()];
  return may && services === undefined;
}

/** The services that the role is for; nobody gives others more. `undefined`: for all. */
export function useOwnServices(): readonly string[] | undefined {
  return useSession().data?.services;
}

export const overviewQuery = {
  queryKey: ['overview'],
  queryFn: async () => {
    const overview = await api.get<Overview>('/overview');
    setServerTime(overview.now);
    return overview;
  },
};

export const useOverview = () =>
  useQuery({
    ...overviewQuery,
    // It ends a moment after the event that tells of it, and whoever waits for the first one must not wait for the next.
    refetchInterval: ({ state: { data } }) =>
      data?.running === true || data?.state === 'starting' ? 2000 : false,
  });

/** @param days `undefined`: not asked for. */
export const useServiceDays = (days: number | undefined) =>
  useQuery({
    queryKey: ['service-days', days],
    queryFn: () => api.get<ServiceDays>('/services/days', { days }),
    enabled: days !== undefined,
    placeholderData: keepPreviousData,
  });

export const useStatusPage = () =>
  useQuery({ queryKey: ['status-page'], queryFn: () => api.get<StatusPage>('/status-page') });

export const useOperations = () =>
  useQuery({
    queryKey: ['operations'],
    queryFn: () => api.get<{ now: number; items: readonly OperationRow[] }>('/operations'),
  });

export const useOperation = (id: string) =>
  useQuery({
    queryKey: ['operation', id],
    queryFn: () => api.get<OperationDetail>(`/operations/${part(id)}`),
  });

export const useSetUp = () =>
  useQuery({
    queryKey: ['set-up'],
    queryFn: () => api.get<{ items: readonly ServiceSetUp[]; unset: readonly string[] }>('/set-up'),
  });

export const useResults = (id: string, period: { readonly from?: number; readonly to?: number }) =>
  useQuery({
    queryKey: ['results', id, period],
    queryFn: () => api.get<Page<Result>>(`/operations/${part(id)}/results`, { ...period, limit: 500 }),
    placeholderData: keepPreviousData,
  });

export interface IncidentFilter {
  readonly state: 'open' | 'resolved' | 'all';
  readonly service?: string;
  readonly from?: number;
}

export const useIncidents = (filter: IncidentFilter) =>
  usePages<Incident>(['incidents', filter], '/incidents', { ...filter });

export const useIncident = (id: string) =>
  useQuery({
    queryKey: ['incident', id],
    queryFn: () => api.get<IncidentDetail>(`/incidents/${part(id)}`),
  });

export const useDocuments = () =>
  useQuery({
    queryKey: ['documents'],
    queryFn: () => api.get<{ items: readonly DocumentRow[]; problems: readonly Problem[] }>('/documents'),
  });

export const useChanges = (document?: string) =>
  usePages<ChangeSet>(['documents', 'changes', document], '/changes', { document });

/** Epoch ms; without `to` up to now. */
export interface Period {
  readonly from: number;
  readonly to?: number;
}

export const useReport = (period: Period) =>
  useQuery({
    queryKey: ['report', period],
    queryFn: () => api.get<Report>('/reports', { ...period }),
    placeholderData: keepPreviousData,
  });

export const useSlo = () =>
  useQuery({ queryKey: ['slo'], queryFn: () => api.get<{ items: readonly Objective[] }>('/slo') });

export const useChannels = () =>
  useQuery({
    queryKey: ['channels'],
    queryFn: () => api.get<{ items: readonly Channel[] }>('/channels'),
  });

export const useMessages = (channel: string) =>
  usePages<ChannelMessage>(
    ['channels', 'messages', channel],
    `/channels/${part(channel)}/messages`,
    { limit: 20 },
    // Nothing tells when a message has been delivered.
    (message) => message.state === 'pending',
  );

export const useSilences = () =>
  useQuery({
    queryKey: ['silences'],
    queryFn: () => api.get<Silences>('/silences'),
  });

export const useConfig = () => useQuery({ queryKey: ['config'], queryFn: () => api.get<Config>('/config') });

/** @param asked There are several. */
export const useNodes = (asked: boolean) =>
  useQuery({
    queryKey: ['nodes'],
    queryFn: () => api.get<NodesView>('/nodes'),
    enabled: asked,
    // Nothing tells of a node that has fallen silent.
    refetchInterval: 5000,
  });

export const useAudit = () => usePages<AuditEntry>(['audit'], '/audit', {});

export const useUsers = () =>
  useQuery({ queryKey: ['users'], queryFn: () => api.get<{ items: readonly User[] }>('/users') });

export const useTokens = () =>
  useQuery({ queryKey: ['tokens'], queryFn: () => api.get<{ items: readonly Token[] }>('/tokens') });

function usePages<Item>(
  queryKey: readonly unknown[],
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
  /** While there are such items they are asked for again every two seconds. */
  unsettled?: (item: Item) => boolean,
) {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => api.get<Page<Item>>(path, { ...query, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
    refetchInterval: ({ state }) =>
      unsettled !== undefined && state.data?.pages.some(({ items }) => items.some(unsettled)) === true
        ? 2000
        : false,
    placeholderData: keepPreviousData,
  });
}

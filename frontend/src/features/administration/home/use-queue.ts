import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { call, usePrivateQuery } from '#/features/session/api';
import { may } from '#/features/session/session-store';
import { useAccount } from '#/features/session/store';
import type { DuplicatePair, Health } from '../exchange';
import { useOwnOrganizations } from '../parts/use-own-organizations';
import { usePrivateList } from '../parts/use-private-list';
import type { Account, Application, Client, Member, Source, Whole } from '../types';
import {
  applicationTasks,
  healthTasks,
  importTasks,
  invitationTasks,
  memberTasks,
  secretTasks,
  sortTasks,
  type Task,
} from './queue';

/** How many answers are waited for at the same time. */
const lanes = 4;

/** One list per record, a few at a time. */
async function each<From, To>(from: From[], read: (item: From) => Promise<To[]>): Promise<To[]> {
  const found: To[][] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < from.length; index = next++) {
      const item = from[index];
      if (item !== undefined) found[index] = await read(item);
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  return found.flat();
}

/** Everything that waits for this account, and whether all of it could be asked for. */
export function useQueue(): { tasks: Task[]; ready: boolean; error: unknown; retry: () => void } {
  const t = useTranslations('adminHome');
  const account = useAccount();
  const organizations = useOwnOrganizations();
  const reviews = may(account, 'applications.review');
  const managesAccounts = may(account, 'accounts.manage');
  const managesMembers = !managesAccounts && may(account, 'members.manage');
  const readsSources = may(account, 'sources.read');
  const managesClients = may(account, 'clients.manage');
  const reviewsDuplicates = may(account, 'duplicates.review');

  const applications = usePrivateList<Application>(
    '/api/v1/applications',
    { status: 'pending' },
    { enabled: reviews },
  );
  const accounts = usePrivateList<Account>(
    '/api/v1/accounts',
    { status: 'invited' },
    { enabled: managesAccounts },
  );
  const sources = usePrivateQuery<Whole<Source>>('/api/v1/sources', undefined, { enabled: readsSources });
  const health = usePrivateQuery<Whole<Health>>('/api/v1/sources/health', undefined, {
    enabled: readsSources,
  });
  const pairs = usePrivateList<DuplicatePair>(
    '/api/v1/duplicates',
    { state: 'open' },
    { enabled: reviewsDuplicates, limit: 1 },
  );
  const active = (sources.data?.data.data ?? []).filter(({ revokedAt }) => !revokedAt);
  const keys = active.map(({ key }) => key);

  const clients = useQuery({
    queryKey: ['private', '/api/v1/sources', 'clients', keys],
    queryFn: ({ signal }) =>
      each(keys, async (key) => {
        const path = `/api/v1/sources/${encodeURIComponent(key)}/clients`;
        return (await call<Whole<Client>>('GET', path, { signal })).data.data;
      }),
    enabled: managesClients && sources.isSuccess,
  });
  const members = useQuery({
    queryKey: ['private', '/api/v1/organizations', 'invited', organizations.map(({ id }) => id)],
    queryFn: ({ signal }) =>
      each(organizations, async (organization) => {
        const path = `/api/v1/organizations/${organization.id}/members`;
        const { data } = await call<Whole<Member>>('GET', path, { signal });
        return memberTasks(organization, data.data);
      }),
    enabled: managesMembers && organizations.length > 0,
  });

  const now = new Date();
  return {
    tasks: sortTasks([
      ...healthTasks(health.data?.data.data ?? [], active),
      ...((pairs.total ?? 0) > 0
        ? [
            {
              kind: 'duplicates' as const,
              id: 'duplicates',
              title: t('duplicatesTitle'),
              count: pairs.total ?? 0,
            },
          ]
        : []),
      ...secretTasks(clients.data ?? [], now),
      ...applicationTasks(applications.items, now),
      ...importTasks(active, now),
      ...invitationTasks(accounts.items, now),
      ...(members.data ?? []),
    ]),
    ready:
      (!reviews || applications.total !== undefined) &&
      (!managesAccounts || accounts.total !== undefined) &&
      (!readsSources || (sources.isSuccess && health.isSuccess)) &&
      (!reviewsDuplicates || pairs.total !== undefined) &&
      (!managesClients || clients.isSuccess) &&
      (!managesMembers || organizations.length === 0 || members.isSuccess),
    error:
      applications.error ??
      accounts.error ??
      sources.error ??
      health.error ??
      pairs.error ??
      clients.error ??
      members.error,
    retry: () => {
      if (applications.error) applications.retry();
      if (accounts.error) accounts.retry();
      if (sources.error) void sources.refetch();
      if (health.error) void health.refetch();
      if (pairs.error) pairs.retry();
      if (clients.error) void clients.refetch();
      if (members.error) void members.refetch();
    },
  };
}

import type { Health } from '../exchange';
import type { Account, Application, Client, Member, OrganizationRef, Source } from '../types';

/** How long before its end a secret is worth a reminder, in days. */
export const secretNoticeDays = 30;
/** How old the last full import of a source may be, in days. */
export const importAgeDays = 14;
/** Organisations that were created here have this source; nobody imports into it. */
const ownSource = 'portal';

const dayMs = 24 * 60 * 60 * 1000;

/** Something that waits for a person. Days are whole and never negative. */
export type Task =
  | { kind: 'secret'; id: string; title: string; source: string; days: number | undefined }
  | { kind: 'application'; id: string; title: string; days: number }
  | { kind: 'import'; id: string; title: string; source: string; days: number | undefined }
  | { kind: 'held'; id: string; title: string; source: string; count: number }
  | { kind: 'fetch'; id: string; title: string; source: string; count: number }
  | { kind: 'duplicates'; id: string; title: string; count: number }
  | { kind: 'invitation'; id: string; title: string; account: string; days: number }
  | { kind: 'invitation'; id: string; title: string; organization: string; days: number | undefined };

/** Whole days between two points in time, rounded down. */
function daysBetween(from: number, to: number): number {
  return Math.max(0, Math.floor((to - from) / dayMs));
}

/**
 * Partner systems whose last secret ends soon, or that have none left (days undefined). One that was replaced in time is
 * no task. The API lists only secrets that still count.
 */
export function secretTasks(clients: Client[], now: Date): Task[] {
  return clients.flatMap((client): Task[] => {
    if (client.revokedAt || client.jwks) return [];
    if (client.secrets.some(({ expiresAt }) => !expiresAt)) return [];
    const ends = client.secrets.map(({ expiresAt }) => Date.parse(expiresAt ?? ''));
    const days = ends.length > 0 ? daysBetween(now.getTime(), Math.max(...ends)) : undefined;
    if (days !== undefined && days > secretNoticeDays) return [];
    return [{ kind: 'secret', id: client.id, title: client.name, source: client.source, days }];
  });
}

export function applicationTasks(applications: Application[], now: Date): Task[] {
  return applications.map(({ id, organizationName, verifiedAt }) => ({
    kind: 'application',
    id,
    title: organizationName,
    days: daysBetween(Date.parse(verifiedAt), now.getTime()),
  }));
}

export function importTasks(sources: Source[], now: Date): Task[] {
  return sources.flatMap((source): Task[] => {
    if (source.revokedAt || source.key === ownSource) return [];
    const days = source.confirmedAt ? daysBetween(Date.parse(source.confirmedAt), now.getTime()) : undefined;
    if (days !== undefined && days <= importAgeDays) return [];
    return [{ kind: 'import', id: source.key, title: source.name, source: source.key, days }];
  });
}

/** Imports that wait for a decision, and feeds that cannot be fetched. */
export function healthTasks(health: Health[], sources: Source[]): Task[] {
  const names = new Map(sources.map(({ key, name }) => [key, name]));
  return health.flatMap(({ source, awaitingConfirmation, schedule }): Task[] => {
    const about = { title: names.get(source) ?? source, source };
    const failures = schedule?.failures ?? 0;
    return [
      ...(awaitingConfirmation > 0
        ? [{ kind: 'held' as const, id: `held-${source}`, count: awaitingConfirmation, ...about }]
        : []),
      ...(failures > 0 ? [{ kind: 'fetch' as const, id: `fetch-${source}`, count: failures, ...about }] : []),
    ];
  });
}

export function invitationTasks(accounts: Account[], now: Date): Task[] {
  return accounts.map(({ id, name, createdAt }) => ({
    kind: 'invitation',
    id,
    title: name,
    account: id,
    days: daysBetween(Date.parse(createdAt), now.getTime()),
  }));
}

/** Colleagues who have not accepted, for those who see their own organisation only. */
export function memberTasks(organization: OrganizationRef, members: Member[]): Task[] {
  return members
    .filter(({ status }) => status === 'invited')
    .map(({ membership, account }) => ({
      kind: 'invitation',
      id: membership,
      title: account.name,
      organization: organization.id,
      days: undefined,
    }));
}

const order = { held: 0, secret: 1, fetch: 2, application: 3, duplicates: 4, import: 5, invitation: 6 };

/** What breaks first comes first; within a kind what ends or waits longest. */
export function sortTasks(tasks: Task[]): Task[] {
  const urgency = (task: Task) => {
    if (task.kind === 'secret') return task.days ?? -1;
    if ('count' in task) return -task.count;
    return -(task.days ?? Number.MAX_SAFE_INTEGER);
  };
  return [...tasks].sort((a, b) => order[a.kind] - order[b.kind] || urgency(a) - urgency(b));
}

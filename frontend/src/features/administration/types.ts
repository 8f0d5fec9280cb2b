import type { components } from '#/api/schema';
import type { Language } from '#/app/languages';
import type { OrganizationRef, Reach, Role } from '#/features/session/types';

export type { OrganizationRef, Reach, Role };

export type Licence = components['schemas']['Licence'];

/** A text in every language of the interface. */
export type Localized = Record<Language, string>;

export interface Page {
  next: string | null;
  limit: number;
  total: number;
}

export interface List<T> {
  data: T[];
  page: Page;
}

/** A list that comes whole. */
export interface Whole<T> {
  data: T[];
}

export interface RoleDescription {
  role: Role;
  /** `region`: everywhere. `organization`: within one organisation. */
  scope: 'region' | 'organization';
  label: Localized;
  explanation: Localized;
  secondFactor: boolean;
  capabilities: { capability: string; reach: Reach; label: Localized }[];
}

export type AccountStatus = 'invited' | 'active' | 'suspended' | 'deleted';
export type MembershipStatus = 'invited' | 'active' | 'suspended';

export interface Membership {
  id: string;
  role: Role;
  organization?: OrganizationRef | null;
  status: MembershipStatus;
  version: number;
  createdAt: string;
}

export interface Account {
  id: string;
  /** Missing once the account is deleted, as is the name. */
  email?: string | null;
  name: string;
  language: Language;
  status: AccountStatus;
  version: number;
  createdAt: string;
  lastSignInAt?: string | null;
  secondFactor: boolean;
  memberships: Membership[];
}

export interface NewAccount {
  email: string;
  name: string;
  language: Language;
  memberships: { role: Role; organization?: string }[];
}

/** One person's role in an organisation, as the organisation sees it. */
export interface Member {
  membership: string;
  account: { id: string; name: string; email?: string | null };
  role: Role;
  status: MembershipStatus;
  version: number;
  lastSignInAt?: string | null;
}

export type ApplicationStatus = 'pending' | 'approved' | 'rejected';

/** An organisation asks for access. */
export interface Application {
  id: string;
  organizationName: string;
  organizationKind: string;
  website?: string | null;
  contactName: string;
  email: string;
  message?: string | null;
  language: Language;
  status: ApplicationStatus;
  createdAt: string;
  verifiedAt: string;
  decidedAt?: string | null;
  decidedBy?: string | null;
  reason?: string | null;
  organization?: OrganizationRef | null;
  version: number;
}

export interface Source {
  id: string;
  key: string;
  name: string;
  licence: Licence;
  organization?: OrganizationRef | null;
  createdAt: string;
  revokedAt?: string | null;
  /** When a full import last confirmed all of its records. */
  confirmedAt?: string | null;
  version: number;
}

export interface ClientSecret {
  id: string;
  /** The last four characters. */
  hint: string;
  createdAt: string;
  expiresAt?: string | null;
  lastUsedAt?: string | null;
}

/** A partner system, bound to one source. */
export interface Client {
  id: string;
  source: string;
  name: string;
  scopes: string[];
  jwks?: unknown;
  secrets: ClientSecret[];
  createdAt: string;
  lastUsedAt?: string | null;
  revokedAt?: string | null;
  version: number;
}

/** The only answer that holds the secret itself. */
export interface IssuedSecret {
  id: string;
  secret: string;
  expiresAt?: string | null;
}

export interface CreatedClient {
  client: Client;
  secret?: IssuedSecret | null;
}

export interface AuditChange {
  field: string;
  before: unknown;
  after: unknown;
}

export interface AuditEntry {
  seq: number;
  at: string;
  actor: { kind: 'account' | 'client' | 'system' | 'anonymous'; id?: string | null; name?: string | null };
  action: string;
  target: { kind: string; id?: string | null; name?: string | null };
  organization?: OrganizationRef | null;
  address?: string | null;
  userAgent?: string | null;
  changes?: AuditChange[] | null;
  hash: string;
}

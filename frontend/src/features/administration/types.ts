/** Short names for the shapes of the API. All come from its description. */
import type { components } from '#/api/schema';

type Schemas = components['schemas'];

export type Account = Schemas['Account'];
export type AccountStatus = Schemas['AccountStatus'];
export type Application = Schemas['Application'];
export type AuditEntry = Schemas['AuditEntry'];
export type Client = Schemas['Client'];
export type ClientSecret = Schemas['SecretView'];
export type CreatedClient = Schemas['CreatedClient'];
export type Import = Schemas['Import'];
export type ImportCounts = Schemas['ImportCounts'];
export type ImportFormat = Schemas['ImportFormat'];
export type ImportMode = Schemas['ImportMode'];
export type ImportProblem = Schemas['ImportProblemItem'];
/** The only answer that holds the secret itself. */
export type IssuedSecret = Schemas['SecretOnce'];
export type Licence = Schemas['Licence'];
export type Member = Schemas['Member'];
export type Membership = Schemas['Membership'];
export type OrganizationRef = Schemas['OrganizationRef'];
export type Role = Schemas['Role'];
export type RoleDescription = Schemas['RoleView'];
export type Scope = Schemas['Scope'];
export type Source = Schemas['Source'];

export interface List<T> {
  data: T[];
  page: Schemas['Page'];
}

/** A list that always comes whole. */
export interface Whole<T> {
  data: T[];
}

/** What is sent. */
export type AccountChange = Schemas['AccountChange'];
export type ClientChange = Schemas['ClientChange'];
export type Decision = Schemas['Decision'];
export type MemberChange = Schemas['MemberChange'];
export type MembershipChange = Schemas['MembershipChange'];
export type NewAccount = Schemas['NewAccount'];
export type NewClient = Schemas['NewClient'];
export type NewMember = Schemas['NewMember'];
export type NewMembership = Schemas['NewMembership'];
export type NewSource = Schemas['NewSource'];
export type SecretWish = Schemas['SecretWish'];
export type SourceChange = Schemas['SourceChange'];

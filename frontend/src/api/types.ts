/** Short names for the shapes of the API. All come from the generated schema: nothing here is written by hand. */
import type { components, operations } from './schema';

type Schemas = components['schemas'];

export type Problem = Schemas['ProblemDetails'];
export type RunStatus = Schemas['RunStatus'];
export type AccessibilityValue = Schemas['AccessibilityValue'];
export type AccessibilityStatement = Schemas['AccessibilityStatement'];
export type Address = Schemas['Address'];
export type Area = Schemas['Area'];
export type Concept = Schemas['Concept'];
export type ContactPoint = Schemas['ContactPoint'];
export type FacetCount = Schemas['FacetCount'];
export type Facets = Record<string, FacetCount[] | undefined>;
export type GeoPoint = Schemas['GeoPoint'];
export type LevelRange = Schemas['LevelRange'];
export type Offer = Schemas['OfferDetail'];
export type OfferItem = Schemas['OfferItem'];
export type OfferList = Schemas['OfferList'];
export type Organization = Schemas['OrganizationDetail'];
export type OrganizationItem = Schemas['OrganizationItem'];
export type PlaceSummary = Schemas['PlaceSummary'];
export type Price = Schemas['Price'];
export type Registration = Schemas['Registration'];
export type Run = Schemas['Run'];
export type RunItem = Schemas['RunItem'];
export type SearchHelp = Schemas['Help'];
export type Session = Schemas['Session'];
export type Suggestion = Schemas['Suggestion'];

/** A language a record can be asked for in. */
export type ContentLanguage = NonNullable<NonNullable<operations['getOffer']['parameters']['query']>['lang']>;

/** Parameters of the lists, without what the hooks add themselves. */
type ListQuery<Operation extends keyof operations> = Omit<
  NonNullable<operations[Operation]['parameters']['query']>,
  'lang' | 'limit' | 'cursor' | 'facets'
>;
export type OffersQuery = ListQuery<'listOffers'>;
export type OrganizationsQuery = ListQuery<'listOrganizations'>;

/** Shapes of the API as the interface uses them. */

export interface Problem {
  type?: string;
  title: string;
  status: number;
  code: string;
  detail?: string;
  traceId?: string;
  errors?: { pointer: string; code: string; message: string }[];
}

export type RunStatus = 'planned' | 'bookable' | 'full' | 'running' | 'finished' | 'cancelled';
export type AccessibilityValue = 'yes' | 'partly' | 'no' | 'unknown';
export type Provenance = 'self-declared' | 'verified' | 'reisen-fuer-alle';
export type Level = 'A0' | 'A1' | 'A2' | 'B1' | 'B2' | 'C1' | 'C2';

export interface GeoPoint {
  lat: number;
  lon: number;
}

export interface Price {
  type: 'free' | 'paid' | 'range' | 'on-request' | 'unknown';
  amount?: number;
  maxAmount?: number;
  currency: string;
  reductions?: { label: string; amount?: number }[];
  note?: string;
}

export interface LevelRange {
  from?: Level;
  to?: Level;
}

export interface OrganizationRef {
  id: string;
  slug: string;
  name: string;
}

export interface PlaceRef {
  id: string;
  name: string;
  locality?: string;
  municipality?: string;
  ags?: string;
  geo?: GeoPoint;
}

export interface NextRun {
  id: string;
  start?: string;
  end?: string;
  status: RunStatus;
  bookable: boolean;
  rollingStart: boolean;
  place?: PlaceRef;
}

export interface OfferItem {
  id: string;
  slug: string;
  title: string;
  summary?: string;
  contentLanguage: string;
  kind: string;
  organization: OrganizationRef;
  topics: string[];
  deliveryMode: string;
  languages: string[];
  languageLevel?: LevelRange;
  price: Price;
  entryRequirements: string[];
  funding: string[];
  accessibility: Record<string, AccessibilityValue>;
  childcare?: boolean;
  nextRun?: NextRun | null;
  place?: PlaceRef;
  runCount: number;
  confirmedAt: string;
  example: boolean;
  distanceKm?: number;
  highlights?: { title?: string; text?: string };
}

export interface FacetCount {
  code: string;
  count: number;
}

export type Facets = Partial<Record<string, FacetCount[]>>;

export interface SearchHelp {
  didYouMean?: string;
  emptiedBy?: { parameter: string; value?: string; totalWithout: number }[];
}

export interface Page {
  next?: string | null;
  limit: number;
  total: number;
  help?: SearchHelp;
}

export interface List<Item> {
  data: Item[];
  page: Page;
  facets?: Facets;
}

export interface AccessibilityStatement {
  criterion: string;
  value: AccessibilityValue;
  provenance: Provenance;
  date?: string;
  note?: string;
}

export interface Address {
  street?: string;
  postalCode?: string;
  locality?: string;
  district?: string;
  country: string;
}

export interface PlaceSummary {
  id: string;
  name: string;
  address: Address;
  geo?: GeoPoint;
  ags?: string;
  municipality?: string;
  accessibility?: AccessibilityStatement[];
  publicTransport?: string;
}

export interface Session {
  start: string;
  end?: string;
}

export interface Run {
  id: string;
  courseCode?: string;
  start?: string;
  end?: string;
  timeZone: string;
  sessions: Session[];
  rollingStart: boolean;
  place?: PlaceSummary;
  onlineUrl?: string;
  capacity?: { min?: number; max?: number; booked?: number; waitingList?: number };
  price?: Price;
  status: RunStatus;
  units?: number;
  scheduleText?: string;
  deadline?: string;
  url?: string;
  note?: string;
}

export interface ContactPoint {
  name?: string;
  phone?: string;
  email?: string;
  url?: string;
  hours?: string;
}

export interface Registration {
  forms?: string[];
  url?: string;
  phone?: string;
  email?: string;
  deadline?: string;
  note?: string;
}

export interface Translation {
  title?: string;
  summary?: string;
  description?: string;
  machine?: boolean;
  originalVersion?: number;
}

export interface RecordMeta {
  id: string;
  slug: string;
  version: number;
  textVersion: number;
  updatedAt: string;
  source: { key: string; name: string; externalId: string };
  licence: string;
  freshness: { confirmedAt: string; confirmedBy: string };
  completeness: { score: number; missing: string[] };
}

export interface Offer extends RecordMeta {
  organization: OrganizationRef & { kind: string };
  kind: string;
  title: string;
  summary?: string;
  descriptionHtml?: string;
  contentLanguage?: string;
  topics: string[];
  lifePhases: string[];
  targetGroups: string[];
  ageRange?: { min?: number; max?: number };
  deliveryMode: string;
  languages: string[];
  languageLevel?: LevelRange;
  bamfCourseType?: string;
  literacyCourse: boolean;
  entryRequirements: { type: string; text?: string }[];
  qualification?: { name: string; certificate?: string; dqrLevel?: number };
  price: Price;
  funding: { type: string; number?: string; text?: string }[];
  accessibility: AccessibilityStatement[];
  childcare?: boolean;
  registration?: Registration;
  contact?: ContactPoint;
  images: { url: string; alt: string; licence?: string; author?: string }[];
  url?: string;
  courseCode?: string;
  place?: PlaceSummary;
  runs: Run[];
  example?: boolean;
  translations?: Record<string, Translation>;
}

export interface OrganizationItem {
  id: string;
  slug: string;
  name: string;
  kind: string;
  sponsor?: string;
  summary?: string;
  municipality?: string;
  ags?: string;
  geo?: GeoPoint;
  offerCount: number;
  highlights?: { name?: string; title?: string; text?: string };
}

export interface Organization extends RecordMeta {
  name: string;
  alternateName?: string;
  kind: string;
  legalForm?: string;
  sponsor?: string;
  summary?: string;
  descriptionHtml?: string;
  contentLanguage?: string;
  address?: Address;
  geo?: GeoPoint;
  ags?: string;
  municipality?: string;
  openingHours?: string;
  contacts: ContactPoint[];
  languages: string[];
  accessibility: AccessibilityStatement[];
  logo?: { url: string; alt: string };
  url?: string;
  socialLinks: string[];
  networkMemberSince?: string;
  translations?: Record<string, Translation>;
  example?: boolean;
}

export interface Area {
  key: string;
  kind: string;
  name: string;
  town: boolean;
  parent?: string;
  centre: [number, number];
  postcodes: string[];
}

export interface Suggestion {
  type: 'query' | 'topic' | 'organization' | 'place' | 'offer';
  text: string;
  highlight?: string;
  id?: string;
  slug?: string;
  code?: string;
}

export interface Concept {
  code: string;
  label: Record<string, string>;
  broader?: string;
}

export interface Vocabulary {
  id: string;
  title: Record<string, string>;
  concepts: Concept[];
}

export interface Region {
  key: string;
  name: string;
  counts?: Record<string, number>;
  attribution: { what: string; text: string; licence: string; url?: string }[];
}

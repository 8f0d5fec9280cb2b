import {
  createRootRoute,
  createRoute,
  lazyRouteComponent,
  notFound,
  Outlet,
  redirect,
  rootRouteId,
} from '@tanstack/react-router';
import type { MapSearch } from '#/features/areas/map-search';
import type { CalendarSearch } from '#/features/calendar/calendar-search';
import type { OfferSearch } from '#/features/catalogue/offer-search';
import type { OrganizationSearch } from '#/features/partners/organization-search';
import { loadMessages } from './i18n';
import { isLanguage, preferredLanguage } from './languages';
import { Layout } from './layout/Layout';

/** The language a record's own text is shown in, where the reader has chosen another one than the page's. */
function validateTextLanguage(raw: Record<string, unknown>): { text?: string } {
  const { text } = raw;
  return typeof text === 'string' && /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(text) ? { text } : {};
}

export const rootRoute = createRootRoute({
  component: Outlet,
  notFoundComponent: lazyRouteComponent(() => import('./UnknownAddressPage'), 'UnknownAddressPage'),
});

/** The server answers `/` with a redirect by Accept-Language; this is the same for the development server. */
export const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/$lang', params: { lang: preferredLanguage(navigator.languages) }, replace: true });
  },
});

export const languageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/$lang',
  params: {
    parse: ({ lang }) => {
      if (!isLanguage(lang)) throw notFound({ routeId: rootRouteId });
      return { lang };
    },
    stringify: ({ lang }) => ({ lang }),
  },
  loader: ({ params }) => loadMessages(params.lang),
  component: Layout,
  notFoundComponent: lazyRouteComponent(() => import('./NotFoundPage'), 'NotFoundPage'),
});

// The texts of a page are loaded together with its code; the layout puts the texts of all routes together.

const homeRoute = createRoute({
  getParentRoute: () => languageRoute,
  path: '/',
  loader: ({ params }) => loadMessages(params.lang, 'home'),
  component: lazyRouteComponent(() => import('#/features/catalogue/home/HomePage'), 'HomePage'),
});

const offersRoute = createRoute({
  getParentRoute: () => languageRoute,
  path: '/angebote',
  loader: ({ params }) => loadMessages(params.lang, 'results'),
  // Checked by the page itself, so that only its visitors load the code for it.
  validateSearch: (raw): OfferSearch => raw,
  component: lazyRouteComponent(() => import('#/features/catalogue/results/ResultsPage'), 'ResultsPage'),
});

const offerRoute = createRoute({
  getParentRoute: () => languageRoute,
  path: '/angebote/$id/{-$slug}',
  loader: ({ params }) => loadMessages(params.lang, 'offer'),
  validateSearch: validateTextLanguage,
  component: lazyRouteComponent(() => import('#/features/catalogue/offer/OfferPage'), 'OfferPage'),
});

const organizationsRoute = createRoute({
  getParentRoute: () => languageRoute,
  path: '/einrichtungen',
  loader: ({ params }) => loadMessages(params.lang, 'directory'),
  validateSearch: (raw): OrganizationSearch => raw,
  component: lazyRouteComponent(() => import('#/features/partners/directory/DirectoryPage'), 'DirectoryPage'),
});

const organizationRoute = createRoute({
  getParentRoute: () => languageRoute,
  path: '/einrichtungen/$id/{-$slug}',
  loader: ({ params }) => loadMessages(params.lang, 'organization'),
  validateSearch: validateTextLanguage,
  component: lazyRouteComponent(
    () => import('#/features/partners/organization/OrganizationPage'),
    'OrganizationPage',
  ),
});

const mapRoute = createRoute({
  getParentRoute: () => languageRoute,
  path: '/karte',
  loader: ({ params }) => loadMessages(params.lang, 'areas'),
  // Checked by the page itself, so that only its visitors load the code for it.
  validateSearch: (raw): MapSearch => raw,
  component: lazyRouteComponent(() => import('#/features/areas/MapPage'), 'MapPage'),
});

const calendarRoute = createRoute({
  getParentRoute: () => languageRoute,
  path: '/kalender',
  loader: ({ params }) => loadMessages(params.lang, 'calendar'),
  validateSearch: (raw): CalendarSearch => raw,
  component: lazyRouteComponent(() => import('#/features/calendar/CalendarPage'), 'CalendarPage'),
});

const aboutRoute = createRoute({
  getParentRoute: () => languageRoute,
  path: '/ueber',
  loader: ({ params }) => loadMessages(params.lang, 'content'),
  component: lazyRouteComponent(() => import('#/features/content/AboutPage'), 'AboutPage'),
});

const imprintRoute = createRoute({
  getParentRoute: () => languageRoute,
  path: '/impressum',
  loader: ({ params }) => loadMessages(params.lang, 'content'),
  component: lazyRouteComponent(() => import('#/features/content/ImprintPage'), 'ImprintPage'),
});

const privacyRoute = createRoute({
  getParentRoute: () => languageRoute,
  path: '/datenschutz',
  loader: ({ params }) => loadMessages(params.lang, 'content'),
  component: lazyRouteComponent(() => import('#/features/content/PrivacyPage'), 'PrivacyPage'),
});

const accessibilityRoute = createRoute({
  getParentRoute: () => languageRoute,
  path: '/barrierefreiheit',
  loader: ({ params }) => loadMessages(params.lang, 'content'),
  component: lazyRouteComponent(() => import('#/features/content/AccessibilityPage'), 'AccessibilityPage'),
});

const apiRoute = createRoute({
  getParentRoute: () => languageRoute,
  path: '/schnittstelle',
  loader: ({ params }) => loadMessages(params.lang, 'content'),
  component: lazyRouteComponent(() => import('#/features/content/ApiPage'), 'ApiPage'),
});

export const publicPages = [
  homeRoute,
  offersRoute,
  offerRoute,
  organizationsRoute,
  organizationRoute,
  mapRoute,
  calendarRoute,
  aboutRoute,
  imprintRoute,
  privacyRoute,
  accessibilityRoute,
  apiRoute,
] as const;

/** What residents need. Pages behind the sign-in come with `private/routes.tsx`. */
export const publicRouteTree = rootRoute.addChildren([
  startRoute,
  languageRoute.addChildren([...publicPages]),
]);

import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
// Before anything reads the address: takes the token of a one-time link out of it.
import '#/features/session/link-token';
import type { AccountsSearch } from '#/features/administration/accounts/accounts-search';
import type { AuditSearch } from '#/features/administration/audit/audit-search';
import type { SourceSearch, SourcesSearch } from '#/features/administration/sources/sources-search';
import { languageRoute, publicPages, rootRoute, startRoute } from '../routes';
import { loadPrivateMessages } from './messages';

/**
 * All pages, those behind the sign-in included. `router.ts` loads this module only where the first address is one of
 * them, so that the public pages do not carry these routes.
 */

/** Every component in every state, for eyes and for axe. */
const kitchenRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/_kitchen',
  component: lazyRouteComponent(() => import('../kitchen/KitchenPage'), 'KitchenPage'),
});

// Everybody may open these: they lead to a session.

const entranceRoute = createRoute({
  getParentRoute: () => languageRoute,
  id: 'entrance',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'session'),
  component: lazyRouteComponent(() => import('#/features/session/EntranceFrame'), 'EntranceFrame'),
});

const signInRoute = createRoute({
  getParentRoute: () => entranceRoute,
  path: '/anmelden',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'entrance'),
  // Checked by the page: only an address of the portal itself is followed.
  validateSearch: (raw): { next?: string } => raw,
  component: lazyRouteComponent(() => import('#/features/session/pages/SignInPage'), 'SignInPage'),
});

const forgottenPasswordRoute = createRoute({
  getParentRoute: () => entranceRoute,
  path: '/passwort-vergessen',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'entrance'),
  component: lazyRouteComponent(
    () => import('#/features/session/pages/ForgottenPasswordPage'),
    'ForgottenPasswordPage',
  ),
});

const newPasswordRoute = createRoute({
  getParentRoute: () => entranceRoute,
  path: '/passwort-neu',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'entrance'),
  component: lazyRouteComponent(() => import('#/features/session/pages/NewPasswordPage'), 'NewPasswordPage'),
});

const invitationRoute = createRoute({
  getParentRoute: () => entranceRoute,
  path: '/einladung',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'entrance'),
  component: lazyRouteComponent(() => import('#/features/session/pages/InvitationPage'), 'InvitationPage'),
});

const confirmEmailRoute = createRoute({
  getParentRoute: () => entranceRoute,
  path: '/e-mail-bestaetigen',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'entrance'),
  component: lazyRouteComponent(
    () => import('#/features/session/pages/ConfirmEmailPage'),
    'ConfirmEmailPage',
  ),
});

const applyRoute = createRoute({
  getParentRoute: () => entranceRoute,
  path: '/zugang-beantragen',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'entrance'),
  component: lazyRouteComponent(() => import('#/features/session/pages/ApplyPage'), 'ApplyPage'),
});

const confirmApplicationRoute = createRoute({
  getParentRoute: () => entranceRoute,
  path: '/zugang-bestaetigen',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'entrance'),
  component: lazyRouteComponent(
    () => import('#/features/session/pages/ConfirmApplicationPage'),
    'ConfirmApplicationPage',
  ),
});

// Everything below needs a session.

const privateRoute = createRoute({
  getParentRoute: () => languageRoute,
  id: 'private',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'session'),
  component: lazyRouteComponent(() => import('#/features/session/PrivateFrame'), 'PrivateFrame'),
});

const accountRoute = createRoute({
  getParentRoute: () => privateRoute,
  path: '/konto',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'account'),
  component: lazyRouteComponent(() => import('#/features/account/AccountPage'), 'AccountPage'),
});

const securityRoute = createRoute({
  getParentRoute: () => privateRoute,
  path: '/konto/sicherheit',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'account'),
  component: lazyRouteComponent(() => import('#/features/account/SecurityPage'), 'SecurityPage'),
});

const sessionsRoute = createRoute({
  getParentRoute: () => privateRoute,
  path: '/konto/sitzungen',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'account'),
  component: lazyRouteComponent(() => import('#/features/account/SessionsPage'), 'SessionsPage'),
});

const dataRoute = createRoute({
  getParentRoute: () => privateRoute,
  path: '/konto/daten',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'account'),
  component: lazyRouteComponent(() => import('#/features/account/DataPage'), 'DataPage'),
});

const administrationRoute = createRoute({
  getParentRoute: () => privateRoute,
  path: '/verwaltung',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'administration'),
  component: lazyRouteComponent(
    () => import('#/features/administration/AdministrationFrame'),
    'AdministrationFrame',
  ),
});

const administrationHomeRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'adminHome'),
  component: lazyRouteComponent(() => import('#/features/administration/home/HomePage'), 'HomePage'),
});

const accountsRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/konten',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'adminAccounts'),
  validateSearch: (raw): AccountsSearch => raw,
  component: lazyRouteComponent(
    () => import('#/features/administration/accounts/AccountsPage'),
    'AccountsPage',
  ),
});

const otherAccountRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/konten/$id',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'adminAccounts'),
  component: lazyRouteComponent(
    () => import('#/features/administration/accounts/AccountPage'),
    'AccountPage',
  ),
});

const membersRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/einrichtungen',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'adminOrganizations'),
  validateSearch: (raw): { q?: string } => raw,
  component: lazyRouteComponent(
    () => import('#/features/administration/organizations/OrganizationsPage'),
    'OrganizationsPage',
  ),
});

const membersOfRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/einrichtungen/$id',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'adminOrganizations'),
  component: lazyRouteComponent(
    () => import('#/features/administration/organizations/MembersPage'),
    'MembersPage',
  ),
});

const applicationsRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/antraege',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'adminApplications'),
  validateSearch: (raw): { status?: string } => raw,
  component: lazyRouteComponent(
    () => import('#/features/administration/applications/ApplicationsPage'),
    'ApplicationsPage',
  ),
});

const applicationRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/antraege/$id',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'adminApplications'),
  component: lazyRouteComponent(
    () => import('#/features/administration/applications/ApplicationPage'),
    'ApplicationPage',
  ),
});

const sourcesRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/quellen',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'adminSources'),
  validateSearch: (raw): SourcesSearch => raw,
  component: lazyRouteComponent(() => import('#/features/administration/sources/SourcesPage'), 'SourcesPage'),
});

const sourceRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/quellen/$key',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'adminSources'),
  validateSearch: (raw): SourceSearch => raw,
  component: lazyRouteComponent(() => import('#/features/administration/sources/SourcePage'), 'SourcePage'),
});

const auditRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/protokoll',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'adminAudit'),
  validateSearch: (raw): AuditSearch => raw,
  component: lazyRouteComponent(() => import('#/features/administration/audit/AuditPage'), 'AuditPage'),
});

export const routeTree = rootRoute.addChildren([
  startRoute,
  kitchenRoute,
  languageRoute.addChildren([
    ...publicPages,
    entranceRoute.addChildren([
      signInRoute,
      forgottenPasswordRoute,
      newPasswordRoute,
      invitationRoute,
      confirmEmailRoute,
      applyRoute,
      confirmApplicationRoute,
    ]),
    privateRoute.addChildren([
      accountRoute,
      securityRoute,
      sessionsRoute,
      dataRoute,
      administrationRoute.addChildren([
        administrationHomeRoute,
        accountsRoute,
        otherAccountRoute,
        membersRoute,
        membersOfRoute,
        applicationsRoute,
        applicationRoute,
        sourcesRoute,
        sourceRoute,
        auditRoute,
      ]),
    ]),
  ]),
]);

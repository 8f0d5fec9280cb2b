import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
// Before anything reads the address: takes the token of a one-time link out of it.
import '#/features/session/link-token';
import type { AccountsSearch } from '#/features/administration/accounts/accounts-search';
import type { AuditSearch } from '#/features/administration/audit/audit-search';
import type { DuplicatesSearch } from '#/features/administration/duplicates/duplicates-search';
import type {
  ClientsSearch,
  ImportSearch,
  ImportsSearch,
  SourcesSearch,
  WebhookSearch,
  WebhooksSearch,
} from '#/features/administration/sources/sources-search';
import { loadMessages } from '../i18n';
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

/** For partners and developers. Anybody may open it, but residents need not carry its route. */
const partnerRoute = createRoute({
  getParentRoute: () => languageRoute,
  path: '/partner',
  loader: ({ params }) => loadMessages(params.lang, 'content'),
  component: lazyRouteComponent(() => import('#/features/content/PartnerPage'), 'PartnerPage'),
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
  loader: ({ params }) => loadPrivateMessages(params.lang, 'adminSource'),
  component: lazyRouteComponent(() => import('#/features/administration/sources/SourceFrame'), 'SourceFrame'),
});

const sourceOverviewRoute = createRoute({
  getParentRoute: () => sourceRoute,
  path: '/',
  component: lazyRouteComponent(
    () => import('#/features/administration/sources/overview/OverviewPage'),
    'OverviewPage',
  ),
});

const importsRoute = createRoute({
  getParentRoute: () => sourceRoute,
  path: '/importe',
  validateSearch: (raw): ImportsSearch => raw,
  component: lazyRouteComponent(
    () => import('#/features/administration/sources/imports/ImportsPage'),
    'ImportsPage',
  ),
});

const importRoute = createRoute({
  getParentRoute: () => sourceRoute,
  path: '/importe/$id',
  validateSearch: (raw): ImportSearch => raw,
  component: lazyRouteComponent(
    () => import('#/features/administration/sources/imports/ImportPage'),
    'ImportPage',
  ),
});

const scheduleRoute = createRoute({
  getParentRoute: () => sourceRoute,
  path: '/zeitplan',
  component: lazyRouteComponent(
    () => import('#/features/administration/sources/schedule/SchedulePage'),
    'SchedulePage',
  ),
});

const columnsRoute = createRoute({
  getParentRoute: () => sourceRoute,
  path: '/spalten',
  component: lazyRouteComponent(
    () => import('#/features/administration/sources/columns/ColumnsPage'),
    'ColumnsPage',
  ),
});

const webhooksRoute = createRoute({
  getParentRoute: () => sourceRoute,
  path: '/webhooks',
  validateSearch: (raw): WebhooksSearch => raw,
  component: lazyRouteComponent(
    () => import('#/features/administration/sources/webhooks/WebhooksPage'),
    'WebhooksPage',
  ),
});

const webhookRoute = createRoute({
  getParentRoute: () => sourceRoute,
  path: '/webhooks/$id',
  validateSearch: (raw): WebhookSearch => raw,
  component: lazyRouteComponent(
    () => import('#/features/administration/sources/webhooks/WebhookPage'),
    'WebhookPage',
  ),
});

const clientsRoute = createRoute({
  getParentRoute: () => sourceRoute,
  path: '/partnersysteme',
  validateSearch: (raw): ClientsSearch => raw,
  component: lazyRouteComponent(
    () => import('#/features/administration/sources/clients/ClientsPage'),
    'ClientsPage',
  ),
});

const settingsRoute = createRoute({
  getParentRoute: () => sourceRoute,
  path: '/einstellungen',
  component: lazyRouteComponent(
    () => import('#/features/administration/sources/settings/SettingsPage'),
    'SettingsPage',
  ),
});

const duplicatesRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/doppelte-angebote',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'adminDuplicates'),
  validateSearch: (raw): DuplicatesSearch => raw,
  component: lazyRouteComponent(
    () => import('#/features/administration/duplicates/DuplicatesPage'),
    'DuplicatesPage',
  ),
});

const pairRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/doppelte-angebote/$id',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'adminDuplicates'),
  component: lazyRouteComponent(() => import('#/features/administration/duplicates/PairPage'), 'PairPage'),
});

const recordRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/eintraege/$kind/$id',
  // The words for what is stated about accessibility are those of the public page.
  loader: async ({ params }) => ({
    ...(await loadMessages(params.lang, 'offer')),
    ...(await loadPrivateMessages(params.lang, 'adminRecords')),
  }),
  component: lazyRouteComponent(() => import('#/features/administration/records/RecordPage'), 'RecordPage'),
});

const exportsRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/exporte',
  loader: ({ params }) => loadPrivateMessages(params.lang, 'adminExports'),
  component: lazyRouteComponent(() => import('#/features/administration/exports/ExportsPage'), 'ExportsPage'),
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
    partnerRoute,
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
        sourceRoute.addChildren([
          sourceOverviewRoute,
          importsRoute,
          importRoute,
          scheduleRoute,
          columnsRoute,
          webhooksRoute,
          webhookRoute,
          clientsRoute,
          settingsRoute,
        ]),
        duplicatesRoute,
        pairRoute,
        recordRoute,
        exportsRoute,
        auditRoute,
      ]),
    ]),
  ]),
]);

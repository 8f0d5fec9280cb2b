import { createRouter } from '@tanstack/react-router';
import { ErrorPage } from './ErrorPage';
import { requestHeadingFocus } from './page';
import { publicRouteTree } from './routes';
import { parseSearch, stringifySearch } from './search-params';

type RouteTree = typeof import('./private/routes').routeTree;

/** Addresses of `private/routes.tsx`. */
const privateAddress =
  /^\/(_kitchen$|\w+\/(anmelden|passwort-|einladung|e-mail-|zugang-|konto|verwaltung|partner))/;

/**
 * Visitors of a public page get the public part of the routes only, and links from there behind the sign-in load a page
 * anew. The type knows all of them.
 */
export async function createAppRouter() {
  const routeTree = privateAddress.test(location.pathname)
    ? (await import('./private/routes')).routeTree
    : (publicRouteTree as unknown as RouteTree);
  const router = createRouter({
    routeTree,
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
    defaultPreload: 'intent',
    // Routes load interface texts only, and those do not change; data has its own cache.
    defaultStaleTime: Number.POSITIVE_INFINITY,
    defaultErrorComponent: ErrorPage,
    notFoundMode: 'fuzzy',
  });
  router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
    if (fromLocation && pathChanged) requestHeadingFocus();
  });
  return router;
}

declare module '@tanstack/react-router' {
  interface Register {
    router: Awaited<ReturnType<typeof createAppRouter>>;
  }
}

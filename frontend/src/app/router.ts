import { createRouter } from '@tanstack/react-router';
import { ErrorPage } from './ErrorPage';
import { requestHeadingFocus } from './page';
import { routeTree } from './routes';
import { parseSearch, stringifySearch } from './search-params';

export function createAppRouter() {
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
    router: ReturnType<typeof createAppRouter>;
  }
}

import { useEffect } from 'react';

/** Pages of the session are no results of a search engine. The server says so as well; this is for navigation inside. */
export function useNoIndex(): void {
  useEffect(() => {
    const meta = document.createElement('meta');
    meta.name = 'robots';
    meta.content = 'noindex';
    document.head.append(meta);
    return () => meta.remove();
  }, []);
}

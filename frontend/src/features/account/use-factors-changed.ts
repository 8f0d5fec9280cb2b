import { useCallback } from 'react';
import { reloadAccount, useInvalidate } from '#/features/session/api';

/** After a change of the second factors: what the pages show and what the session knows both follow. */
export function useFactorsChanged(): () => Promise<void> {
  const invalidate = useInvalidate();
  return useCallback(async () => {
    await Promise.all([reloadAccount(), invalidate('/api/v1/me/factors')]);
  }, [invalidate]);
}

import { useEffect, useRef, useState } from 'react';
import { type Draft, useDraft } from '#/features/session/drafts';
import type { Fields } from './merge';
import type { MergedForm } from './use-merged-form';

interface Kept {
  changes: Fields;
}

/** Keeps what was changed in a form over a saved record for this tab, and lays it over the record when it is opened again. */
export function useKeptChanges(
  name: string,
  form: MergedForm<Fields>,
): { draft: Draft<Kept>; restored: boolean } {
  const draft = useDraft<Kept>(name, { changes: {} });
  const [restored, setRestored] = useState(false);
  const begun = useRef(false);
  const now = JSON.stringify(form.changes);
  const latest = useRef({ draft, form });
  latest.current = { draft, form };
  useEffect(() => {
    const { draft: kept, form: open } = latest.current;
    if (!begun.current) {
      begun.current = true;
      const { changes } = kept.values;
      if (Object.keys(changes).length === 0) return;
      open.set(changes);
      setRestored(true);
    } else if (now === '{}') kept.discard();
    else kept.keep({ changes: JSON.parse(now) as Fields });
  }, [now]);
  return { draft, restored };
}

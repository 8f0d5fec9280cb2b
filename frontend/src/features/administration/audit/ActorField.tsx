import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useDebounced } from '#/app/use-debounced';
import { usePrivateQuery } from '#/features/session/api';
import { useCapability } from '#/features/session/store';
import { Combobox } from '#/ui/Combobox';
import type { Account, List } from '../types';

/** Finds the account whose deeds are wanted. Only for those who may see accounts; others follow links in the entries. */
export function ActorField({ onChoose }: { onChoose: (id: string) => void }) {
  const t = useTranslations('adminAudit');
  const seesAccounts = useCapability('accounts.manage');
  const [words, setWords] = useState('');
  const q = useDebounced(words.trim(), 200);
  const enabled = seesAccounts && q.length >= 2;
  const { data } = usePrivateQuery<List<Account>>('/api/v1/accounts', { q, limit: 8 }, { enabled });
  if (!seesAccounts) return null;
  return (
    <Combobox
      label={t('actor')}
      icon="person"
      value={words}
      options={
        enabled
          ? (data?.data.data ?? []).map(({ id, name, email }) => ({
              id,
              label: name,
              detail: email ?? undefined,
            }))
          : []
      }
      onChange={setWords}
      onSelect={({ id }) => {
        setWords('');
        onChoose(id);
      }}
    />
  );
}

import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { berlinDay } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { callRaw } from '#/features/session/api';
import { RequireSession } from '#/features/session/RequireSession';
import { Button } from '#/ui/Button';
import type { DataColumn } from '#/ui/DataTable';
import { RemovableTag } from '#/ui/Tag';
import { TextField } from '#/ui/TextField';
import { ActionButton } from '../parts/ActionButton';
import { ListView } from '../parts/ListView';
import { Moment } from '../parts/Moment';
import { PageHead } from '../parts/PageHead';
import { usePrivateList } from '../parts/use-private-list';
import type { AuditEntry } from '../types';
import { ActionSelect } from './ActionSelect';
import { ActorField } from './ActorField';
import { type AuditSearch, validateAuditSearch } from './audit-search';
import { EntryDetails } from './EntryDetails';
import { useAuditWords } from './use-audit-words';

const route = getRouteApi('/$lang/private/verwaltung/protokoll');

export function AuditPage() {
  return (
    <RequireSession capability="audit.read">
      <Audit />
    </RequireSession>
  );
}

function Audit() {
  const t = useTranslations('adminAudit');
  const lang = useLanguage();
  const navigate = useNavigate();
  const search = validateAuditSearch({ ...route.useSearch() });
  const list = usePrivateList<AuditEntry>('/api/v1/audit', { ...search });

  function change(next: AuditSearch) {
    void navigate({ to: '/$lang/verwaltung/protokoll', params: { lang }, search: next, resetScroll: false });
  }

  async function download() {
    const response = await callRaw('GET', '/api/v1/audit.csv', {
      query: { ...search },
      headers: { accept: 'text/csv' },
    });
    const address = URL.createObjectURL(await response.blob());
    const link = document.createElement('a');
    link.href = address;
    link.download = `${t('fileName')}-${berlinDay(new Date())}.csv`;
    link.click();
    URL.revokeObjectURL(address);
  }

  return (
    <>
      <PageHead title={t('title')} lead={t('lead')}>
        <ActionButton run={download} done={t('csvDone')}>
          {t('csv')}
        </ActionButton>
      </PageHead>
      <Filters search={search} onChange={change} />
      <ActiveFilters search={search} entries={list.items} onChange={change} />
      <Entries list={list} search={search} />
    </>
  );
}

interface FiltersProps {
  search: AuditSearch;
  onChange: (next: AuditSearch) => void;
}

function Filters({ search, onChange }: FiltersProps) {
  const t = useTranslations('adminAudit');
  return (
    <search className="admin__filters">
      <ActorField onChoose={(actor) => onChange({ ...search, actor })} />
      <ActionSelect value={search.action} onChange={(action) => onChange({ ...search, action })} />
      {(['from', 'to'] as const).map((end) => (
        <TextField
          key={end}
          label={t(end)}
          type="date"
          value={search[end] ?? ''}
          onChange={(event) => onChange({ ...search, [end]: event.currentTarget.value || undefined })}
        />
      ))}
    </search>
  );
}

/** What the list is narrowed to, by name where an entry tells it. */
function ActiveFilters({ search, entries, onChange }: FiltersProps & { entries: AuditEntry[] }) {
  const t = useTranslations('adminAudit');
  const words = useAuditWords();
  const { actor, target } = search;
  if (!Object.values(search).some(Boolean)) return null;
  const known = entries.find((entry) => entry.actor.id === actor)?.actor;
  const thing = entries.find((entry) => entry.target.id === target)?.target;
  const actorText = actor ? t('filteredActor', { name: known ? words.actor(known) : actor }) : undefined;
  const targetText = target ? t('filteredTarget', { name: thing?.name ?? target }) : undefined;
  return (
    <div className="admin__buttons admin-audit__active">
      {actorText ? (
        <RemovableTag
          removeLabel={t('removeFilter', { name: actorText })}
          onRemove={() => onChange({ ...search, actor: undefined })}
        >
          {actorText}
        </RemovableTag>
      ) : null}
      {targetText ? (
        <RemovableTag
          removeLabel={t('removeFilter', { name: targetText })}
          onRemove={() => onChange({ ...search, target: undefined })}
        >
          {targetText}
        </RemovableTag>
      ) : null}
      <Button variant="quiet" size="sm" onClick={() => onChange({})}>
        {t('clear')}
      </Button>
    </div>
  );
}

interface EntriesProps {
  list: ReturnType<typeof usePrivateList<AuditEntry>>;
  search: AuditSearch;
}

function Entries({ list, search }: EntriesProps) {
  const t = useTranslations('adminAudit');
  const words = useAuditWords();
  const columns: DataColumn<AuditEntry>[] = [
    { key: 'at', header: t('when'), cell: ({ at }) => <Moment at={at} time /> },
    {
      key: 'actor',
      header: t('actor'),
      cell: ({ actor }) => (
        <>
          <bdi>{words.actor(actor)}</bdi>
          {actor.kind === 'client' ? <span className="admin__under">{t('client')}</span> : null}
        </>
      ),
    },
    {
      key: 'action',
      header: t('actionLabel'),
      cell: (entry) => (
        <>
          {words.action(entry.action)}
          {entry.target.name ? (
            <>
              : <bdi>{entry.target.name}</bdi>
            </>
          ) : null}
          <EntryDetails entry={entry} search={search} />
        </>
      ),
    },
  ];
  return (
    <ListView
      list={list}
      columns={columns}
      rowKey={({ seq }) => String(seq)}
      count={(count) => t('count', { count })}
      empty={{ title: t('nothing'), text: t('nothingText'), icon: 'list' }}
    />
  );
}

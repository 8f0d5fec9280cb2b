import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { type DataColumn, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import type { IconName } from '#/ui/Icon';
import { useAnnouncement } from '#/ui/LiveRegion';
import { LoadMore } from '#/ui/LoadMore';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import type { PrivateList } from './use-private-list';

export interface ListViewProps<T> {
  list: PrivateList<T>;
  columns: DataColumn<T>[];
  rowKey: (row: T) => string;
  /** `12 Konten` in words; it is the heading of the list, and read out when it changes. */
  count: (total: number) => string;
  empty: { title: string; text?: string; icon: IconName };
}

/** A list with its count, its states and its next page. */
export function ListView<T>({ list, columns, rowKey, count, empty }: ListViewProps<T>) {
  const t = useTranslations('app');
  const headingId = useId();
  const { items, total, stale } = list;
  const text = total === undefined ? undefined : count(total);
  useAnnouncement(stale ? undefined : text);
  return (
    <section aria-labelledby={headingId} aria-busy={stale || undefined}>
      <h2 id={headingId} className="admin__count">
        {text === undefined || stale ? t('loading') : text}
      </h2>
      {list.error && items.length === 0 ? (
        <ProblemNotice error={list.error} onRetry={list.retry} />
      ) : total === undefined ? (
        <Skeleton count={6} />
      ) : total === 0 ? (
        <EmptyState title={empty.title} icon={empty.icon} level={3}>
          {empty.text ? <p>{empty.text}</p> : null}
        </EmptyState>
      ) : (
        <>
          {list.error ? <ProblemNotice error={list.error} onRetry={list.retry} /> : null}
          <DataTable caption={text ?? ''} columns={columns} rows={items} rowKey={rowKey} stale={stale} />
          <LoadMore shown={items.length} total={total} loading={list.loadingMore} onMore={list.more} />
        </>
      )}
    </section>
  );
}

import { type DataColumn, DataTable } from '#/ui/DataTable';
import { LoadMore } from '#/ui/LoadMore';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import type { PrivateList } from './use-private-list';

export interface ListRowsProps<T> {
  list: PrivateList<T>;
  columns: DataColumn<T>[];
  rowKey: (row: T) => string;
  caption: string;
  /** What is said if there is nothing. */
  empty?: string;
}

/** A list under a heading of its own: what went wrong, that it is loading, its rows, its next page. */
export function ListRows<T>({ list, columns, rowKey, caption, empty }: ListRowsProps<T>) {
  const { error, items, total, stale } = list;
  return (
    <>
      {error ? <ProblemNotice error={error} onRetry={list.retry} /> : null}
      {total === undefined && !error ? <Skeleton count={4} /> : null}
      {total === 0 && empty ? <p className="muted">{empty}</p> : null}
      {items.length > 0 ? (
        <DataTable caption={caption} columns={columns} rows={items} rowKey={rowKey} stale={stale} />
      ) : null}
      {total !== undefined && total > items.length ? (
        <LoadMore shown={items.length} total={total} loading={list.loadingMore} onMore={list.more} />
      ) : null}
    </>
  );
}

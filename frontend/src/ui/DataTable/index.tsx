import type { ReactNode } from 'react';
import { cx } from '#/ui/cx';
import './style.css';

export interface DataColumn<Row> {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the end of their column. */
  numeric?: boolean;
  /** The header stays for assistive technology only, for a column of buttons. */
  hideHeader?: boolean;
}

export interface DataTableProps<Row> {
  /** Name of the table for assistive technology. */
  caption: string;
  /** The first column names the record. */
  columns: DataColumn<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** The rows are from before the last change of the filters. */
  stale?: boolean;
}

// Cells shown as blocks lose their meaning in some browsers, so it is said explicitly.
const table = { role: 'table' };
const rowGroup = { role: 'rowgroup' };
const row = { role: 'row' };
const columnHeader = { role: 'columnheader' };
const rowHeader = { role: 'rowheader' };
const cell = { role: 'cell' };

/** Records in rows; where there is no room for columns, each record becomes a card. */
export function DataTable<Row>({ caption, columns, rows, rowKey, stale }: DataTableProps<Row>) {
  return (
    <div className="data-table">
      <table {...table} className={cx('data-table__table', stale && 'data-table__table--stale')}>
        <caption className="visually-hidden">{caption}</caption>
        <thead {...rowGroup} className="data-table__head">
          <tr {...row}>
            {columns.map((column) => (
              <th
                key={column.key}
                {...columnHeader}
                scope="col"
                className={cx(column.numeric && 'data-table__number')}
              >
                <span className={cx(column.hideHeader && 'visually-hidden')}>{column.header}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...rowGroup}>
          {rows.map((record) => (
            <tr key={rowKey(record)} {...row} className="data-table__row">
              {columns.map((column, index) => {
                const content = (
                  <>
                    {index > 0 && !column.hideHeader ? (
                      <span className="data-table__label" aria-hidden="true">
                        {column.header}
                      </span>
                    ) : null}
                    <div className="data-table__value">{column.cell(record)}</div>
                  </>
                );
                return index === 0 ? (
                  <th key={column.key} {...rowHeader} scope="row" className="data-table__name">
                    {content}
                  </th>
                ) : (
                  <td key={column.key} {...cell} className={cx(column.numeric && 'data-table__number')}>
                    {content}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

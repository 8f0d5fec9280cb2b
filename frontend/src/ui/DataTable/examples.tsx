import type { ExampleSet } from '#/ui/examples';
import { type DataColumn, DataTable } from '.';

interface Line {
  name: string;
  state: string;
  records: number;
}

const rows: Line[] = [
  { name: 'Kreisvolkshochschule', state: 'angewendet', records: 412 },
  { name: 'Kreismusikschule', state: 'abgelehnt', records: 0 },
];

const columns: DataColumn<Line>[] = [
  { key: 'name', header: 'Quelle', cell: ({ name }) => <bdi>{name}</bdi> },
  { key: 'state', header: 'Stand', cell: ({ state }) => state },
  { key: 'records', header: 'Datensätze', numeric: true, cell: ({ records }) => records },
];

const example = (stale: boolean) => (
  <DataTable caption="Quellen" columns={columns} rows={rows} rowKey={({ name }) => name} stale={stale} />
);

export default {
  title: 'DataTable',
  examples: [
    { name: 'rows', render: () => example(false) },
    { name: 'narrow: cards', render: () => <div style={{ maxInlineSize: '20rem' }}>{example(false)}</div> },
    { name: 'stale', render: () => example(true) },
  ],
} satisfies ExampleSet;

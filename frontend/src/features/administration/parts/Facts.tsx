import type { ReactNode } from 'react';

/** Labelled values side by side; what is unknown is left out. */
export function Facts({ facts }: { facts: [label: string, value: ReactNode][] }) {
  return (
    <dl className="admin__facts">
      {facts.map(([label, value]) =>
        value === undefined || value === null ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

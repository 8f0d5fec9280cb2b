import type { ReactNode } from 'react';
import { cx } from '#/ui/cx';
import { Icon, type IconName } from '#/ui/Icon';
import './style.css';

export interface Fact {
  key: string;
  icon?: IconName;
  label: ReactNode;
  value: ReactNode;
}

export interface FactListProps {
  facts: Fact[];
  columns?: 1 | 2;
  className?: string;
}

/** Facts before prose: a description list with icons. */
export function FactList({ facts, columns = 1, className }: FactListProps) {
  return (
    <dl className={cx('fact-list', columns === 2 && 'fact-list--two', className)}>
      {facts.map((fact) => (
        <div key={fact.key} className="fact-list__row">
          <dt className="fact-list__label">
            {fact.icon ? <Icon name={fact.icon} className="fact-list__icon" /> : null}
            {fact.label}
          </dt>
          <dd className="fact-list__value">{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}

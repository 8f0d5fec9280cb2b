import type { ReactNode } from 'react';
import { cx } from '#/ui/cx';
import { Icon } from '#/ui/Icon';
import './style.css';

export interface DisclosureProps {
  summary: ReactNode;
  /** Shown at the end of the summary line, for example how many filters are set inside. */
  badge?: ReactNode;
  defaultOpen?: boolean;
  className?: string;
  children: ReactNode;
}

/** Native details/summary: opens without script and is found by the browser's page search. */
export function Disclosure({ summary, badge, defaultOpen = false, className, children }: DisclosureProps) {
  return (
    <details className={cx('disclosure', className)} open={defaultOpen}>
      <summary className="disclosure__summary">
        <span className="disclosure__title">{summary}</span>
        {badge}
        <Icon name="down" className="disclosure__icon" />
      </summary>
      <div className="disclosure__body">{children}</div>
    </details>
  );
}

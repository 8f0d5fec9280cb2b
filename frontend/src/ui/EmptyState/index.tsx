import type { ReactNode } from 'react';
import { Icon, type IconName } from '#/ui/Icon';
import './style.css';

export interface EmptyStateProps {
  icon?: IconName;
  title: ReactNode;
  /** Level of the heading in the page's outline. */
  level?: 2 | 3;
  children?: ReactNode;
}

/** Nothing to show: says so plainly and offers a next step. */
export function EmptyState({ icon = 'search', title, level = 2, children }: EmptyStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div className="empty-state">
      <span className="empty-state__icon">
        <Icon name={icon} size="lg" />
      </span>
      <Heading className="empty-state__title">{title}</Heading>
      <div className="empty-state__body">{children}</div>
    </div>
  );
}

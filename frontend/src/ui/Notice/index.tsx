import type { ReactNode } from 'react';
import { cx } from '#/ui/cx';
import { Icon, type IconName } from '#/ui/Icon';
import './style.css';

export type NoticeTone = 'info' | 'success' | 'warning' | 'danger';

const icons: Record<NoticeTone, IconName> = {
  info: 'info',
  success: 'check',
  warning: 'warning',
  danger: 'warning',
};

export interface NoticeProps {
  tone?: NoticeTone;
  title?: ReactNode;
  /** Set where the notice appears after an action and has to be read out. */
  role?: 'alert' | 'status';
  className?: string;
  children?: ReactNode;
}

/** Something the reader should know here. */
export function Notice({ tone = 'info', title, role, className, children }: NoticeProps) {
  return (
    <div className={cx('notice', `notice--${tone}`, className)} role={role}>
      <Icon name={icons[tone]} className="notice__icon" />
      <div className="notice__body">
        {title ? <p className="notice__title">{title}</p> : null}
        {children}
      </div>
    </div>
  );
}

import type { ReactNode } from 'react';
import { cx } from '#/ui/cx';
import { Icon } from '#/ui/Icon';
import './style.css';

export interface TagProps {
  children: ReactNode;
  className?: string;
}

/** A short classification, such as a topic. */
export function Tag({ children, className }: TagProps) {
  return <span className={cx('tag', className)}>{children}</span>;
}

export interface RemovableTagProps {
  children: ReactNode;
  /** The full sentence for assistive technology, for example “Filter Thema: Sprachen entfernen”. */
  removeLabel: string;
  onRemove: () => void;
}

/** An active filter; the whole tag is the button that removes it. */
export function RemovableTag({ children, removeLabel, onRemove }: RemovableTagProps) {
  return (
    <button type="button" className="tag tag--removable" aria-label={removeLabel} onClick={onRemove}>
      <span>{children}</span>
      <Icon name="close" size="sm" />
    </button>
  );
}

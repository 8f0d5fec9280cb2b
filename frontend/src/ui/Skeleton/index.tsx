import { cx } from '#/ui/cx';
import './style.css';

export interface SkeletonProps {
  shape?: 'line' | 'title' | 'block';
  count?: number;
  className?: string;
}

/** Holds the room of content that is on its way. Silent for assistive technology; the page's live region speaks. */
export function Skeleton({ shape = 'line', count = 1, className }: SkeletonProps) {
  return (
    <div className={cx('skeleton', className)} aria-hidden="true">
      {Array.from({ length: count }, (_, index) => `bar-${index}`).map((key) => (
        <span key={key} className={cx('skeleton__bar', `skeleton__bar--${shape}`)} />
      ))}
    </div>
  );
}

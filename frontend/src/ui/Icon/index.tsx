import { cx } from '#/ui/cx';
import { type IconName, iconPaths } from './paths';
import './style.css';

export type { IconName };

export interface IconProps {
  name: IconName;
  size?: 'sm' | 'md' | 'lg' | 'xl';
  /** Only arrows and chevrons: they point the other way in right-to-left scripts. */
  directional?: boolean;
  className?: string;
}

/** A decorative drawing. The text beside it carries the meaning, so assistive technology skips the icon. */
export function Icon({ name, size = 'md', directional = false, className }: IconProps) {
  return (
    <svg
      className={cx('icon', `icon--${size}`, directional && 'icon--directional', className)}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      <path d={iconPaths[name]} />
    </svg>
  );
}

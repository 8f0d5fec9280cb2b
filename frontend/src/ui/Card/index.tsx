import type { ComponentProps, ReactNode } from 'react';
import { cx } from '#/ui/cx';
import './style.css';

export interface CardProps extends ComponentProps<'div'> {
  as?: 'div' | 'article' | 'section' | 'li';
  tone?: 'raised' | 'sunken' | 'tint' | 'accent';
  /** The first link inside (marked with `card__link`) is stretched over the whole card. */
  interactive?: boolean;
  children: ReactNode;
}

/** A quiet surface for one record. */
export function Card({
  as: Element = 'div',
  tone = 'raised',
  interactive,
  className,
  children,
  ...rest
}: CardProps) {
  const props = rest as ComponentProps<'div'>;
  return (
    <Element
      {...(props as object)}
      className={cx('card', `card--${tone}`, interactive && 'card--interactive', className)}
    >
      {children}
    </Element>
  );
}

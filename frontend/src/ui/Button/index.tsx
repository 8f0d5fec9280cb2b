import { createLink } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from '#/ui/cx';
import { Icon, type IconName } from '#/ui/Icon';
import './style.css';

interface Looks {
  variant?: 'primary' | 'accent' | 'secondary' | 'quiet' | 'inverse';
  size?: 'md' | 'lg' | 'sm';
  icon?: IconName;
  iconEnd?: IconName;
  /** Shows the icon alone; the children stay as the accessible name. */
  iconOnly?: boolean;
  block?: boolean;
  children: ReactNode;
}

function looks({ variant = 'primary', size = 'md', iconOnly, block }: Looks, className?: string): string {
  return cx(
    'button',
    `button--${variant}`,
    `button--${size}`,
    iconOnly && 'button--icon-only',
    block && 'button--block',
    className,
  );
}

function Content({ icon, iconEnd, iconOnly, children }: Looks) {
  return (
    <>
      {icon ? <Icon name={icon} /> : null}
      <span className={iconOnly ? 'visually-hidden' : 'button__label'}>{children}</span>
      {iconEnd ? <Icon name={iconEnd} directional /> : null}
    </>
  );
}

export type ButtonProps = Looks & Omit<ComponentProps<'button'>, 'children'>;

/** A native button. `type` is `button` unless told otherwise. */
export function Button(props: ButtonProps) {
  const {
    variant,
    size,
    icon,
    iconEnd,
    iconOnly,
    block,
    children,
    className,
    type = 'button',
    ...rest
  } = props;
  return (
    <button {...rest} type={type} className={looks(props, className)}>
      <Content icon={icon} iconEnd={iconEnd} iconOnly={iconOnly}>
        {children}
      </Content>
    </button>
  );
}

export type ButtonAnchorProps = Looks & Omit<ComponentProps<'a'>, 'children'>;

/** A link that looks like a button, for addresses outside of the application. */
export function ButtonAnchor(props: ButtonAnchorProps) {
  const { variant, size, icon, iconEnd, iconOnly, block, children, className, ...rest } = props;
  return (
    <a {...rest} className={looks(props, className)}>
      <Content icon={icon} iconEnd={iconEnd} iconOnly={iconOnly}>
        {children}
      </Content>
    </a>
  );
}

/** A link that looks like a button, for pages of the application. */
export const ButtonLink = createLink(ButtonAnchor);

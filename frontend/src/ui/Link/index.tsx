import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import { useTranslations } from 'use-intl';
import { cx } from '#/ui/cx';
import { Icon } from '#/ui/Icon';
import './style.css';

interface Looks {
  /** `standalone` drops the underline until it is hovered; only where position or an icon shows that it is a link. */
  variant?: 'inline' | 'standalone';
}

function Anchor({ variant = 'inline', className, ...rest }: Looks & ComponentProps<'a'>) {
  return <a {...rest} className={cx('link', `link--${variant}`, className)} />;
}

/** A link to a page of the application. */
export const Link = createLink(Anchor);

/** A link that leaves the portal: marked with an icon and with hidden text. */
export function ExternalLink({ children, className, ...rest }: ComponentProps<'a'>) {
  const t = useTranslations('ui');
  return (
    <a rel="external noopener" {...rest} className={cx('link', 'link--external', className)}>
      {children}
      <Icon name="external" size="sm" />
      <span className="visually-hidden"> ({t('external')})</span>
    </a>
  );
}

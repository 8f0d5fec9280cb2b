import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Notice } from '#/ui/Notice';

/** A one-time link that cannot be used: incomplete, used already, or too old. */
export function LinkOver({ reason, children }: { reason: 'missing' | 'over'; children: ReactNode }) {
  const t = useTranslations('session');
  return (
    <Notice tone="warning" role="alert" title={t(`link.${reason}Title`)}>
      <p>{t(`link.${reason}Text`)}</p>
      {children}
    </Notice>
  );
}

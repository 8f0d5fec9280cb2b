import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { PageHead } from './PageHead';

/** The record does not exist, or not for this account: both are answered alike. */
export function Missing({ back }: { back: ReactNode }) {
  const t = useTranslations('admin');
  return <PageHead title={t('missing')} lead={t('missingText')} back={back} />;
}

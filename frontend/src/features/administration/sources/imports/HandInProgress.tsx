import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { announce } from '#/ui/LiveRegion';
import { Progress } from '#/ui/Progress';
import type { Stage } from './use-hand-in';

/** How far a file is. Its quarters are read out, not every step. */
export function HandInProgress({ stage }: { stage: Stage | undefined }) {
  const t = useTranslations('adminImports');
  const lang = useLanguage();
  const percent = (share: number) => new Intl.NumberFormat(lang, { style: 'percent' }).format(share);
  const quarter = stage?.kind === 'sending' ? Math.floor(stage.share * 4) / 4 : undefined;
  const reading = stage?.kind === 'reading';
  const sending = t('sending');
  const readingText = t('reading');
  const quarterText = quarter === undefined ? undefined : `${sending} ${percent(quarter)}`;
  useEffect(() => {
    if (quarterText) announce(quarterText);
  }, [quarterText]);
  useEffect(() => {
    if (reading) announce(readingText);
  }, [reading, readingText]);
  if (!stage) return null;
  if (stage.kind === 'sending') {
    return <Progress label={sending} value={stage.share} text={percent(stage.share)} />;
  }
  return (
    <Progress
      label={readingText}
      text={stage.records === undefined ? undefined : t('read', { count: stage.records })}
    />
  );
}

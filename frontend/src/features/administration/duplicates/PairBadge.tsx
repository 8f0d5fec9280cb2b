import { useTranslations } from 'use-intl';
import { Badge, type BadgeTone } from '#/ui/Badge';
import type { PairState } from '../exchange';

const tones: Record<PairState, BadgeTone> = {
  open: 'warning',
  merged: 'success',
  linked: 'info',
  apart: 'neutral',
};

export function PairBadge({ state }: { state: PairState }) {
  const t = useTranslations('adminDuplicates');
  return <Badge tone={tones[state]}>{t(`stateName.${state}`)}</Badge>;
}

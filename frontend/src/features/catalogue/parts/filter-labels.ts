import { useTranslations } from 'use-intl';
import { useAreas, useVocabularies } from '#/api/hooks';
import { useFormat } from '#/app/format';
import type { ActiveFilter } from '#/features/catalogue/offer-filters';
import type { MultiFilter } from '#/features/catalogue/offer-search';
import { defaultRadius } from '#/features/catalogue/offer-search';
import { useNearLabel } from './WhereField';

/** The vocabulary whose codes a filter takes. Areas and languages have sources of their own. */
export const vocabularyOf: Record<Exclude<MultiFilter, 'area'>, string> = {
  topic: 'topics',
  lifePhase: 'life-phases',
  targetGroup: 'target-groups',
  kind: 'offer-kinds',
  deliveryMode: 'delivery-modes',
  language: 'languages',
  level: 'language-levels',
  bamfCourseType: 'bamf-course-types',
  funding: 'funding-types',
  entryRequirement: 'entry-requirements',
  price: 'price-types',
  organizationKind: 'organization-kinds',
  weekday: 'weekdays',
  dayTime: 'day-times',
  accessibility: 'accessibility-criteria',
};

/** Words for one value of a filter. */
export function useValueLabel(): (filter: MultiFilter, value: string) => string {
  const { label } = useVocabularies();
  const { byKey } = useAreas();
  return (filter, value) =>
    filter === 'area' ? (byKey.get(value)?.name ?? value) : label(vocabularyOf[filter], value);
}

/** Words for an active filter: what it is about and what it says. */
export function useFilterLabel(): (filter: ActiveFilter, radius?: number) => { name: string; value: string } {
  const t = useTranslations('filter');
  const format = useFormat();
  const valueLabel = useValueLabel();
  const nearLabel = useNearLabel();
  return ({ parameter, value }, radius) => {
    const name = t(`name.${parameter}`);
    switch (parameter) {
      case 'q':
        return { name, value: t('quoted', { words: value }) };
      case 'near':
        return { name, value: t('near', { place: nearLabel(value), km: radius ?? defaultRadius }) };
      case 'from':
      case 'to':
        return { name, value: format.shortDate(value) };
      case 'age':
        return { name, value: t('years', { age: value }) };
      case 'bookable':
      case 'childcare':
        return { name, value: '' };
      case 'organization':
        return { name, value: '' };
      default:
        return { name, value: valueLabel(parameter, value) };
    }
  };
}

import { useTranslations } from 'use-intl';
import { useVocabularies } from '#/api/hooks';
import type { AccessibilityStatement, Price } from '#/api/types';
import { usePriceText } from '#/features/catalogue/parts/price';
import type { EditField } from './kinds';

/** A value of a field in words, for comparing. */
export function useFieldText(): (field: EditField, value: unknown) => string {
  const t = useTranslations('adminRecords');
  const values = useTranslations('accessible.value');
  const price = usePriceText();
  const { label } = useVocabularies();

  const texts = (value: object) =>
    Object.values(value)
      .flat()
      .filter((part) => typeof part === 'string')
      .join(', ');

  return (field, value) => {
    if (value === null || value === undefined || value === '') return t('nothing');
    switch (field) {
      case 'price':
        return price(value as Price);
      case 'childcare':
        return t(`childcare.${value ? 'yes' : 'no'}`);
      case 'accessibility':
        return (
          (value as AccessibilityStatement[])
            .map(
              (statement) =>
                `${label('accessibility-criteria', statement.criterion)}: ${values(statement.value)}`,
            )
            .join(', ') || t('nothing')
        );
      case 'contacts':
        return (value as object[]).map(texts).join('; ') || t('nothing');
      default:
        return typeof value === 'object' ? texts(value) || t('nothing') : String(value);
    }
  };
}

import { useTranslations } from 'use-intl';
import { defaultRadius, type OfferSearch, radii } from '#/features/catalogue/offer-search';
import { useNearLabel } from '#/features/catalogue/parts/WhereField';
import { Select } from '#/ui/Select';

export interface RadiusFilterProps {
  search: OfferSearch;
  onChange: (search: OfferSearch) => void;
}

export function RadiusFilter({ search, onChange }: RadiusFilterProps) {
  const t = useTranslations('filter');
  const nearLabel = useNearLabel();
  const current = search.radius ?? defaultRadius;
  const choices = [...new Set([...radii, current])].sort((a, b) => a - b);
  return (
    <Select
      className="filters__radius"
      label={t('radius', { place: nearLabel(search.near ?? '') })}
      value={String(current)}
      options={choices.map((km) => ({ value: String(km), label: t('km', { km }) }))}
      onChange={(km) => onChange({ ...search, radius: Number(km) })}
    />
  );
}

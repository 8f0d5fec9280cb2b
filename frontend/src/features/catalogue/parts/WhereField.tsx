import { useTranslations } from 'use-intl';
import { type RegionArea, useAreas } from '#/api/hooks';
import { Combobox, type ComboboxOption } from '#/ui/Combobox';
import { areaOfNear, matchingAreas, nearOfArea } from './where';

interface AreaOption extends ComboboxOption {
  near: string;
}

function optionsFor(areas: RegionArea[], byKey: Map<string, RegionArea>, text: string): AreaOption[] {
  return matchingAreas(areas, text).map((area) => ({
    id: area.key,
    label: area.name,
    detail: area.postcodes.length === 1 ? area.postcodes[0] : byKey.get(area.parent ?? '')?.name,
    icon: 'pin',
    near: nearOfArea(area),
  }));
}

/** Words for a `near` parameter: the municipality it is the centre of, the postcode, or “your position”. */
export function useNearLabel(): (near: string) => string {
  const t = useTranslations('search');
  const { areas } = useAreas();
  return (near) => (/^\d{5}$/.test(near) ? near : (areaOfNear(areas, near)?.name ?? t('myPosition')));
}

export interface WhereFieldProps {
  value: string;
  onChange: (text: string) => void;
  /** A municipality was chosen from the list. */
  onChoose: (near: string, name: string) => void;
  hideLabel?: boolean;
}

/** Town, village or postcode. Suggests municipalities; those with the same name are told apart by their Amt. */
export function WhereField({ value, onChange, onChoose, hideLabel }: WhereFieldProps) {
  const t = useTranslations('search');
  const { areas, byKey } = useAreas();
  return (
    <Combobox
      label={t('where')}
      hideLabel={hideLabel}
      icon="pin"
      placeholder={t('wherePlaceholder')}
      value={value}
      onChange={onChange}
      options={optionsFor(areas, byKey, value)}
      onSelect={(option) => onChoose(option.near, option.label)}
    />
  );
}

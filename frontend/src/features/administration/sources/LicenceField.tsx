import { useTranslations } from 'use-intl';
import { Select } from '#/ui/Select';
import type { Licence } from '../types';
import { licences } from './licences';

export interface LicenceFieldProps {
  field: { id: string; name: string; error: string | undefined };
  value: Licence;
  onChange: (licence: Licence) => void;
}

/** What a licence is called. */
export function useLicenceName(): (licence: Licence) => string {
  const t = useTranslations('adminSources');
  return (licence) => (licence === 'all-rights-reserved' ? t('allRightsReserved') : licences[licence]);
}

/** On which terms others may use the records of a source. */
export function LicenceField({ field, value, onChange }: LicenceFieldProps) {
  const t = useTranslations('adminSources');
  const name = useLicenceName();
  const codes = [...Object.keys(licences), 'all-rights-reserved'] as Licence[];
  return (
    <Select
      {...field}
      label={t('licence')}
      hint={t('licenceHint')}
      value={value}
      options={codes.map((code) => ({ value: code, label: name(code) }))}
      onChange={(code) => onChange(code as Licence)}
    />
  );
}

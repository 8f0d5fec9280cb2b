import { useMessages, useTranslations } from 'use-intl';
import { Select } from '#/ui/Select';

export interface ActionSelectProps {
  value: string | undefined;
  onChange: (action: string | undefined) => void;
}

/** All actions that have words, by what they are about. */
export function ActionSelect({ value, onChange }: ActionSelectProps) {
  const t = useTranslations('adminAudit');
  const a = useTranslations('admin');
  const { action } = useMessages().adminAudit;
  const groups = Object.keys(action) as (keyof typeof action)[];
  return (
    <Select
      label={t('actionLabel')}
      value={value ?? ''}
      options={[
        { value: '', label: a('all') },
        ...groups.map((about) => ({
          label: t(`group.${about}`),
          options: [
            // An action that ends with a dot means all that begin like this.
            { value: `${about}.`, label: t('allOf', { group: t(`group.${about}`) }) },
            ...Object.entries(action[about]).map(([deed, words]) => ({
              value: `${about}.${deed}`,
              label: String(words),
            })),
          ],
        })),
      ]}
      onChange={(next) => onChange(next || undefined)}
    />
  );
}

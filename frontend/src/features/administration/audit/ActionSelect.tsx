import { useMessages, useTranslations } from 'use-intl';
import { Icon } from '#/ui/Icon';
import { FieldFrame } from '#/ui/TextField';

export interface ActionSelectProps {
  value: string | undefined;
  onChange: (action: string | undefined) => void;
}

/** All actions that have words, by what they are about. */
export function ActionSelect({ value, onChange }: ActionSelectProps) {
  const t = useTranslations('adminAudit');
  const a = useTranslations('admin');
  const { group, action } = useMessages().adminAudit;
  const groups = Object.keys(action) as (keyof typeof action)[];
  return (
    <FieldFrame label={t('actionLabel')}>
      {({ id }) => (
        <div className="select">
          <select
            id={id}
            className="field__control select__control"
            value={value ?? ''}
            onChange={(event) => onChange(event.currentTarget.value || undefined)}
          >
            <option value="">{a('all')}</option>
            {groups.map((about) => (
              <optgroup key={about} label={String(group[about])}>
                {Object.entries(action[about]).map(([deed, words]) => (
                  <option key={deed} value={`${about}.${deed}`}>
                    {String(words)}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
          <Icon name="down" className="select__icon" />
        </div>
      )}
    </FieldFrame>
  );
}

import { useTranslations } from 'use-intl';
import { Checkbox } from '#/ui/Checkbox';
import type { WebhookFilter } from '../../exchange';

export const changeKinds = ['offer', 'organization', 'place'] as const;
export const changeActions = ['created', 'changed', 'withdrawn'] as const;

/** Hears of everything. */
export const everything: WebhookFilter = { kinds: [], actions: [], organizations: [], own: false };

/** Adds or removes a value; the order of the choice is kept. */
export function toggled<Value extends string>(
  all: readonly Value[],
  chosen: readonly Value[],
  value: Value,
  on: boolean,
): Value[] {
  return all.filter((known) => (known === value ? on : chosen.includes(known)));
}

export interface FilterFieldsProps {
  filter: WebhookFilter;
  onChange: (filter: WebhookFilter) => void;
}

/** What a webhook wants to hear about. Nothing chosen means everything, as the API has it. */
export function FilterFields({ filter, onChange }: FilterFieldsProps) {
  const t = useTranslations('adminWebhooks');
  const i = useTranslations('adminImports');
  const { kinds = [], actions = [] } = filter;
  return (
    <>
      <fieldset className="admin-choice">
        <legend className="field__label">{t('kinds')}</legend>
        <p className="field__hint">{t('allIfNone')}</p>
        {changeKinds.map((kind) => (
          <Checkbox
            key={kind}
            label={i(`kindName.${kind}`)}
            checked={kinds.includes(kind)}
            onChange={(on) => onChange({ ...filter, kinds: toggled(changeKinds, kinds, kind, on) })}
          />
        ))}
      </fieldset>
      <fieldset className="admin-choice">
        <legend className="field__label">{t('actions')}</legend>
        <p className="field__hint">{t('allIfNone')}</p>
        {changeActions.map((action) => (
          <Checkbox
            key={action}
            label={t(`action.${action}`)}
            checked={actions.includes(action)}
            onChange={(on) => onChange({ ...filter, actions: toggled(changeActions, actions, action, on) })}
          />
        ))}
      </fieldset>
      <Checkbox label={t('own')} checked={filter.own} onChange={(own) => onChange({ ...filter, own })} />
    </>
  );
}

import { useTranslations } from 'use-intl';
import { Select } from '#/ui/Select';
import { TextField } from '#/ui/TextField';
import type { PriceInput } from './values';

const types = ['free', 'paid', 'range', 'on-request', 'unknown'] as const;

export interface PriceFieldsProps {
  control: { id: string; error: string | undefined };
  value: PriceInput;
  onChange: (value: PriceInput) => void;
}

/** How the price is stated, the amounts that go with it, and a remark. */
export function PriceFields({ control, value, onChange }: PriceFieldsProps) {
  const t = useTranslations('adminRecords');
  const range = value.type === 'range';
  return (
    <fieldset className="record-group">
      <legend className="field__label">{t('field.price')}</legend>
      {control.error ? (
        <p className="field__error" id={`${control.id}-error`}>
          {control.error}
        </p>
      ) : null}
      <div className="admin__pair">
        <Select
          id={control.id}
          label={t('priceType')}
          value={value.type}
          options={types.map((code) => ({ value: code, label: t(`priceTypeName.${code}`) }))}
          onChange={(type) => onChange({ ...value, type: type as PriceInput['type'] })}
        />
        {value.type === 'paid' || range ? (
          <TextField
            label={range ? t('priceFrom') : t('priceAmount')}
            inputMode="decimal"
            aria-invalid={control.error ? true : undefined}
            value={value.amount}
            onChange={(event) => onChange({ ...value, amount: event.currentTarget.value })}
          />
        ) : null}
        {range ? (
          <TextField
            label={t('priceTo')}
            inputMode="decimal"
            aria-invalid={control.error ? true : undefined}
            value={value.maxAmount}
            onChange={(event) => onChange({ ...value, maxAmount: event.currentTarget.value })}
          />
        ) : null}
        <TextField
          label={t('priceNote')}
          value={value.note}
          onChange={(event) => onChange({ ...value, note: event.currentTarget.value })}
        />
      </div>
    </fieldset>
  );
}

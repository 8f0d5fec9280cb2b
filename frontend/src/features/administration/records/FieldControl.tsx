import { useTranslations } from 'use-intl';
import type { AccessibilityStatement, Price } from '#/api/types';
import { Select } from '#/ui/Select';
import { TextArea } from '#/ui/TextArea';
import { TextField } from '#/ui/TextField';
import { AccessibilityFields } from './AccessibilityFields';
import type { EditField } from './kinds';
import { PriceFields } from './PriceFields';
import { compact, type PriceInput, priceFault, priceOf, type Texts, withText } from './values';

export interface FieldControlProps {
  kind: 'offer' | 'organization' | 'place';
  field: EditField;
  control: { id: string; name: EditField; error: string | undefined };
  value: unknown;
  /** What was typed about the price, which may not be a price yet. */
  price: PriceInput | undefined;
  onChange: (value: unknown) => void;
  onPrice: (price: PriceInput) => void;
}

/** The control that suits a field. */
export function FieldControl(props: FieldControlProps) {
  const { kind, field, control, value, price, onChange, onPrice } = props;
  const t = useTranslations('adminRecords');
  const label = t(`field.${field}`);
  const text = typeof value === 'string' ? value : '';
  switch (field) {
    case 'title':
    case 'name':
      return (
        <TextField
          {...control}
          label={label}
          maxLength={300}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'summary':
    case 'description':
    case 'publicTransport':
      return (
        <TextArea
          {...control}
          label={label}
          hint={t(`hint.${field}`)}
          rows={field === 'description' ? 10 : 3}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
    case 'openingHours':
    case 'url':
      return (
        <TextField
          {...control}
          label={label}
          hint={t(`hint.${field}`)}
          dir={field === 'url' ? 'ltr' : undefined}
          inputMode={field === 'url' ? 'url' : undefined}
          spellCheck={false}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
    case 'childcare':
      return (
        <Select
          {...control}
          label={label}
          value={value === true ? 'yes' : value === false ? 'no' : 'unknown'}
          options={(['yes', 'no', 'unknown'] as const).map((code) => ({
            value: code,
            label: t(`childcare.${code}`),
          }))}
          onChange={(code) => onChange(code === 'unknown' ? null : code === 'yes')}
        />
      );
    case 'price':
      return price ? (
        <PriceFields
          control={control}
          value={price}
          onChange={(next) => {
            onPrice(next);
            if (!priceFault(next)) onChange(priceOf(next, value as Price));
          }}
        />
      ) : null;
    case 'registration':
      return (
        <TextsFields
          control={control}
          legend={label}
          value={value as Texts | null}
          parts={['url', 'phone', 'email', 'note']}
          onChange={onChange}
        />
      );
    case 'contact':
      return (
        <TextsFields
          control={control}
          legend={label}
          value={value as Texts | null}
          parts={['name', 'phone', 'email', 'url']}
          onChange={onChange}
        />
      );
    case 'contacts': {
      const [first = null, ...others] = (value as Texts[] | null) ?? [];
      return (
        <TextsFields
          control={control}
          legend={label}
          hint={others.length > 0 ? t('otherContacts', { count: others.length }) : undefined}
          value={first}
          parts={['name', 'phone', 'email', 'url', 'hours']}
          onChange={(next) => onChange(next ? [next, ...others] : others)}
        />
      );
    }
    case 'address':
      return (
        <TextsFields
          control={control}
          legend={label}
          value={value as Texts | null}
          parts={['street', 'postalCode', 'locality', 'district']}
          onChange={onChange}
        />
      );
    case 'accessibility':
      return (
        <AccessibilityFields
          control={control}
          scope={kind === 'offer' ? 'offer' : 'place'}
          value={(value as AccessibilityStatement[] | null) ?? []}
          onChange={onChange}
        />
      );
  }
}

type Part =
  | 'name'
  | 'phone'
  | 'email'
  | 'url'
  | 'note'
  | 'hours'
  | 'street'
  | 'postalCode'
  | 'locality'
  | 'district';

interface TextsFieldsProps {
  control: FieldControlProps['control'];
  legend: string;
  hint?: string;
  value: Texts | null;
  parts: readonly Part[];
  onChange: (value: Texts | null) => void;
}

/** An object of short texts. */
function TextsFields({ control, legend, hint, value, parts, onChange }: TextsFieldsProps) {
  const t = useTranslations('adminRecords');
  return (
    <fieldset className="record-group">
      <legend className="field__label">{legend}</legend>
      {hint ? <p className="field__hint">{hint}</p> : null}
      {control.error ? <p className="field__error">{control.error}</p> : null}
      <div className="admin__pair">
        {parts.map((part, index) => (
          <TextField
            key={part}
            id={index === 0 ? control.id : `${control.id}-${part}`}
            label={t(`part.${part}`)}
            value={typeof value?.[part] === 'string' ? value[part] : ''}
            inputMode={
              part === 'url' ? 'url' : part === 'email' ? 'email' : part === 'phone' ? 'tel' : undefined
            }
            onChange={(event) => onChange(withText(value, part, event.currentTarget.value))}
            onBlur={() => onChange(value ? trimmed(value) : null)}
          />
        ))}
      </div>
    </fieldset>
  );
}

function trimmed(texts: Texts): Texts | null {
  return compact(
    Object.fromEntries(
      Object.entries(texts).map(([key, value]) => [key, typeof value === 'string' ? value.trim() : value]),
    ),
  );
}

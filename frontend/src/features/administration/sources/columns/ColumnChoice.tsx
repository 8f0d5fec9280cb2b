import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { ErrorNotice } from '#/features/session/form';
import { Button } from '#/ui/Button';
import { type DataColumn, DataTable } from '#/ui/DataTable';
import { Disclosure } from '#/ui/Disclosure';
import { Notice } from '#/ui/Notice';
import { Select } from '#/ui/Select';
import { TextField } from '#/ui/TextField';
import type { TableColumn } from '../../exchange';
import { type Choice, doubledFields, fixedFields, missingFields, type Preview, type Wish } from './mapping';

export interface ColumnChoiceProps {
  preview: Preview;
  wish: Wish;
  pending: boolean;
  error: unknown;
  onChange: (wish: Wish) => void;
  onCheck: () => void;
}

/** Which field each column is. */
export function ColumnChoice({ preview, wish, pending, error, onChange, onCheck }: ColumnChoiceProps) {
  const t = useTranslations('adminColumns');
  const lang = useLanguage();
  const { choice, fixed } = wish;
  const missing = missingFields(preview, wish);
  const doubled = doubledFields(choice);
  const given = new Set(Object.values(choice));
  const label = (field: string) =>
    preview.fields.find((known) => known.field === field)?.label[lang] ?? field;
  const options = (required: boolean) =>
    preview.fields
      .filter((field) => field.required === required)
      .map((field) => ({ value: field.field, label: field.label[lang] }));
  const columns: DataColumn<TableColumn>[] = [
    { key: 'column', header: t('column'), cell: ({ name }) => <bdi>{name}</bdi> },
    {
      key: 'samples',
      header: t('samples'),
      cell: ({ samples }) => (
        <ul className="admin__plain steps__samples">
          {samples.slice(0, 3).map((sample, index) => (
            // Values of a table may be equal.
            // biome-ignore lint/suspicious/noArrayIndexKey: the order of the samples never changes.
            <li key={index}>
              <bdi>{sample || '–'}</bdi>
            </li>
          ))}
        </ul>
      ),
    },
    {
      key: 'field',
      header: t('field'),
      cell: ({ name, index }) => (
        <Select
          id={`column-${index}`}
          hideLabel
          label={t('fieldOf', { column: name })}
          value={choice[name] ?? ''}
          options={[
            { value: '', label: t('unused') },
            { label: t('required'), options: options(true) },
            { label: t('optional'), options: options(false) },
          ]}
          onChange={(field) =>
            onChange({ ...wish, choice: { ...choice, [name]: (field || undefined) as Choice[string] } })
          }
        />
      ),
    },
  ];
  const blocked = missing.length > 0 || doubled.length > 0;
  return (
    <>
      <p>{t('columnsText')}</p>
      <DataTable
        caption={t('step.columns')}
        columns={columns}
        rows={preview.columns}
        rowKey={({ index }) => String(index)}
      />
      <Disclosure summary={t('fixed')} defaultOpen={Object.keys(fixed).length > 0}>
        <p>{t('fixedText')}</p>
        <div className="admin__pair">
          {fixedFields
            .filter((field) => preview.fields.some((known) => known.field === field) && !given.has(field))
            .map((field) => (
              <TextField
                key={field}
                label={label(field)}
                value={fixed[field] ?? ''}
                onChange={(event) =>
                  onChange({ ...wish, fixed: { ...fixed, [field]: event.currentTarget.value } })
                }
              />
            ))}
        </div>
      </Disclosure>
      <div role="status">
        {missing.length > 0 ? (
          <Notice tone="warning">
            <p>{t('missing', { fields: missing.map((field) => field.label[lang]).join(', ') })}</p>
          </Notice>
        ) : null}
        {doubled.length > 0 ? (
          <Notice tone="warning">
            <p>{t('doubled', { fields: doubled.map(label).join(', ') })}</p>
          </Notice>
        ) : null}
      </div>
      <ErrorNotice error={error} />
      <p>
        <Button aria-disabled={pending || blocked || undefined} onClick={blocked ? undefined : onCheck}>
          {pending ? t('checking') : t('check')}
        </Button>
      </p>
    </>
  );
}

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Price } from '#/api/types';
import { useLanguage } from '#/app/i18n';
import { call, useInvalidate } from '#/features/session/api';
import { FormErrors, SubmitButton, useForm } from '#/features/session/form';
import { Notice } from '#/ui/Notice';
import type { RecordEdit } from '../exchange';
import type { Fields } from '../parts/merge';
import { useReport } from '../parts/results';
import { StaleNotice } from '../parts/StaleNotice';
import { useKeptChanges } from '../parts/use-kept-changes';
import { useMergedForm } from '../parts/use-merged-form';
import { FieldControl } from './FieldControl';
import { type EditField, type RecordRoom, recordKinds } from './kinds';
import { ProtectedField } from './ProtectedField';
import type { AnyRecord } from './RecordPage';
import { useFieldText } from './use-field-text';
import { patchOf, priceFault, priceInput } from './values';

export interface RecordFormProps {
  room: RecordRoom;
  /** Address of the record in the API. */
  path: string;
  record: AnyRecord;
  edits: RecordEdit[];
  reload: () => Promise<unknown>;
}

/** The important fields of a record. What is changed here is kept from the feed, field by field. */
export function RecordForm({ room, path, record, edits, reload }: RecordFormProps) {
  const t = useTranslations('adminRecords');
  const lang = useLanguage();
  const report = useReport();
  const invalidate = useInvalidate();
  const fieldText = useFieldText();
  const { fields, kind } = recordKinds[room];
  const saved: Fields = Object.fromEntries(fields.map((field) => [field, record[field] ?? null]));
  const merged = useMergedForm<Fields>(saved, record.version);
  const { values } = merged;
  const { draft, restored } = useKeptChanges(`record:${record.id}`, merged);
  const [price, setPrice] = useState(() =>
    saved.price ? priceInput((draft.values.changes.price ?? saved.price) as Price, lang) : undefined,
  );
  const heading = room === 'angebote' ? 'title' : 'name';
  const fault = price ? priceFault(price) : undefined;

  const rules = Object.fromEntries(
    fields.map((field) => [
      field,
      field === heading
        ? { required: t('nameMissing') }
        : field === 'price'
          ? { check: () => (fault ? t(`priceFault.${fault}`) : undefined) }
          : field === 'url'
            ? { check: (text: string) => (text === '' || URL.canParse(text) ? undefined : t('urlInvalid')) }
            : {},
    ]),
  ) as Record<EditField, { required?: string; check?: (text: string) => string | undefined }>;

  const form = useForm<EditField>({
    fields: rules,
    onSubmit: async () => {
      const changes = Object.fromEntries(
        Object.entries(merged.changes).map(([field, value]) => [field, patchOf(saved[field], value)]),
      );
      const names = Object.keys(changes);
      const done = await merged.save(
        () =>
          call('PATCH', path, {
            body: changes,
            version: merged.version,
            headers: { 'content-type': 'application/merge-patch+json' },
          }),
        reload,
      );
      if (!done) return;
      draft.discard();
      await reload();
      void invalidate('/api/v1/sources');
      report(names.length > 0 ? t('saved', { count: names.length }) : t('unchanged'));
    },
  });

  return (
    <form {...form.props} className="admin__panel record-form">
      <FormErrors form={form} />
      <StaleNotice
        form={merged}
        fields={Object.fromEntries(
          fields.map((field) => [
            field,
            { label: t(`field.${field}`), show: (value: unknown) => fieldText(field, value) },
          ]),
        )}
      />
      {restored ? (
        <Notice>
          <p>{t('restored')}</p>
        </Notice>
      ) : null}
      <Notice>
        <p>{t('protection')}</p>
      </Notice>
      {fields.map((field) => {
        const edit = edits.find((known) => known.field === field);
        return (
          <div key={field} className="record-field">
            <FieldControl
              kind={kind}
              field={field}
              control={form.field(field)}
              value={values[field]}
              price={price}
              onChange={(value) => merged.set({ [field]: value })}
              onPrice={setPrice}
            />
            {edit ? (
              <ProtectedField
                path={path}
                edit={edit}
                field={field}
                controlId={form.field(field).id}
                version={merged.version}
                reload={reload}
              />
            ) : null}
          </div>
        );
      })}
      <div className="record-form__foot">
        <SubmitButton pending={form.pending}>{t('save')}</SubmitButton>
      </div>
    </form>
  );
}

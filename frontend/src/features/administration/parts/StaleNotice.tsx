import { useTranslations } from 'use-intl';
import { Button } from '#/ui/Button';
import { Notice } from '#/ui/Notice';
import type { Fields } from './merge';
import type { MergedForm } from './use-merged-form';

export interface StaleNoticeProps<Values extends Fields> {
  form: MergedForm<Values>;
  /** Name of each field, and its saved value in words. */
  fields: Partial<Record<keyof Values, { label: string; show: (value: unknown) => string }>>;
}

/** Somebody else saved the record meanwhile: shows both versions of each field that both have changed. */
export function StaleNotice<Values extends Fields>({ form, fields }: StaleNoticeProps<Values>) {
  const t = useTranslations('form');
  if (!form.stale) return null;
  const conflicts = (Object.keys(form.conflicts) as (keyof Values & string)[]).filter(
    (field) => fields[field],
  );
  return (
    <Notice tone="warning" role="alert" title={t('staleTitle')}>
      <p>{t('staleText')}</p>
      {conflicts.map((field) => (
        <p key={field} className="admin__conflict">
          <strong>{fields[field]?.label}</strong>
          <span>{t('staleSaved', { value: fields[field]?.show(form.conflicts[field]) ?? '' })}</span>
          <Button variant="secondary" size="sm" onClick={() => form.adopt(field)}>
            {t('staleAdopt')}
            <span className="visually-hidden">: {fields[field]?.label}</span>
          </Button>
        </p>
      ))}
    </Notice>
  );
}

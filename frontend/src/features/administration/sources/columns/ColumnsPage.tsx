import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { statusOf } from '#/api/problem';
import { useLanguage } from '#/app/i18n';
import { call, usePrivateQuery } from '#/features/session/api';
import { ErrorNotice } from '#/features/session/form';
import { useSubmit } from '#/features/session/use-submit';
import { announce } from '#/ui/LiveRegion';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Select } from '#/ui/Select';
import { Skeleton } from '#/ui/Skeleton';
import { FieldFrame } from '#/ui/TextField';
import type { ColumnMapping, ImportFormat } from '../../exchange';
import { contentType } from '../imports/import-format';
import { SourcePart, useSource } from '../SourceFrame';
import { ApplyTable } from './ApplyTable';
import { ColumnChoice } from './ColumnChoice';
import { initialChoice, mappingOf, type Preview, type Wish } from './mapping';
import { PreviewResult } from './PreviewResult';

/** From a table to offers in four steps: file, columns, what comes out, and the import. */
export function ColumnsPage() {
  return (
    <SourcePart needs={['sources.configure']}>
      <ColumnsLoader />
    </SourcePart>
  );
}

function ColumnsLoader() {
  const t = useTranslations('adminColumns');
  const { path } = useSource();
  const { data, error, refetch } = usePrivateQuery<ColumnMapping>(`${path}/mapping`);
  const none = statusOf(error) === 404;
  return (
    <section className="admin__section" aria-labelledby="source-columns">
      <h2 id="source-columns">{t('title')}</h2>
      <p className="admin__lead">{t('lead')}</p>
      {error && !none ? <ProblemNotice error={error} onRetry={() => refetch()} /> : null}
      {!data && !error ? <Skeleton count={4} /> : null}
      {data || none ? (
        <Wizard saved={none ? undefined : data?.data} etag={none ? undefined : data?.etag} reload={refetch} />
      ) : null}
    </section>
  );
}

function formatOf(file: File): ImportFormat {
  return /\.xlsx$/i.test(file.name) ? 'xlsx' : 'csv';
}

interface WizardProps {
  saved: ColumnMapping | undefined;
  etag: string | undefined;
  reload: () => Promise<unknown>;
}

function Wizard({ saved, etag, reload }: WizardProps) {
  const t = useTranslations('adminColumns');
  const lang = useLanguage();
  const navigate = useNavigate();
  const { source, path } = useSource();
  const [file, setFile] = useState<File>();
  const [preview, setPreview] = useState<Preview>();
  const [wish, setWish] = useState<Wish>({ choice: {}, fixed: {} });
  /** What the present choice makes of the table; gone when the choice changes. */
  const [outcome, setOutcome] = useState<Preview>();

  const ask = async (chosen: File, mapping?: ColumnMapping) => {
    const format = formatOf(chosen);
    const { data } = await call<Preview>('POST', `${path}/mapping/preview`, {
      query: { format, mapping: mapping ? JSON.stringify(mapping) : undefined },
      file: chosen,
      headers: { 'content-type': contentType(format, chosen.name) },
    });
    return data;
  };

  const read = useSubmit(async (chosen: File, sheet?: string) => {
    // Another sheet has other columns, so it is asked for without any.
    const found = await ask(chosen, sheet ? { columns: [], sheet } : undefined);
    setPreview(found);
    setWish((was) => ({ ...was, choice: initialChoice(found, saved), fixed: saved?.fixed ?? {} }));
    announce(t('readDone', { columns: found.columns.length, rows: found.rows }));
  });
  const check = useSubmit(async () => {
    if (!file || !preview) return;
    setOutcome(await ask(file, mappingOf(preview, wish, saved)));
  });

  function choose(next: File | undefined) {
    setFile(next);
    setPreview(undefined);
    setOutcome(undefined);
    setWish({ choice: {}, fixed: {} });
    if (next) void read.submit(next);
  }

  function chooseSheet(sheet: string) {
    setOutcome(undefined);
    setWish((was) => ({ ...was, sheet }));
    if (file) void read.submit(file, sheet);
  }

  return (
    <div className="steps">
      <Step number={1} title={t('step.file')}>
        {saved ? <p className="muted">{t('savedAlready', { count: saved.columns?.length ?? 0 })}</p> : null}
        <FieldFrame label={t('file')} hint={t('fileHint')} className="admin-file">
          {(ids) => (
            <input
              id={ids.id}
              type="file"
              className="field__control"
              accept=".csv,.tsv,.txt,.xlsx"
              aria-describedby={ids.describedBy}
              onChange={(event) => choose(event.currentTarget.files?.[0])}
            />
          )}
        </FieldFrame>
        <ErrorNotice error={read.error} key={read.attempt} />
        {read.pending ? <p className="muted">{t('reading')}</p> : null}
        {preview ? (
          <p>
            {t('found', { columns: preview.columns.length, rows: preview.rows })}
            {preview.encoding ? ` ${t('encoding', { encoding: preview.encoding })}` : null}
          </p>
        ) : null}
        {preview?.sheets && preview.sheets.length > 1 ? (
          <Select
            label={t('sheet')}
            value={wish.sheet ?? saved?.sheet ?? preview.sheets[0] ?? ''}
            options={preview.sheets.map((sheet) => ({ value: sheet, label: sheet }))}
            onChange={chooseSheet}
          />
        ) : null}
      </Step>
      {preview ? (
        <Step number={2} title={t('step.columns')} focus>
          <ColumnChoice
            preview={preview}
            wish={wish}
            pending={check.pending}
            error={check.error}
            onChange={(next) => {
              setWish(next);
              setOutcome(undefined);
            }}
            onCheck={() => void check.submit()}
          />
        </Step>
      ) : null}
      {outcome ? (
        <Step number={3} title={t('step.preview')} focus>
          <PreviewResult outcome={outcome} />
        </Step>
      ) : null}
      {outcome && file && preview ? (
        <Step number={4} title={t('step.import')}>
          <ApplyTable
            file={file}
            format={formatOf(file)}
            mapping={mappingOf(preview, wish, saved)}
            etag={etag}
            reload={reload}
            onDone={({ id }) =>
              void navigate({
                to: '/$lang/verwaltung/quellen/$key/importe/$id',
                params: { lang, key: source.key, id },
              })
            }
          />
        </Step>
      ) : null}
    </div>
  );
}

interface StepProps {
  number: number;
  title: string;
  /** Takes focus when it appears: it is what the person asked for. */
  focus?: boolean;
  children: ReactNode;
}

function Step({ number, title, focus, children }: StepProps) {
  const t = useTranslations('adminColumns');
  const heading = useRef<HTMLHeadingElement>(null);
  const wanted = useRef(focus);
  useEffect(() => {
    if (wanted.current) heading.current?.focus();
  }, []);
  return (
    <section className="steps__step" aria-labelledby={`step-${number}`}>
      <h3 id={`step-${number}`} ref={heading} tabIndex={-1} className="steps__title admin__focus">
        <span className="steps__number" aria-hidden="true">
          {number}
        </span>
        <span>
          <span className="visually-hidden">{t('stepNumber', { number })} </span>
          {title}
        </span>
      </h3>
      <div className="steps__body">{children}</div>
    </section>
  );
}

import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { problemOf } from '#/api/problem';
import { call, useInvalidate } from '#/features/session/api';
import { FormErrors, SubmitButton, useForm } from '#/features/session/form';
import { Button } from '#/ui/Button';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { announce } from '#/ui/LiveRegion';
import { RadioGroup } from '#/ui/RadioGroup';
import { FieldFrame } from '#/ui/TextField';
import type { Import, ImportFormat, ImportMode, Source } from '../types';
import { contentType, guessFormat, importFormats, importModes, sniffBytes } from './import-format';
import { useFormatName } from './use-format-name';

export interface UploadImportProps {
  source: Source;
  /** Address of the imports of the source. */
  path: string;
  onDone: (report: Import) => void;
  onClose: () => void;
}

/** A file handed in by a person, with the same rules as for partner systems. */
export function UploadImport({ source, path, onDone, onClose }: UploadImportProps) {
  const t = useTranslations('adminImports');
  const f = useTranslations('form');
  const formatName = useFormatName();
  const invalidate = useInvalidate();
  const [file, setFile] = useState<File>();
  const [format, setFormat] = useState<ImportFormat>();
  const [mode, setMode] = useState<ImportMode>();
  const [asking, setAsking] = useState(false);
  const confirmed = useRef(false);
  // The same file handed in twice, after a lost answer, is one import.
  const key = useRef('');
  const element = useRef<HTMLFormElement>(null);

  async function choose(next: File | undefined) {
    setFile(next);
    key.current = crypto.randomUUID();
    if (!next) return;
    const guess = guessFormat(next.name, await next.slice(0, sniffBytes).text());
    if (guess) setFormat(guess);
  }

  async function send(chosen: File, chosenFormat: ImportFormat, chosenMode: ImportMode) {
    announce(t('uploading'));
    try {
      const { data } = await call<Import>('POST', path, {
        query: { mode: chosenMode, format: chosenFormat },
        file: chosen,
        headers: { 'content-type': contentType(chosenFormat, chosen.name), 'idempotency-key': key.current },
      });
      // The report is in sight and says more than a message at the edge.
      onDone(data);
      announce(t('done', data.counts));
    } catch (error) {
      // A refused file has a report as well, which says more than the error.
      const failed = problemOf(error)?.import;
      if (!failed) throw error;
      onDone(failed);
      announce(t('failed'));
    } finally {
      void invalidate('/api/v1/sources');
    }
  }

  const form = useForm({
    fields: {
      // The control itself is checked: its value is a file, not a text.
      file: { check: () => (file ? undefined : t('fileMissing')) },
      format: { required: t('formatMissing'), pointer: '/query/format' },
      mode: { required: t('modeMissing'), pointer: '/query/mode' },
    },
    onSubmit: async () => {
      if (!file || !format || !mode) return;
      if (mode === 'full' && !confirmed.current) {
        setAsking(true);
        return;
      }
      confirmed.current = false;
      await send(file, format, mode);
    },
  });

  return (
    <>
      <form {...form.props} ref={element} className="admin__form admin__panel">
        <FormErrors form={form} />
        <p>{t('uploadLead')}</p>
        <FieldFrame
          label={t('file')}
          hint={t('fileHint')}
          error={form.field('file').error}
          id={form.field('file').id}
          className="admin-file"
        >
          {(ids) => (
            <input
              id={ids.id}
              type="file"
              name="file"
              className="field__control"
              accept=".ndjson,.jsonl,.xml,.ics,.json,.jsonld,.html"
              aria-describedby={ids.describedBy}
              onChange={(event) => void choose(event.currentTarget.files?.[0])}
            />
          )}
        </FieldFrame>
        <RadioGroup
          {...form.field('format')}
          legend={t('format')}
          value={format}
          options={importFormats.map((code) => ({
            value: code,
            label: formatName(code),
            explanation: t(`formatText.${code}`),
          }))}
          onChange={setFormat}
        />
        <RadioGroup
          {...form.field('mode')}
          legend={t('mode')}
          value={mode}
          options={importModes.map((code) => ({
            value: code,
            label: t(`modeName.${code}`),
            explanation: t(`modeText.${code}`),
          }))}
          onChange={setMode}
        />
        <div className="admin__buttons">
          <SubmitButton pending={form.pending}>{t('submit')}</SubmitButton>
          <Button variant="secondary" onClick={onClose}>
            {f('cancel')}
          </Button>
        </div>
        {form.pending ? <p className="muted">{t('uploading')}</p> : null}
      </form>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('fullTitle')}
        confirm={t('submit')}
        danger
        onConfirm={() => {
          confirmed.current = true;
          setAsking(false);
          element.current?.requestSubmit();
        }}
      >
        <p>
          {t('fullText', { file: file?.name ?? '' })} <bdi>{source.name}</bdi>
        </p>
      </ConfirmDialog>
    </>
  );
}

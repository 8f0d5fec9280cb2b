import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { FormErrors, SubmitButton, useForm } from '#/features/session/form';
import { Button } from '#/ui/Button';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { announce } from '#/ui/LiveRegion';
import { RadioGroup } from '#/ui/RadioGroup';
import { Select } from '#/ui/Select';
import { FieldFrame } from '#/ui/TextField';
import type { Import, ImportFormat, ImportMode } from '../../exchange';
import { useSource } from '../SourceFrame';
import { HandInProgress } from './HandInProgress';
import { fileEndings, guessFormat, importFormats, importModes, sniffBytes } from './import-format';
import { useFormatName } from './use-format-name';
import { useHandIn } from './use-hand-in';

export interface UploadImportProps {
  /** What the form begins with. */
  format?: ImportFormat;
  mode?: ImportMode;
  onDone: (report: Import) => void;
  onClose: () => void;
}

/** A file handed in by a person, with the same rules as for partner systems. A dry run comes first unless somebody wants it otherwise. */
export function UploadImport({ onDone, onClose, ...begin }: UploadImportProps) {
  const t = useTranslations('adminImports');
  const f = useTranslations('form');
  const formatName = useFormatName();
  const { source, path } = useSource();
  const { handIn, stage, resumes } = useHandIn(path);
  const [file, setFile] = useState<File>();
  const [format, setFormat] = useState<ImportFormat | ''>(begin.format ?? '');
  const [mode, setMode] = useState<ImportMode | undefined>(begin.mode);
  const [asking, setAsking] = useState(false);
  const confirmed = useRef(false);
  /** Which of the two buttons was pressed; Enter presses the first one. */
  const dryRun = useRef(true);
  const direct = useRef<HTMLButtonElement>(null);

  async function choose(next: File | undefined) {
    setFile(next);
    if (!next) return;
    const guess = guessFormat(next.name, await next.slice(0, sniffBytes).text());
    if (guess) setFormat(guess);
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
      if (mode === 'full' && !dryRun.current && !confirmed.current) {
        setAsking(true);
        return;
      }
      confirmed.current = false;
      const report = await handIn({ file, format, mode, dryRun: dryRun.current });
      onDone(report);
      announce(report.state === 'failed' ? t('failed') : t('doneShort'));
    },
  });

  return (
    <>
      <form {...form.props} className="admin__form admin__panel">
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
              accept={fileEndings}
              aria-describedby={ids.describedBy}
              onChange={(event) => void choose(event.currentTarget.files?.[0])}
            />
          )}
        </FieldFrame>
        <Select
          {...form.field('format')}
          label={t('format')}
          hint={format ? t(`formatText.${format}`) : t('formatHint')}
          value={format}
          options={[
            { value: '', label: t('formatChoose') },
            ...importFormats.map((code) => ({ value: code, label: formatName(code) })),
          ]}
          onChange={(code) => setFormat(code as ImportFormat | '')}
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
        {form.error && resumes(file) ? <p>{t('resumeText')}</p> : null}
        <HandInProgress stage={stage} />
        <div className="admin__buttons">
          <SubmitButton
            pending={form.pending}
            onClick={() => {
              dryRun.current = true;
            }}
          >
            {t('dryRun')}
          </SubmitButton>
          <Button
            ref={direct}
            type="submit"
            variant="secondary"
            aria-disabled={form.pending || undefined}
            onClick={() => {
              dryRun.current = false;
            }}
          >
            {t('submit')}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            {f('cancel')}
          </Button>
        </div>
        <p className="muted small">{t('dryRunHint')}</p>
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
          direct.current?.form?.requestSubmit(direct.current);
        }}
      >
        <p>
          {t('fullText', { file: file?.name ?? '' })} <bdi>{source.name}</bdi>
        </p>
      </ConfirmDialog>
    </>
  );
}

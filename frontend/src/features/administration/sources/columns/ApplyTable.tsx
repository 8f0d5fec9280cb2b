import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { call, isStale } from '#/features/session/api';
import { ErrorNotice } from '#/features/session/form';
import { useCapability } from '#/features/session/store';
import { useSubmit } from '#/features/session/use-submit';
import { Button } from '#/ui/Button';
import { announce } from '#/ui/LiveRegion';
import { Notice } from '#/ui/Notice';
import { RadioGroup } from '#/ui/RadioGroup';
import type { ColumnMapping, Import, ImportFormat, ImportMode } from '../../exchange';
import { HandInProgress } from '../imports/HandInProgress';
import { importModes } from '../imports/import-format';
import { useHandIn } from '../imports/use-hand-in';
import { useSource } from '../SourceFrame';

export interface ApplyTableProps {
  file: File;
  format: ImportFormat;
  mapping: ColumnMapping;
  etag: string | undefined;
  reload: () => Promise<unknown>;
  onDone: (report: Import) => void;
}

/** Saves the columns, and tries the whole file with them. */
export function ApplyTable({ file, format, mapping, etag, reload, onDone }: ApplyTableProps) {
  const t = useTranslations('adminColumns');
  const i = useTranslations('adminImports');
  const f = useTranslations('form');
  const { source, path } = useSource();
  const runs = useCapability('imports.run', source.organization?.id);
  const { handIn, stage } = useHandIn(path);
  const [mode, setMode] = useState<ImportMode>('full');
  const [stale, setStale] = useState(false);
  const [saved, setSaved] = useState(false);

  async function save(): Promise<boolean> {
    try {
      await call('PUT', `${path}/mapping`, { body: mapping, version: etag });
      setStale(false);
      setSaved(true);
      await reload();
      return true;
    } catch (error) {
      if (!isStale(error)) throw error;
      setStale(true);
      await reload();
      return false;
    }
  }

  const keep = useSubmit(async () => {
    if (await save()) announce(t('saved'));
  });
  const tryOut = useSubmit(async () => {
    if (!(await save())) return;
    onDone(await handIn({ file, format, mode, dryRun: true }));
    announce(i('doneShort'));
  });
  const pending = keep.pending || tryOut.pending;

  return (
    <>
      <p>{t('importText')}</p>
      {stale ? (
        <Notice tone="warning" role="alert" title={f('staleTitle')}>
          <p>{t('stale')}</p>
        </Notice>
      ) : null}
      {runs ? (
        <RadioGroup
          legend={i('mode')}
          value={mode}
          options={importModes.map((code) => ({
            value: code,
            label: i(`modeName.${code}`),
            explanation: i(`modeText.${code}`),
          }))}
          onChange={setMode}
        />
      ) : null}
      <ErrorNotice error={keep.error ?? tryOut.error} key={keep.attempt + tryOut.attempt} />
      <HandInProgress stage={stage} />
      <div className="admin__buttons">
        {runs ? (
          <Button aria-disabled={pending || undefined} onClick={() => !pending && void tryOut.submit()}>
            {t('saveAndTry')}
          </Button>
        ) : null}
        <Button
          variant="secondary"
          aria-disabled={pending || undefined}
          onClick={() => !pending && void keep.submit()}
        >
          {saved ? t('saved') : t('save')}
        </Button>
      </div>
    </>
  );
}

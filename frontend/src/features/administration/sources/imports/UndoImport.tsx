import { useTranslations } from 'use-intl';
import { call, useInvalidate } from '#/features/session/api';
import { useCapability } from '#/features/session/store';
import type { Import } from '../../exchange';
import { ActionButton } from '../../parts/ActionButton';
import { useSource } from '../SourceFrame';

export interface UndoImportProps {
  report: Import;
  address: string;
  onDone: (undo: Import) => void;
}

/** Whether an import did something that can be taken back; an undoing can be, too. */
export function canUndo({ state, dryRun, undoneBy, counts }: Import): boolean {
  const { created, changed, withdrawn } = counts;
  return state === 'succeeded' && !dryRun && !undoneBy && created + changed + withdrawn > 0;
}

/** Takes an import back: every record as it was before. */
export function UndoImport({ report, address, onDone }: UndoImportProps) {
  const t = useTranslations('adminImports');
  const invalidate = useInvalidate();
  const { source } = useSource();
  const decides = useCapability('imports.confirm', source.organization?.id);
  if (!decides || !canUndo(report)) return null;
  return (
    <section className="admin__section" aria-labelledby="import-undo">
      <h3 id="import-undo">{t('undo')}</h3>
      <p>{t('undoLead')}</p>
      <ActionButton
        run={async () => {
          const { data } = await call<Import>('POST', `${address}/undo`);
          void invalidate('/api/v1/sources');
          onDone(data);
        }}
        done={t('undone')}
        confirm={{
          title: t('undoTitle'),
          text: (
            <>
              <ul className="admin__bullets">
                <li>{t('undoCreated', { count: report.counts.created })}</li>
                <li>{t('undoChanged', { count: report.counts.changed })}</li>
                <li>{t('undoWithdrawn', { count: report.counts.withdrawn })}</li>
              </ul>
              <p>{t('undoText')}</p>
            </>
          ),
          confirm: t('undo'),
          danger: true,
        }}
      >
        {t('undo')}
      </ActionButton>
    </section>
  );
}

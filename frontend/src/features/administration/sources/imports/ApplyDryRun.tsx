import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { ErrorNotice } from '#/features/session/form';
import { useCapability } from '#/features/session/store';
import { useSubmit } from '#/features/session/use-submit';
import { Button, ButtonLink } from '#/ui/Button';
import { announce } from '#/ui/LiveRegion';
import { Notice } from '#/ui/Notice';
import type { Import } from '../../exchange';
import { useSource } from '../SourceFrame';
import { HandInProgress } from './HandInProgress';
import { triedFile, useHandIn } from './use-hand-in';

/** What comes after a dry run: the same file for real. */
export function ApplyDryRun({ report, onDone }: { report: Import; onDone: (applied: Import) => void }) {
  const t = useTranslations('adminImports');
  const lang = useLanguage();
  const { source, path } = useSource();
  const runs = useCapability('imports.run', source.organization?.id);
  const { handIn, stage } = useHandIn(path);
  const file = triedFile(report.id);
  const apply = useSubmit(async () => {
    if (!file) return;
    const applied = await handIn(file);
    onDone(applied);
    announce(applied.state === 'failed' ? t('failed') : t('doneShort'));
  });
  return (
    <Notice title={t('dryRunNothing')}>
      <div className="stack">
        {report.confirmation ? (
          <p>
            {t('dryRunBrake', {
              withdrawals: report.confirmation.withdrawals,
              published: report.confirmation.published,
            })}
          </p>
        ) : null}
        {!runs || source.revokedAt ? null : file ? (
          <>
            <p>{t('applyText', { file: file.file.name })}</p>
            <ErrorNotice error={apply.error} key={apply.attempt} />
            <HandInProgress stage={stage} />
            <p>
              <Button aria-disabled={apply.pending || undefined} onClick={() => void apply.submit()}>
                {t('apply')}
              </Button>
            </p>
          </>
        ) : (
          <>
            <p>{t('applyAgain')}</p>
            <p>
              <ButtonLink
                variant="secondary"
                to="/$lang/verwaltung/quellen/$key/importe"
                params={{ lang, key: source.key }}
                search={{ form: 'file', format: report.format, mode: report.mode }}
              >
                {t('upload')}
              </ButtonLink>
            </p>
          </>
        )}
      </div>
    </Notice>
  );
}

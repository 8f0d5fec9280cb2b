import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import { call, useInvalidate } from '#/features/session/api';
import { useCapability } from '#/features/session/store';
import { Notice } from '#/ui/Notice';
import type { Import } from '../../exchange';
import { ActionButton } from '../../parts/ActionButton';
import { useSource } from '../SourceFrame';

/** An import that stopped to ask: what it would withdraw, and the decision. */
export function HeldImport({ report, address }: { report: Import; address: string }) {
  const t = useTranslations('adminImports');
  const format = useFormat();
  const invalidate = useInvalidate();
  const { source } = useSource();
  const decides = useCapability('imports.confirm', source.organization?.id);
  const { confirmation } = report;
  const withdrawals = confirmation?.withdrawals ?? report.counts.withdrawn;
  const published = confirmation?.published ?? 0;

  const decide = (decision: 'confirm' | 'discard') => async () => {
    await call('POST', `${address}/confirmation`, { body: { decision } });
    await invalidate('/api/v1/sources');
  };
  const text = (
    <p>
      {t('heldExtent', {
        withdrawals: format.number(withdrawals),
        published: format.number(published),
      })}
    </p>
  );
  return (
    // Not a section: when it goes, focus moves to the heading of the report around it.
    <Notice tone="warning">
      <div className="stack">
        <h3>{t('heldTitle')}</h3>
        <p>{confirmation?.reason === 'empty' ? t('heldEmpty') : t('heldShrinks')}</p>
        {text}
        <p>{t('heldNothing')}</p>
        {decides ? (
          <div className="admin__buttons">
            <ActionButton
              variant="primary"
              run={decide('discard')}
              done={t('discarded')}
              confirm={{
                title: t('discardTitle'),
                text: <p>{t('discardText')}</p>,
                confirm: t('discard'),
              }}
            >
              {t('discard')}
            </ActionButton>
            <ActionButton
              run={decide('confirm')}
              done={t('confirmed')}
              confirm={{
                title: t('confirmTitle'),
                text: (
                  <>
                    {text}
                    <p>{t('confirmText')}</p>
                  </>
                ),
                confirm: t('confirm'),
                danger: true,
              }}
            >
              {t('confirm')}
            </ActionButton>
          </div>
        ) : (
          <p>{t('heldOthers')}</p>
        )}
      </div>
    </Notice>
  );
}

import { useTranslations } from 'use-intl';
import { call, useInvalidate } from '#/features/session/api';
import { useCapability } from '#/features/session/store';
import { ActionButton } from '../../parts/ActionButton';
import type { Source } from '../../types';
import { SourcePart, useSource } from '../SourceFrame';
import { BrakeSection } from './BrakeSection';
import { SourceForm } from './SourceForm';

/** How a source is treated: the brake, whom to tell, its name and licence, and its end. */
export function SettingsPage() {
  return (
    <SourcePart needs={['sources.configure', 'sources.manage']}>
      <Settings />
    </SourcePart>
  );
}

function Settings() {
  const t = useTranslations('adminSources');
  const { source, reload } = useSource();
  const owner = source.organization?.id;
  const configures = useCapability('sources.configure', owner);
  const manages = useCapability('sources.manage', owner);
  return (
    <>
      {configures ? <BrakeSection /> : null}
      {manages && !source.revokedAt ? (
        <>
          <section className="admin__section" aria-labelledby="source-facts">
            <h2 id="source-facts">{t('facts')}</h2>
            <SourceForm source={source} reload={reload} />
          </section>
          <EndSource source={source} />
        </>
      ) : null}
    </>
  );
}

function EndSource({ source }: { source: Source }) {
  const t = useTranslations('adminSources');
  const invalidate = useInvalidate();
  return (
    <section className="admin__section" aria-labelledby="source-end">
      <h2 id="source-end">{t('end')}</h2>
      <p>{t('endLead')}</p>
      <ActionButton
        run={async () => {
          await call('DELETE', `/api/v1/sources/${encodeURIComponent(source.key)}`, {
            version: source.version,
          });
          await invalidate('/api/v1/sources');
        }}
        done={t('ended')}
        confirm={{
          title: t('endTitle', { name: source.name }),
          text: <p>{t('endText')}</p>,
          confirm: t('end'),
          danger: true,
        }}
      >
        {t('end')}
      </ActionButton>
    </section>
  );
}

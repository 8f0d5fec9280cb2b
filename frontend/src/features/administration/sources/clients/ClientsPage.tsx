import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { usePrivateQuery } from '#/features/session/api';
import { Button } from '#/ui/Button';
import { Disclosure } from '#/ui/Disclosure';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import { useFormFocus, useSectionFocus } from '../../parts/focus';
import type { Client, IssuedSecret, Source, Whole } from '../../types';
import { SourcePart, useSource } from '../SourceFrame';
import { validateClientsSearch } from '../sources-search';
import { ClientCard } from './ClientCard';
import { CreateClient } from './CreateClient';
import { NewSecret } from './NewSecret';

const route = getRouteApi('/$lang/private/verwaltung/quellen/$key/partnersysteme');

export function ClientsPage() {
  return (
    <SourcePart needs={['clients.manage']}>
      <ClientSection source={useSource().source} />
    </SourcePart>
  );
}

/** The partner systems of a source. A new secret stays in sight, above the list, until the person has put it away. */
function ClientSection({ source }: { source: Source }) {
  const t = useTranslations('adminClients');
  const lang = useLanguage();
  const navigate = useNavigate();
  const search = validateClientsSearch({ ...route.useSearch() });
  const path = `/api/v1/sources/${encodeURIComponent(source.key)}/clients`;
  const { data, error, refetch } = usePrivateQuery<Whole<Client>>(path);
  const [shown, setShown] = useState<{ client: Client; issued: IssuedSecret }>();
  const { opener, frame } = useFormFocus(search.form === 'client');
  const section = useSectionFocus(shown !== undefined);
  const clients = data?.data.data ?? [];
  const active = clients.filter(({ revokedAt }) => !revokedAt);
  const ended = clients.filter(({ revokedAt }) => revokedAt);

  function openForm(form: 'client' | undefined) {
    void navigate({
      to: '/$lang/verwaltung/quellen/$key/partnersysteme',
      params: { lang, key: source.key },
      search: { ...search, form },
      resetScroll: false,
    });
  }

  const card = (client: Client) => (
    <ClientCard
      key={client.id}
      source={source}
      client={client}
      reload={refetch}
      onIssued={(issued) => setShown({ client, issued })}
    />
  );

  return (
    <section ref={section} className="admin__section" aria-labelledby="source-clients">
      <h2 id="source-clients">{t('title')}</h2>
      <p className="muted">{t('lead')}</p>
      {shown ? (
        <NewSecret
          key={shown.issued.id}
          source={source}
          client={shown.client}
          issued={shown.issued}
          onDone={() => setShown(undefined)}
        />
      ) : null}
      {error ? <ProblemNotice error={error} onRetry={() => refetch()} /> : null}
      {!data && !error ? <Skeleton count={4} /> : null}
      {data && active.length === 0 ? <p>{t('empty')}</p> : null}
      {active.map(card)}
      {source.revokedAt ? null : search.form === 'client' ? (
        <div ref={frame}>
          <CreateClient
            source={source}
            onClose={() => openForm(undefined)}
            onCreated={({ client, secret }) => {
              openForm(undefined);
              if (secret) setShown({ client, issued: secret });
            }}
          />
        </div>
      ) : (
        <Button ref={opener} variant="secondary" size="sm" onClick={() => openForm('client')}>
          {t('create')}
        </Button>
      )}
      {ended.length > 0 ? (
        <Disclosure summary={t('showRevoked', { count: ended.length })}>
          <div className="stack">{ended.map(card)}</div>
        </Disclosure>
      ) : null}
    </section>
  );
}

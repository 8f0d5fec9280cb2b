import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { PageHeading } from '#/app/page';
import { ButtonAnchor } from '#/ui/Button';
import { Card } from '#/ui/Card';
import { Link } from '#/ui/Link';
import { Notice } from '#/ui/Notice';
import { linkError } from '../link-token';
import { nextAddress } from '../next-address';
import { SignInForm } from '../SignInForm';
import { session, useSession } from '../store';
import { useProviderError } from '../use-provider-error';
import { useProviders } from '../use-providers';

const route = getRouteApi('/$lang/entrance/anmelden');

export function SignInPage() {
  const t = useTranslations('signIn');
  const lang = useLanguage();
  const { next } = route.useSearch();
  const navigate = useNavigate();
  const state = useSession();
  const failed = useProviderError(linkError());

  // Whoever is signed in already goes on at once.
  useEffect(() => void session.start(), []);
  const signedIn = state.status === 'signed-in';
  useEffect(() => {
    if (signedIn) void navigate({ href: nextAddress(next, lang), replace: true });
  }, [signedIn, next, lang, navigate]);

  return (
    <>
      <PageHeading title={t('title')}>{t('title')}</PageHeading>
      {state.status === 'signed-out' && state.left ? (
        <Notice tone="success" role="status" title={t('left')} />
      ) : null}
      {failed ? (
        <Notice tone="danger" role="alert" title={t('providerFailed')}>
          <p>{failed}</p>
        </Notice>
      ) : null}
      <p className="entrance__lead">{t('lead')}</p>
      <Card>
        <SignInForm onSignedIn={() => undefined}>
          <Providers next={nextAddress(next, lang)} />
        </SignInForm>
      </Card>
      <ul className="stack">
        <li>
          <Link to="/$lang/passwort-vergessen" params={{ lang }}>
            {t('forgotten')}
          </Link>
        </li>
        <li>
          {t.rich('noAccess', {
            link: (chunks) => (
              <Link to="/$lang/zugang-beantragen" params={{ lang }}>
                {chunks}
              </Link>
            ),
          })}
        </li>
      </ul>
    </>
  );
}

/** Sign-in at an identity provider that the operator has connected. */
function Providers({ next }: { next: string }) {
  const t = useTranslations('signIn');
  const lang = useLanguage();
  return useProviders()?.map(({ id, name }) => (
    <ButtonAnchor
      key={id}
      variant="secondary"
      block
      href={`/api/v1/auth/oidc/${encodeURIComponent(id)}/start?${new URLSearchParams({ lang, next })}`}
    >
      {t('provider', { name })}
    </ButtonAnchor>
  ));
}

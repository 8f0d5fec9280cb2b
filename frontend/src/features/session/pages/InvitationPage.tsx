import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { type Language, languages } from '#/app/languages';
import { PageHeading } from '#/app/page';
import { Card } from '#/ui/Card';
import { Link } from '#/ui/Link';
import { Notice } from '#/ui/Notice';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Select } from '#/ui/Select';
import { Skeleton } from '#/ui/Skeleton';
import { TextField } from '#/ui/TextField';
import { ErrorNotice, FormErrors, SubmitButton, useForm } from '../form';
import { LinkOver } from '../LinkOver';
import { forgetLinkToken, useLinkToken } from '../link-token';
import { NewPassword } from '../NewPassword';
import { codeOf } from '../problem';
import { post } from '../public-call';
import { RoleName } from '../RoleName';
import { session } from '../store';
import { TotpSetup } from '../TotpSetup';
import type { Invitation, SignedIn } from '../types';
import { useSubmit } from '../use-submit';

/** Accepts an invitation: shows to what, asks for name, language and password, then sets up the second factor. */
export function InvitationPage() {
  const t = useTranslations('invitation');
  const lang = useLanguage();
  const navigate = useNavigate();
  const token = useLinkToken();
  const [accepted, setAccepted] = useState<SignedIn>();
  const { data, error, refetch } = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => post<Invitation>('/auth/invitation', { token }, signal),
    enabled: token !== undefined && accepted === undefined,
    gcTime: 0,
  });
  const toAccount = () => void navigate({ to: '/$lang/konto', params: { lang }, replace: true });

  function accept(answer: SignedIn): void {
    forgetLinkToken();
    session.adopt(answer);
    if (answer.account.secondFactor.required) setAccepted(answer);
    else toAccount();
  }

  if (accepted) {
    return (
      <>
        <PageHeading title={t('factorTitle')}>{t('factorTitle')}</PageHeading>
        <p className="entrance__lead">{t('factorLead')}</p>
        <Card>
          <TotpSetup level={2} onDone={toAccount} />
        </Card>
        <p className="small">
          {t.rich('factorPasskey', {
            link: (chunks) => (
              <Link to="/$lang/konto/sicherheit" params={{ lang }}>
                {chunks}
              </Link>
            ),
          })}
        </p>
      </>
    );
  }

  const over = codeOf(error) === 'link-invalid';
  return (
    <>
      <PageHeading title={t('title')}>{t('title')}</PageHeading>
      {token === undefined || over ? (
        <LinkOver reason={over ? 'over' : 'missing'}>
          <p>{t('otherwise')}</p>
        </LinkOver>
      ) : error ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : data?.registered ? (
        <JoinForm invitation={data} token={token} />
      ) : data ? (
        <AcceptForm invitation={data} token={token} onAccepted={accept} />
      ) : (
        <Skeleton shape="block" count={2} />
      )}
    </>
  );
}

function AcceptForm({
  invitation,
  token,
  onAccepted,
}: {
  invitation: Invitation;
  token: string;
  onAccepted: (answer: SignedIn) => void;
}) {
  const t = useTranslations('invitation');
  const s = useTranslations('session');
  const p = useTranslations('password');
  const lang = useLanguage();
  const [name, setName] = useState(invitation.name);
  const form = useForm({
    fields: {
      name: { required: s('nameMissing') },
      language: {},
      password: { required: p('missing') },
    },
    onSubmit: async (given) =>
      onAccepted(await post<SignedIn>('/auth/invitation/accept', { token, ...given })),
  });
  if (codeOf(form.error) === 'link-invalid') {
    return (
      <LinkOver reason="over">
        <p>{t('otherwise')}</p>
      </LinkOver>
    );
  }
  return (
    <>
      <ToWhat invitation={invitation} />
      <form {...form.props} className="stack">
        <FormErrors form={form} />
        <TextField
          {...form.field('name')}
          label={s('name')}
          autoComplete="name"
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          {...form.field('language')}
          label={s('language')}
          hint={s('languageHint')}
          defaultValue={lang}
          options={(Object.keys(languages) as Language[]).map((code) => ({
            value: code,
            label: languages[code].name,
          }))}
        />
        <NewPassword {...form.field('password')} label={p('choose')} email={invitation.email} person={name} />
        <SubmitButton pending={form.pending}>{t('accept')}</SubmitButton>
      </form>
    </>
  );
}

/** An account that is in use gets one more role. Nobody is signed in by it. */
function JoinForm({ invitation, token }: { invitation: Invitation; token: string }) {
  const t = useTranslations('invitation');
  const lang = useLanguage();
  const [joined, setJoined] = useState(false);
  const join = useSubmit(async () => {
    await post('/auth/invitation/join', { token });
    forgetLinkToken();
    setJoined(true);
  });
  if (joined) {
    return (
      <Notice tone="success" role="status" title={t('joined')}>
        <p>{t('joinedText')}</p>
        <p>
          <Link to="/$lang/konto" params={{ lang }}>
            {t('toAccount')}
          </Link>
        </p>
      </Notice>
    );
  }
  return (
    <>
      <ToWhat invitation={invitation} />
      <p>{t('joinLead')}</p>
      <ErrorNotice key={join.attempt} error={join.error} />
      <p>
        <SubmitButton type="button" pending={join.pending} onClick={() => void join.submit()}>
          {t('accept')}
        </SubmitButton>
      </p>
    </>
  );
}

function ToWhat({ invitation }: { invitation: Invitation }) {
  const t = useTranslations('invitation');
  const format = useFormat();
  return (
    <Card tone="tint" className="stack">
      <p>{t.rich('to', { email: invitation.email, bdi: (chunks) => <bdi>{chunks}</bdi> })}</p>
      <ul>
        {invitation.roles.map((role) => (
          <li key={role}>
            <strong>
              <RoleName role={role} />
            </strong>
            {invitation.organization ? (
              <>
                {' – '}
                <bdi>{invitation.organization.name}</bdi>
              </>
            ) : null}
          </li>
        ))}
      </ul>
      <p className="small">{t('until', { date: format.moment(invitation.expiresAt) })}</p>
    </Card>
  );
}

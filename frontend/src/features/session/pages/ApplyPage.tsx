import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useVocabularies } from '#/api/hooks';
import { useLanguage } from '#/app/i18n';
import { PageHeading } from '#/app/page';
import { Link } from '#/ui/Link';
import { Notice } from '#/ui/Notice';
import { Select } from '#/ui/Select';
import { TextArea } from '#/ui/TextArea';
import { TextField } from '#/ui/TextField';
import { FormErrors, SubmitButton, useForm } from '../form';
import { post } from '../public-call';

/** People write `verein.example.org`; the API wants the whole address. */
const withScheme = (address: string) => (/^[a-z]+:/i.test(address) ? address : `https://${address}`);

/** An organisation asks for access. The answer is the same for every address. */
export function ApplyPage() {
  const t = useTranslations('application');
  const f = useTranslations('form');
  const s = useTranslations('session');
  const lang = useLanguage();
  const kinds = useVocabularies().concepts('organization-kinds');
  const [sentTo, setSentTo] = useState<string>();
  const form = useForm({
    fields: {
      organizationName: { required: t('organizationMissing') },
      organizationKind: { required: t('kindMissing') },
      website: {},
      contactName: { required: t('contactMissing') },
      email: { required: s('emailMissing') },
      message: {},
    },
    onSubmit: async ({ website, message, ...given }) => {
      await post('/applications', {
        ...given,
        website: website && withScheme(website),
        message: message || undefined,
        language: lang,
      });
      setSentTo(given.email);
    },
  });
  const optional = (label: string) => `${label} (${f('optional')})`;

  if (sentTo !== undefined) {
    return (
      <>
        <PageHeading title={t('title')}>{t('title')}</PageHeading>
        <Notice tone="success" role="status" title={t('sent')}>
          <p>{t.rich('sentText', { email: sentTo, bdi: (chunks) => <bdi>{chunks}</bdi> })}</p>
          <p>{t('sentNext')}</p>
        </Notice>
      </>
    );
  }
  return (
    <>
      <PageHeading title={t('title')}>{t('title')}</PageHeading>
      <p className="entrance__lead">{t('lead')}</p>
      <form {...form.props} className="stack">
        <FormErrors form={form} />
        <fieldset className="stack">
          <legend className="session-step">{t('about')}</legend>
          <TextField
            {...form.field('organizationName')}
            label={t('organizationName')}
            autoComplete="organization"
            maxLength={200}
          />
          <Select
            {...form.field('organizationKind')}
            label={t('organizationKind')}
            defaultValue=""
            options={[
              { value: '', label: t('choose') },
              ...kinds.map(({ code, label }) => ({ value: code, label: label[lang] ?? label.de ?? code })),
            ]}
          />
          <TextField
            {...form.field('website')}
            label={optional(t('website'))}
            type="url"
            autoComplete="url"
            placeholder="https://"
          />
        </fieldset>
        <fieldset className="stack">
          <legend className="session-step">{t('contact')}</legend>
          <TextField
            {...form.field('contactName')}
            label={t('contactName')}
            autoComplete="name"
            maxLength={200}
          />
          <TextField
            {...form.field('email')}
            label={s('email')}
            hint={t('emailHint')}
            type="email"
            autoComplete="email"
          />
          <TextArea
            {...form.field('message')}
            label={optional(t('message'))}
            hint={t('messageHint')}
            maxLength={2000}
          />
        </fieldset>
        <p className="small">
          {t.rich('privacy', {
            link: (chunks) => (
              <Link to="/$lang/datenschutz" params={{ lang }}>
                {chunks}
              </Link>
            ),
          })}
        </p>
        <SubmitButton pending={form.pending}>{t('send')}</SubmitButton>
      </form>
    </>
  );
}

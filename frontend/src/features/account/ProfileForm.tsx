import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { isLanguage, type Language, languages } from '#/app/languages';
import { call, isStale } from '#/features/session/api';
import { FormErrors, SubmitButton, useForm } from '#/features/session/form';
import { session, useAccount } from '#/features/session/store';
import type { Me } from '#/features/session/types';
import { Button } from '#/ui/Button';
import { announce } from '#/ui/LiveRegion';
import { Notice } from '#/ui/Notice';
import { Select } from '#/ui/Select';
import { TextField } from '#/ui/TextField';

const languageName = (code: string) => (isLanguage(code) ? languages[code].name : code);

/** Name and language. When they were changed elsewhere meanwhile, both versions are shown and nothing is lost. */
export function ProfileForm() {
  const t = useTranslations('account');
  const s = useTranslations('session');
  const f = useTranslations('form');
  const account = useAccount();
  const [name, setName] = useState(account.name);
  const [language, setLanguage] = useState(account.language);
  const [stale, setStale] = useState<Me>();
  const [saved, setSaved] = useState(false);

  const form = useForm({
    fields: { name: { required: s('nameMissing') }, language: {} },
    onSubmit: async (given) => {
      setSaved(false);
      try {
        const { data } = await call<Me>('PATCH', '/api/v1/me', { body: given, version: account.version });
        session.updateAccount(data);
        setStale(undefined);
        setSaved(true);
        announce(f('saved'));
      } catch (error) {
        if (!isStale(error)) throw error;
        const { data } = await call<Me>('GET', '/api/v1/me');
        session.updateAccount(data);
        setStale(data);
      }
    },
  });

  return (
    <form {...form.props} className="stack account__form">
      <FormErrors form={form} />
      {stale ? (
        <Notice tone="warning" role="alert" title={f('staleTitle')}>
          <p>{f('staleText')}</p>
          {stale.name === name ? null : (
            <p>
              <strong>{s('name')}</strong>: {f('staleSaved', { value: stale.name })}{' '}
              <Button variant="secondary" size="sm" onClick={() => setName(stale.name)}>
                {f('staleAdopt')}
              </Button>
            </p>
          )}
          {stale.language === language ? null : (
            <p>
              <strong>{s('language')}</strong>: {f('staleSaved', { value: languageName(stale.language) })}{' '}
              <Button variant="secondary" size="sm" onClick={() => setLanguage(stale.language)}>
                {f('staleAdopt')}
              </Button>
            </p>
          )}
        </Notice>
      ) : null}
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
        value={language}
        onChange={setLanguage}
        options={(Object.keys(languages) as Language[]).map((code) => ({
          value: code,
          label: languages[code].name,
        }))}
      />
      <p className="session-buttons">
        <SubmitButton pending={form.pending}>{f('save')}</SubmitButton>
        {saved && !form.pending ? <span className="muted">{t('saved')}</span> : null}
      </p>
    </form>
  );
}

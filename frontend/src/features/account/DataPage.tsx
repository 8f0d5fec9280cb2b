import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { call, callRaw } from '#/features/session/api';
import { ErrorNotice, SubmitButton } from '#/features/session/form';
import { session, useAccount } from '#/features/session/store';
import { useSubmit } from '#/features/session/use-submit';
import { Button } from '#/ui/Button';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { Link } from '#/ui/Link';
import { AccountFrame, Section } from './AccountFrame';
import { saveFile } from './save-file';

/** What is stored about the person: to take along, or to delete. */
export function DataPage() {
  const t = useTranslations('personalData');
  return (
    <AccountFrame title={t('title')} lead={t('lead')}>
      <Section id="export" title={t('export')}>
        <Export />
      </Section>
      <Section id="delete" title={t('delete')}>
        <DeleteAccount />
      </Section>
    </AccountFrame>
  );
}

function Export() {
  const t = useTranslations('personalData');
  const lang = useLanguage();
  const download = useSubmit(async () => {
    const response = await callRaw('GET', '/api/v1/me/export');
    saveFile(await response.blob(), t('fileName'));
  });
  return (
    <>
      <p>{t('exportText')}</p>
      <ErrorNotice key={download.attempt} error={download.error} />
      <p>
        <SubmitButton
          type="button"
          variant="secondary"
          pending={download.pending}
          onClick={() => void download.submit()}
        >
          {t('download')}
        </SubmitButton>
      </p>
      <p className="small">
        <Link to="/$lang/datenschutz" params={{ lang }}>
          {t('privacy')}
        </Link>
      </p>
    </>
  );
}

function DeleteAccount() {
  const t = useTranslations('personalData');
  const { version } = useAccount();
  const [asking, setAsking] = useState(false);
  const remove = useSubmit(async () => {
    await call('DELETE', '/api/v1/me', { version });
    session.forget();
  });
  return (
    <>
      <p>{t('deleteText')}</p>
      <ul>
        <li>{t('deleteGone')}</li>
        <li>{t('deleteStays')}</li>
        <li>{t('deleteFinal')}</li>
      </ul>
      <p>
        <Button variant="accent" onClick={() => setAsking(true)}>
          {t('deleteButton')}
        </Button>
      </p>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('deleteTitle')}
        confirm={t('deleteConfirm')}
        danger
        pending={remove.pending}
        error={remove.error}
        onConfirm={() => void remove.submit()}
      >
        <p>{t('deleteFinal')}</p>
      </ConfirmDialog>
    </>
  );
}

import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { Link } from '#/ui/Link';
import { ConfirmByLink } from '../ConfirmByLink';

/** Confirms a new e-mail address. */
export function ConfirmEmailPage() {
  const t = useTranslations('emailChange');
  const lang = useLanguage();
  const toAccount = (
    <p>
      <Link to="/$lang/konto" params={{ lang }}>
        {t('toAccount')}
      </Link>
    </p>
  );
  return (
    <ConfirmByLink
      title={t('title')}
      lead={t('lead')}
      confirm={t('confirm')}
      path="/auth/email-change/confirm"
      doneTitle={t('done')}
      done={
        <>
          <p>{t('doneText')}</p>
          {toAccount}
        </>
      }
      otherwise={toAccount}
    />
  );
}

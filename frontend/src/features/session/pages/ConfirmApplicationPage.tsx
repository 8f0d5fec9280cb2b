import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { Link } from '#/ui/Link';
import { ConfirmByLink } from '../ConfirmByLink';

/** Confirms the e-mail address of an application for access; only then somebody looks at it. */
export function ConfirmApplicationPage() {
  const t = useTranslations('application');
  const lang = useLanguage();
  return (
    <ConfirmByLink
      title={t('confirmTitle')}
      lead={t('confirmLead')}
      confirm={t('confirm')}
      path="/applications/verify"
      doneTitle={t('confirmed')}
      done={<p>{t('confirmedText')}</p>}
      otherwise={
        <p>
          <Link to="/$lang/zugang-beantragen" params={{ lang }}>
            {t('again')}
          </Link>
        </p>
      }
    />
  );
}

import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';

/**
 * The way to edit a record, for those who may. The pages behind the sign-in leave a mark for it; the right itself is
 * checked where the link leads.
 */
export function EditLink({ room, id }: { room: 'angebote' | 'einrichtungen'; id: string }) {
  const t = useTranslations('provenance');
  const lang = useLanguage();
  return localStorage.editor ? (
    <p className="no-print">
      <a className="link" href={`/${lang}/verwaltung/eintraege/${room}/${id}`}>
        {t('edit')}
      </a>
    </p>
  ) : null;
}

import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useVocabularies } from '#/api/hooks';
import type { Offer, Organization } from '#/api/types';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { contentDirection } from '#/app/languages';
import { Icon } from '#/ui/Icon';
import { Notice } from '#/ui/Notice';
import './text-languages.css';

/**
 * The languages the text itself can be read in, apart from the language of the page around it; and what to know about a
 * translation: made by a machine, or older than the original.
 */
export function TextLanguages({ record }: { record: Offer | Organization }) {
  const t = useTranslations('textLanguages');
  const lang = useLanguage();
  const format = useFormat();
  const translations = record.translations ?? {};
  const { concepts } = useVocabularies();
  const order = concepts('languages').map(({ code }) => code);
  const others = Object.keys(translations)
    .filter((tag) => tag !== record.contentLanguage)
    .sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const shown = translations[record.contentLanguage];
  const stale = shown?.originalVersion != null && shown.originalVersion < record.textVersion;
  const original = shown ? t('original') : undefined;
  const onlyForeign = record.contentLanguage !== lang && !shown && !record.contentLanguage.startsWith(lang);

  if (others.length === 0 && !shown && !onlyForeign) return null;
  return (
    <div className="text-languages">
      {record.machineTranslated ? <Notice tone="warning">{t('machine')}</Notice> : null}
      {stale ? <Notice tone="warning">{t('stale')}</Notice> : null}
      {onlyForeign && others.length === 0 ? (
        <p className="small muted">{t('only', { language: format.languageName(record.contentLanguage) })}</p>
      ) : null}
      {others.length > 0 || original ? (
        <p className="text-languages__line no-print">
          <Icon name="language" />
          <span>{t('also')}</span>
          {others.map((tag) => (
            <Link
              key={tag}
              to="."
              search={{ text: tag }}
              lang={tag}
              dir={contentDirection(tag)}
              resetScroll={false}
            >
              {nativeName(tag)}
            </Link>
          ))}
          {original ? (
            <Link to="." search={{ text: 'de' }} resetScroll={false}>
              {original}
            </Link>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}

/** The name of a language in that language: whoever reads it recognises it. */
function nativeName(tag: string): string {
  if (tag === 'de-simple') return 'Leichte Sprache';
  return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
}

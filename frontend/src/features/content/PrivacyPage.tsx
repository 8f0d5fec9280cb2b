import { useTranslations } from 'use-intl';
import { $api } from '#/api/client';
import { useLanguage } from '#/app/i18n';
import { TextPage } from './TextPage';

export function PrivacyPage() {
  const t = useTranslations('privacy');
  return <TextPage page="privacy" title={t('title')} end={<Inventory />} />;
}

/** What is kept of people, as the server says it: what for, by what right and for how long. */
function Inventory() {
  const t = useTranslations('privacy');
  const lang = useLanguage();
  const { data } = $api.useQuery('get', '/api/v1/privacy', { params: { query: { lang } } });
  if (!data) return null;
  return (
    <section className="text-page__section" aria-labelledby="kept">
      <h2 id="kept">{t('kept')}</h2>
      {data.review ? <p>{data.review[lang]}</p> : null}
      {data.data.map(({ category, fields, purpose, legalBasis, retention }) => (
        <section key={category.de}>
          <h3>{category[lang]}</h3>
          <dl className="text-facts">
            <Fact term={t('fields')} text={fields.map((field) => field[lang]).join('; ')} />
            <Fact term={t('purpose')} text={purpose[lang]} />
            <Fact term={t('legalBasis')} text={legalBasis[lang]} />
            <Fact term={t('retention')} text={retention[lang]} />
          </dl>
        </section>
      ))}
    </section>
  );
}

function Fact({ term, text }: { term: string; text: string }) {
  return (
    <div className="text-facts__row">
      <dt>{term}</dt>
      <dd>{text}</dd>
    </div>
  );
}

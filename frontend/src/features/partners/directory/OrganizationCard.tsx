import { useTranslations } from 'use-intl';
import { useVocabularies } from '#/api/hooks';
import type { OrganizationItem } from '#/api/types';
import { useLanguage } from '#/app/i18n';
import { Highlight } from '#/features/catalogue/parts/highlight';
import { kindIcon } from '#/features/partners/kind-icon';
import { Card } from '#/ui/Card';
import { Icon } from '#/ui/Icon';
import { Link } from '#/ui/Link';

export function OrganizationCard({ organization }: { organization: OrganizationItem }) {
  const t = useTranslations('directory');
  const lang = useLanguage();
  const { label } = useVocabularies();
  const { id, slug, name, kind, municipality, offerCount, summary, highlights } = organization;
  return (
    <Card as="article" interactive className="organization-card">
      <span className="organization-card__icon">
        <Icon name={kindIcon(kind)} size="lg" />
      </span>
      <div className="organization-card__body">
        <p className="organization-card__kind">{label('organization-kinds', kind)}</p>
        <h3 className="organization-card__name">
          <Link
            className="card__link"
            variant="standalone"
            to="/$lang/einrichtungen/$id/{-$slug}"
            params={{ lang, id, slug }}
          >
            <bdi>
              <Highlight html={highlights?.title} text={name} />
            </bdi>
          </Link>
        </h3>
        {summary ? <p className="organization-card__summary">{summary}</p> : null}
        <p className="organization-card__foot">
          {municipality ? (
            <span>
              <Icon name="pin" size="sm" />
              <bdi>{municipality}</bdi>
            </span>
          ) : null}
          <span>
            <Icon name="book" size="sm" />
            {t('offers', { count: offerCount })}
          </span>
        </p>
      </div>
    </Card>
  );
}

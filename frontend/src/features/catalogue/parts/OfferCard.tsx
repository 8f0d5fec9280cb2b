import { useTranslations } from 'use-intl';
import { useVocabularies } from '#/api/hooks';
import type { OfferItem } from '#/api/types';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { contentDirection } from '#/app/languages';
import { Badge } from '#/ui/Badge';
import { Card } from '#/ui/Card';
import { DateLeaf } from '#/ui/DateLeaf';
import { Icon } from '#/ui/Icon';
import { Link } from '#/ui/Link';
import { Highlight } from './highlight';
import { levelText } from './level';
import { usePriceText } from './price';
import { StatusBadge } from './StatusBadge';
import './offer-card.css';

/** Kinds of offers that need no date to be useful. */
const standing = new Set(['service', 'counselling', 'self-study', 'open-group']);

export interface OfferCardProps {
  offer: OfferItem;
  level?: 2 | 3;
  /** Teasers show less. */
  compact?: boolean;
  /** Left out on the page of that organisation. */
  hideOrganization?: boolean;
  onPoint?: (id: string | null) => void;
}

/** One offer in a list: when, what, who, where and how much, before anything else. */
export function OfferCard({
  offer,
  level = 3,
  compact = false,
  hideOrganization = false,
  onPoint,
}: OfferCardProps) {
  const t = useTranslations('offer');
  const lang = useLanguage();
  const format = useFormat();
  const priceText = usePriceText();
  const { label } = useVocabularies();
  const Heading = `h${level}` as const;
  const run = offer.nextRun;
  const place = run?.place ?? offer.place;
  const where =
    offer.deliveryMode === 'online' || offer.deliveryMode === 'self-paced'
      ? label('delivery-modes', offer.deliveryMode)
      : (place?.municipality ?? place?.locality ?? place?.name);
  const languageProps =
    offer.contentLanguage && offer.contentLanguage !== lang
      ? { lang: offer.contentLanguage, dir: contentDirection(offer.contentLanguage) }
      : {};

  return (
    <Card
      as="article"
      interactive
      className="offer-card"
      onPointerEnter={onPoint ? () => onPoint(offer.id) : undefined}
      onPointerLeave={onPoint ? () => onPoint(null) : undefined}
      onFocus={onPoint ? () => onPoint(offer.id) : undefined}
    >
      {run?.start ? (
        <DateLeaf dateTime={run.nextSession ?? run.start} {...format.leaf(run.nextSession ?? run.start)} />
      ) : (
        <span className="offer-card__standing">
          <Icon name={run?.rollingStart ? 'refresh' : 'door'} size="lg" />
        </span>
      )}
      <div className="offer-card__body">
        <p className="offer-card__kind">
          <span>{label('offer-kinds', offer.kind)}</span>
          {offer.example ? <Badge>{t('example')}</Badge> : null}
        </p>
        <Heading className="offer-card__title" {...languageProps}>
          <Link
            className="card__link"
            variant="standalone"
            to="/$lang/angebote/$id/{-$slug}"
            params={{ lang, id: offer.id, slug: offer.slug }}
          >
            <bdi>
              <Highlight html={offer.highlights?.title} text={offer.title} />
            </bdi>
          </Link>
        </Heading>
        {hideOrganization ? null : (
          <p className="offer-card__organization">
            <bdi>{offer.organization.name}</bdi>
          </p>
        )}
        {!compact && (offer.highlights?.text || offer.summary) ? (
          <p className="offer-card__summary" {...languageProps}>
            <Highlight html={offer.highlights?.text} text={offer.summary ?? ''} />
          </p>
        ) : null}
        <ul className="offer-card__facts">
          <li>
            <Icon name="calendar" />
            {run?.start ? (
              <span>
                {format.moment(run.start, run.end)}
                {offer.runCount > 1 ? (
                  <span className="muted"> {t('moreRuns', { count: offer.runCount - 1 })}</span>
                ) : null}
              </span>
            ) : (
              <span>
                {run?.rollingStart ? t('rollingStart') : t(standing.has(offer.kind) ? 'standing' : 'noDates')}
              </span>
            )}
          </li>
          {where ? (
            <li>
              <Icon name={offer.deliveryMode === 'online' ? 'globe' : 'pin'} />
              <span>
                <bdi>{where}</bdi>
                {typeof offer.distanceKm === 'number' ? (
                  <span className="muted">
                    {' '}
                    {t('distance', { distance: format.distance(offer.distanceKm) })}
                  </span>
                ) : null}
              </span>
            </li>
          ) : null}
          {!compact && offer.languageLevel?.to ? (
            <li>
              <Icon name="level" />
              <span>{levelText(offer.languageLevel)}</span>
            </li>
          ) : null}
        </ul>
      </div>
      <div className="offer-card__end">
        <p className={offer.price.type === 'unknown' ? 'offer-card__price muted' : 'offer-card__price'}>
          {priceText(offer.price)}
        </p>
        {run && run.status !== 'planned' ? <StatusBadge status={run.status} /> : null}
      </div>
    </Card>
  );
}

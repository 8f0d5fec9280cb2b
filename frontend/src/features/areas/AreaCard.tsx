import { useTranslations } from 'use-intl';
import type { RegionArea } from '#/api/hooks';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { Button, ButtonLink } from '#/ui/Button';
import { Card } from '#/ui/Card';

export interface AreaCardProps {
  area: RegionArea;
  amt: RegionArea | undefined;
  count: number;
  topic: string | undefined;
  onClose: () => void;
}

/** What is known about the area that was chosen on the map. */
export function AreaCard({ area, amt, count, topic, onClose }: AreaCardProps) {
  const t = useTranslations('areas');
  const lang = useLanguage();
  const format = useFormat();
  return (
    <Card as="section" tone="tint" className="area-card" aria-label={area.name}>
      <div className="area-card__head">
        <h2 className="area-card__name">{area.name}</h2>
        <Button variant="quiet" size="sm" icon="close" iconOnly onClick={onClose}>
          {t('closeArea', { name: area.name })}
        </Button>
      </div>
      <p>
        {[
          amt?.kind === 'amt' ? amt.name : null,
          area.postcodes.length > 0 && area.postcodes.length <= 4 ? area.postcodes.join(', ') : null,
          t('residents', { count: format.number(area.population) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p className="area-card__actions">
        <ButtonLink
          to="/$lang/angebote"
          params={{ lang }}
          search={{ area: [area.key], topic: topic ? [topic] : undefined }}
        >
          {t('showOffers', { count })}
        </ButtonLink>
        <ButtonLink
          variant="secondary"
          to="/$lang/einrichtungen"
          params={{ lang }}
          search={{ area: [area.key] }}
        >
          {t('showOrganizations')}
        </ButtonLink>
      </p>
    </Card>
  );
}

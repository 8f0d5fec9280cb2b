import { useTranslations } from 'use-intl';
import type { PlaceSummary } from '#/api/types';

/** Name and address of a place, as one writes it on an envelope. */
export function PlaceText({ place, brief = false }: { place: PlaceSummary; brief?: boolean }) {
  const t = useTranslations('offerPage');
  const { street, postalCode, locality, district } = place.address;
  const town = [postalCode, locality].filter(Boolean).join(' ');
  return (
    <>
      <p className={brief ? 'small' : undefined}>
        <bdi>{place.name}</bdi>
      </p>
      {street || town ? (
        <p className="small">
          {[street, district ? `${town} (${district})` : town].filter(Boolean).join(', ')}
        </p>
      ) : null}
      {place.publicTransport && !brief ? (
        <p className="small muted">
          {t('publicTransport')} {place.publicTransport}
        </p>
      ) : null}
    </>
  );
}

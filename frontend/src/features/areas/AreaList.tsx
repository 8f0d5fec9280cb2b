import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { RegionArea } from '#/api/hooks';
import { useLanguage } from '#/app/i18n';
import { Disclosure } from '#/ui/Disclosure';
import { EmptyState } from '#/ui/EmptyState';
import { Link } from '#/ui/Link';
import { groupByAmt } from './area-groups';

export interface AreaListProps {
  areas: readonly RegionArea[];
  byKey: ReadonlyMap<string, RegionArea>;
  counts: Record<string, number>;
  /** Municipalities that match what was typed; without it all are listed under their Amt. */
  found: RegionArea[] | null;
  topic: string | undefined;
  onPoint: (key: string | null) => void;
}

/** The map in words: every municipality with its number of offers, each a link to them. */
export function AreaList({ areas, byKey, counts, found, topic, onPoint }: AreaListProps) {
  const t = useTranslations('areas');
  const groups = useMemo(() => groupByAmt(areas, counts), [areas, counts]);
  const rows = (list: RegionArea[], withAmt: boolean) => (
    <ul className="area-list">
      {list.map((area) => (
        <AreaRow
          key={area.key}
          area={area}
          detail={withAmt ? detailOf(area, byKey) : undefined}
          count={counts[area.key] ?? 0}
          topic={topic}
          onPoint={onPoint}
        />
      ))}
    </ul>
  );

  if (found) {
    return found.length > 0 ? (
      <section>
        <h2 className="area-list__title">{t('found', { count: found.length })}</h2>
        {rows(found, true)}
      </section>
    ) : (
      <EmptyState icon="pin" title={t('found', { count: 0 })}>
        <p>{t('notFoundHint')}</p>
      </EmptyState>
    );
  }
  return (
    <section>
      <h2 className="area-list__title">{t('listTitle')}</h2>
      {groups.map(({ amt, municipalities, count }) => (
        <Disclosure
          key={amt?.key ?? 'towns'}
          summary={amt?.name ?? t('towns')}
          badge={<span className="muted small">{t('offers', { count })}</span>}
          defaultOpen={!amt}
        >
          {amt ? (
            <p className="area-list__whole">
              <OffersLink area={amt} topic={topic}>
                {t('wholeAmt', { name: amt.name })}
              </OffersLink>
            </p>
          ) : null}
          {rows(municipalities, false)}
        </Disclosure>
      ))}
    </section>
  );
}

function detailOf(area: RegionArea, byKey: ReadonlyMap<string, RegionArea>): string {
  const parent = byKey.get(area.parent ?? '');
  return [parent?.kind === 'amt' ? parent.name : undefined, area.postcodes.join(', ')]
    .filter(Boolean)
    .join(' · ');
}

function OffersLink({
  area,
  topic,
  children,
}: {
  area: RegionArea;
  topic: string | undefined;
  children: React.ReactNode;
}) {
  const lang = useLanguage();
  return (
    <Link
      to="/$lang/angebote"
      params={{ lang }}
      search={{ area: [area.key], topic: topic ? [topic] : undefined }}
      preload={false}
    >
      {children}
    </Link>
  );
}

interface AreaRowProps extends Pick<AreaListProps, 'topic' | 'onPoint'> {
  area: RegionArea;
  detail: string | undefined;
  count: number;
}

function AreaRow({ area, detail, count, topic, onPoint }: AreaRowProps) {
  const t = useTranslations('areas');
  return (
    <li
      className="area-list__row"
      onPointerEnter={() => onPoint(area.key)}
      onPointerLeave={() => onPoint(null)}
      onFocus={() => onPoint(area.key)}
      onBlur={() => onPoint(null)}
    >
      <span className="area-list__name">
        <OffersLink area={area} topic={topic}>
          {area.name}
        </OffersLink>
        {detail ? <span className="muted small">{detail}</span> : null}
      </span>
      <span className="area-list__count">{t('offers', { count })}</span>
    </li>
  );
}

import { useTranslations } from 'use-intl';
import { shadeLimits } from '#/ui/RegionMap/geometry';

/** Which shade means how many offers. */
export function Legend({ values }: { values: number[] }) {
  const t = useTranslations('areas');
  const limits = shadeLimits(values);
  const steps = [
    { shade: 0, text: '0' },
    ...limits.map((limit, index) => {
      const from = (limits[index - 1] ?? 0) + 1;
      return { shade: index + 1, text: from === limit ? `${limit}` : `${from}–${limit}` };
    }),
  ];
  return (
    <span className="map-legend">
      <span>{t('legend')}</span>
      {steps.map(({ shade, text }) => (
        <span key={shade} className="map-legend__step">
          <svg className="map-legend__swatch" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <rect className={`region-map__area region-map__area--${shade}`} width="20" height="20" />
          </svg>
          {text}
        </span>
      ))}
    </span>
  );
}

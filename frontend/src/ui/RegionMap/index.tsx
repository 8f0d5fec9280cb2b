import { useMemo } from 'react';
import { cx } from '#/ui/cx';
import { type AreaTopology, drawRegion, shadeLimits, shadeOf } from './geometry';
import './style.css';

export type { AreaTopology };

export interface MapPoint {
  id: string;
  lon: number;
  lat: number;
}

export interface RegionMapProps {
  topology: AreaTopology;
  /** What the drawing shows, for those who do not see it. The same facts must stand in a list beside it. */
  label: string;
  /** Number per area key; areas are shaded by it. */
  counts?: Record<string, number>;
  /** Words under the pointer, for example “Parchim: 87 Angebote”. */
  describe?: (name: string, count: number) => string;
  selected?: readonly string[];
  /** Key of the area that is pointed at in the list beside the map. */
  highlighted?: string | null;
  points?: MapPoint[];
  highlightedPoint?: string | null;
  /** Keys of areas whose names are written into the map. */
  labelled?: readonly string[];
  /** Centre and radius (km) of the search around a place. */
  circle?: { lon: number; lat: number; km: number } | null;
  onSelect?: (key: string) => void;
  onHighlight?: (key: string | null) => void;
  className?: string;
}

const width = 800;
const height = 560;

/**
 * The region as a drawing without any map service. It is operated by pointer only: whoever uses it offers the same
 * choice as a list or as checkboxes, which the keyboard reaches.
 */
export function RegionMap(props: RegionMapProps) {
  const {
    topology,
    label,
    counts,
    describe,
    selected = [],
    highlighted,
    points = [],
    highlightedPoint,
  } = props;
  const { labelled = [], circle, onSelect, onHighlight, className } = props;
  const region = useMemo(() => drawRegion(topology, width, height), [topology]);
  // Counts may hold larger units as well; only what is drawn decides the shades.
  const limits = useMemo(
    () => shadeLimits(region.areas.map((area) => counts?.[area.key] ?? 0)),
    [region, counts],
  );
  const ring = circle ? ringOf(circle, region.project) : null;

  return (
    <svg
      className={cx('region-map', onSelect && 'region-map--selectable', className)}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      focusable="false"
      onPointerLeave={() => onHighlight?.(null)}
    >
      <g>
        {region.areas.map((area) => {
          const count = counts?.[area.key] ?? 0;
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: pointer shortcut for the list beside the map.
            <path
              key={area.key}
              d={area.path}
              className={cx(
                'region-map__area',
                counts && `region-map__area--${shadeOf(count, limits)}`,
                selected.includes(area.key) && 'region-map__area--selected',
                highlighted === area.key && 'region-map__area--highlighted',
              )}
              onClick={onSelect ? () => onSelect(area.key) : undefined}
              onPointerEnter={onHighlight ? () => onHighlight(area.key) : undefined}
            >
              <title>{describe ? describe(area.name, count) : area.name}</title>
            </path>
          );
        })}
      </g>
      <path className="region-map__outline" d={region.outline} />
      {region.areas
        .filter((area) => selected.includes(area.key) || highlighted === area.key)
        .map((area) => (
          <path key={area.key} className="region-map__frame" d={area.path} />
        ))}
      {ring ? <circle className="region-map__ring" cx={ring.x} cy={ring.y} r={ring.r} /> : null}
      {points.map((point) => {
        const at = region.project(point.lon, point.lat);
        return at ? (
          <circle
            key={point.id}
            className={cx('region-map__point', point.id === highlightedPoint && 'region-map__point--active')}
            cx={at[0].toFixed(1)}
            cy={at[1].toFixed(1)}
            r={point.id === highlightedPoint ? 11 : 6}
          />
        ) : null;
      })}
      {region.areas
        .filter((area) => labelled.includes(area.key))
        .map((area) => (
          <text
            key={area.key}
            className="region-map__name"
            x={area.centre[0].toFixed(1)}
            y={(area.centre[1] + 5).toFixed(1)}
          >
            {area.name}
          </text>
        ))}
    </svg>
  );
}

function ringOf(
  { lon, lat, km }: { lon: number; lat: number; km: number },
  project: (lon: number, lat: number) => [number, number] | null,
): { x: number; y: number; r: number } | null {
  const centre = project(lon, lat);
  const north = project(lon, lat + km / 111.2);
  if (!centre || !north) return null;
  return { x: centre[0], y: centre[1], r: Math.abs(centre[1] - north[1]) };
}

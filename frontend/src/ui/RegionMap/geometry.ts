import { type GeoProjection, geoMercator, geoPath } from 'd3-geo';
import type { FeatureCollection, Geometry, Point } from 'geojson';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

/** Boundaries as the API sends them: TopoJSON with one object, geometries with the official key as `id`. */
export type AreaTopology = Topology<Record<string, GeometryCollection<{ name: string }>>>;

export interface DrawnArea {
  key: string;
  name: string;
  path: string;
  /** Middle of the drawing, in the units of the view box. */
  centre: [number, number];
}

export interface DrawnRegion {
  areas: DrawnArea[];
  outline: string;
  project: (lon: number, lat: number) => [number, number] | null;
}

/** Projects all areas once for a view box of `width` × `height`. */
export function drawRegion(topology: AreaTopology, width: number, height: number, padding = 6): DrawnRegion {
  const object = Object.values(topology.objects)[0];
  if (!object) return { areas: [], outline: '', project: () => null };
  const collection = feature(topology, object) as FeatureCollection<Geometry, { name: string }>;
  const projection: GeoProjection = geoMercator().fitExtent(
    [
      [padding, padding],
      [width - padding, height - padding],
    ],
    collection,
  );
  const path = geoPath(projection).digits(1);
  const border = mesh(topology, object, (a, b) => a === b);
  return {
    areas: collection.features.map((area) => ({
      key: String(area.id),
      name: area.properties.name,
      path: path(area) ?? '',
      centre: path.centroid(area),
    })),
    outline: path(border) ?? '',
    project: (lon, lat) => projection([lon, lat] as unknown as Point['coordinates'] as [number, number]),
  };
}

/**
 * Upper limits of up to five shades, so that about the same number of areas falls into each.
 * Areas without anything are not counted: they have a shade of their own.
 */
export function shadeLimits(values: number[], shades = 5): number[] {
  const sorted = values.filter((value) => value > 0).sort((a, b) => a - b);
  const limits: number[] = [];
  for (let shade = 1; shade <= shades; shade++) {
    const limit = sorted[Math.ceil((shade / shades) * sorted.length) - 1];
    if (limit !== undefined && limit !== limits.at(-1)) limits.push(limit);
  }
  return limits;
}

/** 0 for nothing, else 1 … number of limits. */
export function shadeOf(value: number, limits: number[]): number {
  if (value <= 0) return 0;
  const index = limits.findIndex((limit) => value <= limit);
  return index === -1 ? limits.length : index + 1;
}

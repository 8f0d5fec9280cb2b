import type { ExampleSet } from '#/ui/examples';
import { type AreaTopology, RegionMap } from '.';

/** Two neighbours sharing one border. */
const topology: AreaTopology = {
  type: 'Topology',
  arcs: [
    [
      [11.4, 53.3],
      [11.4, 53.5],
    ],
    [
      [11.4, 53.5],
      [11.1, 53.5],
      [11.1, 53.3],
      [11.4, 53.3],
    ],
    [
      [11.4, 53.5],
      [11.8, 53.45],
      [11.8, 53.3],
      [11.4, 53.3],
    ],
  ],
  objects: {
    municipalities: {
      type: 'GeometryCollection',
      geometries: [
        { type: 'Polygon', id: 'west', properties: { name: 'Westdorf' }, arcs: [[0, 1]] },
        { type: 'Polygon', id: 'east', properties: { name: 'Ostdorf' }, arcs: [[2, ~0]] },
      ],
    },
  },
};

export default {
  title: 'RegionMap',
  examples: [
    {
      name: 'shaded, one selected, points and radius',
      render: () => (
        <RegionMap
          topology={topology}
          label="Karte mit zwei Gemeinden"
          counts={{ west: 4, east: 12 }}
          selected={['east']}
          labelled={['west', 'east']}
          points={[{ id: 'p', lon: 11.3, lat: 53.4 }]}
          circle={{ lon: 11.3, lat: 53.4, km: 8 }}
          onSelect={() => undefined}
        />
      ),
    },
  ],
} satisfies ExampleSet;

//! Boundaries of the municipalities: TopoJSON decoded to rings, and the point-in-polygon question.

use super::{GeoPoint, RegionError};
use serde::Deserialize;

/// Boundaries by area key.
#[derive(Debug, Clone, Default)]
pub struct Boundaries(Vec<Shape>);

#[derive(Debug, Clone)]
struct Shape {
    key: String,
    bbox: [f64; 4],
    rings: Vec<Vec<[f64; 2]>>,
}

#[derive(Deserialize)]
struct Topology {
    #[serde(default)]
    transform: Option<Transform>,
    arcs: Vec<Vec<Vec<f64>>>,
    objects: Objects,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Objects {
    municipalities: Collection,
}

#[derive(Deserialize)]
struct Collection {
    geometries: Vec<Geometry>,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Geometry {
    Polygon { id: String, arcs: Vec<Vec<i64>> },
    MultiPolygon { id: String, arcs: Vec<Vec<Vec<i64>>> },
}

impl Boundaries {
    /// Decodes `TopoJSON` with an object `municipalities` whose geometries carry the area key as `id`.
    pub(super) fn parse(json: &[u8]) -> Result<Self, RegionError> {
        let topology: Topology = serde_json::from_slice(json).map_err(|e| RegionError::Json("boundaries.topo.json", e))?;
        let arcs: Vec<Vec<[f64; 2]>> = topology.arcs.iter().map(|arc| decode(arc, topology.transform.as_ref())).collect();
        let shapes = topology.objects.municipalities.geometries.into_iter().map(|geometry| {
            let (key, rings) = match geometry {
                Geometry::Polygon { id, arcs } => (id, arcs),
                Geometry::MultiPolygon { id, arcs } => (id, arcs.into_iter().flatten().collect()),
            };
            let rings = rings.iter().map(|ring| stitch(ring, &arcs)).collect::<Result<Vec<_>, _>>()?;
            let mut bbox = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
            for [x, y] in rings.iter().flatten() {
                bbox = [bbox[0].min(*x), bbox[1].min(*y), bbox[2].max(*x), bbox[3].max(*y)];
            }
            Ok(Shape { key, bbox, rings })
        });
        Ok(Self(shapes.collect::<Result<_, RegionError>>()?))
    }

    /// The key of the shape that contains `point` (even–odd rule, so holes are outside).
    pub(super) fn locate(&self, point: GeoPoint) -> Option<&str> {
        let (x, y) = (point.lon, point.lat);
        let inside = |shape: &&Shape| {
            let [west, south, east, north] = shape.bbox;
            x >= west && x <= east && y >= south && y <= north && shape.rings.iter().filter(|ring| crosses_odd(ring, x, y)).count() % 2 == 1
        };
        self.0.iter().find(inside).map(|shape| shape.key.as_str())
    }
}

fn decode(arc: &[Vec<f64>], transform: Option<&Transform>) -> Vec<[f64; 2]> {
    let (mut x, mut y) = (0.0, 0.0);
    arc.iter()
        .filter_map(|position| match (position.as_slice(), transform) {
            ([dx, dy, ..], Some(t)) => {
                (x, y) = (x + dx, y + dy);
                Some([x * t.scale[0] + t.translate[0], y * t.scale[1] + t.translate[1]])
            }
            ([x, y, ..], None) => Some([*x, *y]),
            _ => None,
        })
        .collect()
}

/// Joins arcs to a ring; a negative index `~i` is arc `i` backwards.
fn stitch(ring: &[i64], arcs: &[Vec<[f64; 2]>]) -> Result<Vec<[f64; 2]>, RegionError> {
    let mut points = Vec::new();
    for index in ring {
        let (wanted, backwards) = if *index < 0 { (!*index, true) } else { (*index, false) };
        let arc =
            usize::try_from(wanted).ok().and_then(|i| arcs.get(i)).ok_or_else(|| RegionError::Topology(format!("arc {index} does not exist")))?;
        let skip = usize::from(!points.is_empty());
        if backwards {
            points.extend(arc.iter().rev().skip(skip));
        } else {
            points.extend(arc.iter().skip(skip));
        }
    }
    Ok(points)
}

fn crosses_odd(ring: &[[f64; 2]], x: f64, y: f64) -> bool {
    let mut inside = false;
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let ([ax, ay], [bx, by]) = (*a, *b);
        if (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax {
            inside = !inside;
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO_SQUARES: &str = r#"{"type":"Topology","transform":{"scale":[0.1,0.1],"translate":[11,53]},
      "arcs":[[[10,0],[0,10]],[[10,10],[-10,0],[0,-10],[10,0]],[[10,0],[10,0],[0,10],[-10,0]]],
      "objects":{"municipalities":{"type":"GeometryCollection","geometries":[
        {"type":"Polygon","id":"west","properties":{},"arcs":[[0,1]]},
        {"type":"Polygon","id":"east","properties":{},"arcs":[[2,-1]]}]}}}"#;

    #[test]
    fn shared_borders_are_decoded_both_ways() {
        let boundaries = Boundaries::parse(TWO_SQUARES.as_bytes()).unwrap();
        let at = |lon, lat| boundaries.locate(GeoPoint { lat, lon });
        assert_eq!(at(11.5, 53.5), Some("west"));
        assert_eq!(at(12.5, 53.5), Some("east"));
        assert_eq!(at(13.5, 53.5), None);
    }

    #[test]
    fn a_missing_arc_is_refused() {
        let broken = TWO_SQUARES.replace("[2,-1]", "[9]");
        assert!(matches!(Boundaries::parse(broken.as_bytes()), Err(RegionError::Topology(_))));
    }
}

//! Positions of a geometry, and the reference system they are in.

use crate::geojson::feature::Extent;
use crate::xml::Element;

/// Elements that hold numbers.
const POSITIONS: [&str; 5] = ["pos", "posList", "coordinates", "lowerCorner", "upperCorner"];

/// Whether an element has positions anywhere inside.
pub(super) fn is_geometry(element: &Element) -> bool {
    POSITIONS.contains(&element.name.as_str()) || element.children.iter().any(is_geometry)
}

/// The name of the reference system, wherever it stands.
pub(super) fn system(element: &Element) -> Option<&str> {
    element.attribute("srsName").or_else(|| element.children.iter().find_map(system))
}

/// Adds all positions; returns the name of the reference system, if it is given.
pub(super) fn positions<'e>(element: &'e Element, extent: &mut Extent) -> Option<&'e str> {
    walk(element, 2, extent);
    system(element)
}

fn walk(element: &Element, dimensions: usize, extent: &mut Extent) {
    let dimensions = element.attribute("srsDimension").and_then(|text| text.parse().ok()).filter(|n| matches!(n, 2 | 3)).unwrap_or(dimensions);
    if POSITIONS.contains(&element.name.as_str()) {
        // GML 2: "x,y x,y"; since GML 3: "x y x y".
        let tuples = element.name == "coordinates" && element.text.contains(',');
        if tuples {
            for tuple in element.text.split_whitespace() {
                let mut numbers = tuple.split(',').map(str::parse);
                if let (Some(Ok(first)), Some(Ok(second))) = (numbers.next(), numbers.next()) {
                    extent.add(first, second);
                }
            }
        } else {
            let numbers: Vec<f64> = element.text.split_whitespace().map_while(|number| number.parse().ok()).collect();
            // A single position has as many dimensions as it has numbers.
            let step = if element.name == "posList" { dimensions } else { numbers.len().max(2) };
            for position in numbers.chunks_exact(step) {
                if let [first, second, ..] = position {
                    extent.add(*first, *second);
                }
            }
        }
    }
    element.children.iter().for_each(|child| walk(child, dimensions, extent));
}

//! GML of a Web Feature Service: nested collections, and the order of axes that the name of the system says.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use domain::areas::GeoPoint;
use domain::catalogue::Draft;
use domain::partners::ImportFormat::Gml;

fn geo(draft: Draft) -> Option<GeoPoint> {
    match draft {
        Draft::Organization(draft) => draft.geo,
        Draft::Place(draft) => draft.geo,
        Draft::Offer(_) => panic!(),
    }
}

#[test]
fn features_of_every_reference_system() {
    let items = items(Gml, &fixture("gml/schools.xml"));
    let told: Vec<_> = items.iter().map(|i| (i.kind.unwrap().code(), i.external_id.as_deref().unwrap())).collect();
    assert_eq!(told, [("organization", "75130001"), ("organization", "b.1"), ("place", "o.1"), ("place", "o.2"), ("place", "o.3")]);
    let school = organization(&items);
    assert_eq!((school.kind.as_str(), school.address.unwrap().postal_code.as_deref()), ("primary-school", Some("19370")));
    for index in [0, 1, 2, 4] {
        let point = geo(decoded(&items[index]).0).unwrap();
        assert!(point.distance_km(GeoPoint { lat: 53.4258, lon: 11.8481 }) < 0.001, "{index}: {point:?}");
    }
    assert_eq!(geo(decoded(&items[3]).0), None);
    assert_eq!(problems(&items[3]), [("/geometry".to_owned(), "crs-unknown".to_owned())]);
    assert_eq!(problems(&items[4]), [("/geometry".to_owned(), "axes-swapped".to_owned())], "the system of the collection, the order of another one");
    assert!(items.iter().all(|i| !String::from_utf8_lossy(&i.payload).contains("Geheim")), "heads of schools are persons");
}

#[test]
fn other_files_are_refused() {
    assert_eq!(refused(Gml, b"<kurse/>").0, "file-format-wrong");
    assert_eq!(refused(Gml, b"<FeatureCollection/>").0, "file-empty");
    let doctype = b"<!DOCTYPE x [<!ENTITY a 'b'>]><FeatureCollection><member><a><name>&a;</name></a></member></FeatureCollection>";
    assert_eq!(refused(Gml, doctype).0, "xml-doctype");
    let report = b"<ows:ExceptionReport><ows:Exception exceptionCode='InvalidParameterValue'><ows:ExceptionText>no such layer</ows:ExceptionText></ows:Exception></ows:ExceptionReport>";
    assert_eq!(refused(Gml, report).0, "file-format-wrong");
    assert_eq!(refused(Gml, "<FeatureCollection><member>".repeat(40).as_bytes()).0, "xml-too-deep");
    let whole = fixture("gml/schools.xml");
    for cut in [whole.len() - 3, whole.len() / 2, 300] {
        assert_eq!(refused(Gml, &whole[..cut]).0, "file-truncated", "{cut}");
    }
}

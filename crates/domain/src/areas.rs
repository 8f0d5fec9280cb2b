//! Areas: the region's administrative units, read from data, and how a place finds its own.

mod boundaries;
mod holidays;

pub use boundaries::Boundaries;
pub use holidays::{Holiday, HolidayKind};

use crate::text::fold;
use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use utoipa::ToSchema;

/// A point in WGS 84, degrees.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GeoPoint {
    /// Latitude, −90 to 90.
    #[schema(minimum = -90, maximum = 90, examples(53.4258))]
    pub lat: f64,
    /// Longitude, −180 to 180.
    #[schema(minimum = -180, maximum = 180, examples(11.8481))]
    pub lon: f64,
}

impl GeoPoint {
    /// Great-circle distance in kilometres.
    pub fn distance_km(self, other: Self) -> f64 {
        let (lat1, lat2) = (self.lat.to_radians(), other.lat.to_radians());
        let (dlat, dlon) = (lat2 - lat1, (other.lon - self.lon).to_radians());
        let a = (dlat / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (dlon / 2.0).sin().powi(2);
        2.0 * 6371.0088 * a.sqrt().min(1.0).asin()
    }

    /// Whether this can be a place in or around Germany; real feeds swap or zero their coordinates.
    pub fn plausible(self) -> bool {
        (46.0..=56.0).contains(&self.lat) && (4.0..=17.0).contains(&self.lon)
    }
}

/// The level of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AreaKind {
    /// Landkreis.
    County,
    /// Planungsraum.
    PlanningArea,
    /// Amt.
    Amt,
    /// Gemeinde.
    Municipality,
    /// Ortsteil.
    District,
}

/// One administrative unit.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Area {
    /// Key: AGS of a municipality (8 digits), ARS of an Amt (9 digits), AGS of the county (5 digits).
    #[schema(examples("13076108"))]
    pub key: String,
    /// Regional key (ARS) with all its digits.
    pub ars: String,
    /// Level.
    pub kind: AreaKind,
    /// Official name.
    pub name: String,
    /// Whether the municipality is a town.
    #[serde(default)]
    pub town: bool,
    /// Key of the area it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Residents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<u32>,
    /// Day of the population figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population_date: Option<NaiveDate>,
    /// Area in square kilometres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_km2: Option<f64>,
    /// Centre as GeoJSON position `[lon, lat]`.
    pub centre: [f64; 2],
    /// Postcodes in use.
    #[serde(default)]
    pub postcodes: Vec<String>,
}

/// Where a fact of the region comes from.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Attribution {
    /// Which data.
    pub what: String,
    /// The text that has to be shown.
    pub text: String,
    /// Licence.
    pub licence: String,
    /// Address of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Facts about the region as a whole.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegionInfo {
    /// Key of the region, its AGS.
    pub key: String,
    /// Official name.
    pub name: String,
    /// Short name for headings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_name: Option<String>,
    /// IANA time zone.
    #[schema(value_type = String)]
    pub time_zone: Tz,
    /// Centre as GeoJSON position.
    pub centre: [f64; 2],
    /// Bounding box west, south, east, north.
    pub bbox: [f64; 4],
    /// Sources that have to be named.
    #[serde(default)]
    pub attribution: Vec<Attribution>,
}

/// A region: its areas, boundaries and holidays.
#[derive(Debug, Clone)]
pub struct Region {
    info: RegionInfo,
    areas: Vec<Area>,
    holidays: Vec<Holiday>,
    boundaries: Boundaries,
    by_key: HashMap<String, usize>,
    by_postcode: BTreeMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
}

/// Why a region cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RegionError {
    /// A file is not JSON of the documented shape.
    #[error("region file {0}: {1}")]
    Json(&'static str, serde_json::Error),
    /// A boundary file is not the TopoJSON we read.
    #[error("region file boundaries.topo.json: {0}")]
    Topology(String),
    /// A key stands twice.
    #[error("area {0} stands twice")]
    Duplicate(String),
    /// A parent does not exist.
    #[error("area {0} belongs to {1}, which does not exist")]
    Parent(String, String),
}

/// The JSON files of a region folder.
#[derive(Debug, Clone, Copy)]
pub struct RegionFiles<'a> {
    /// `region.json`
    pub region: &'a [u8],
    /// `areas.json`
    pub areas: &'a [u8],
    /// `boundaries.topo.json`
    pub boundaries: &'a [u8],
    /// `holidays.json`
    pub holidays: &'a [u8],
}

impl Region {
    /// Reads a region from its files and checks that keys and parents fit.
    pub fn parse(files: RegionFiles<'_>) -> Result<Self, RegionError> {
        let info = serde_json::from_slice(files.region).map_err(|e| RegionError::Json("region.json", e))?;
        let areas: Vec<Area> = serde_json::from_slice(files.areas).map_err(|e| RegionError::Json("areas.json", e))?;
        let holidays = serde_json::from_slice(files.holidays).map_err(|e| RegionError::Json("holidays.json", e))?;
        let boundaries = Boundaries::parse(files.boundaries)?;
        let (mut by_key, mut by_postcode, mut by_name) = (HashMap::new(), BTreeMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        for (i, area) in areas.iter().enumerate() {
            if by_key.insert(area.key.clone(), i).is_some() {
                return Err(RegionError::Duplicate(area.key.clone()));
            }
            if area.kind == AreaKind::Municipality {
                by_name.entry(fold(&area.name)).or_default().push(i);
                for postcode in &area.postcodes {
                    by_postcode.entry(postcode.clone()).or_default().push(i);
                }
            }
        }
        for area in &areas {
            if let Some(parent) = area.parent.as_ref().filter(|parent| !by_key.contains_key(*parent)) {
                return Err(RegionError::Parent(area.key.clone(), parent.clone()));
            }
        }
        Ok(Self { info, areas, holidays, boundaries, by_key, by_postcode, by_name })
    }

    /// Facts about the region as a whole.
    pub fn info(&self) -> &RegionInfo {
        &self.info
    }

    /// All areas.
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// School and public holidays.
    pub fn holidays(&self) -> &[Holiday] {
        &self.holidays
    }

    /// The area with this key.
    pub fn area(&self, key: &str) -> Option<&Area> {
        self.by_key.get(key).and_then(|i| self.areas.get(*i))
    }

    /// The key and the keys of everything it belongs to, smallest first.
    pub fn with_ancestors(&self, key: &str) -> Vec<String> {
        let mut keys = Vec::new();
        let mut next = self.area(key);
        while let Some(area) = next.filter(|area| !keys.contains(&area.key)) {
            keys.push(area.key.clone());
            next = area.parent.as_ref().and_then(|parent| self.area(parent));
        }
        keys
    }

    /// The municipalities that use a postcode; several are normal in the country.
    pub fn by_postcode(&self, postcode: &str) -> Vec<&Area> {
        self.by_postcode.get(postcode).into_iter().flatten().filter_map(|i| self.areas.get(*i)).collect()
    }

    /// The municipalities with a name; an ambiguous name stays ambiguous.
    pub fn by_name(&self, name: &str) -> Vec<&Area> {
        self.by_name.get(&fold(name.trim())).into_iter().flatten().filter_map(|i| self.areas.get(*i)).collect()
    }

    /// The municipality a point lies in.
    pub fn by_point(&self, point: GeoPoint) -> Option<&Area> {
        self.boundaries.locate(point).and_then(|key| self.area(key))
    }

    /// The municipality of an address: by point, else by postcode, the name only deciding among the postcode's municipalities.
    pub fn municipality_of(&self, point: Option<GeoPoint>, postcode: Option<&str>, locality: Option<&str>) -> Option<&Area> {
        if let Some(found) = point.and_then(|point| self.by_point(point)) {
            return Some(found);
        }
        let candidates = self.by_postcode(postcode?);
        if let [only] = candidates.as_slice() {
            return Some(only);
        }
        let wanted = fold(locality?.trim());
        let mut named = candidates.into_iter().filter(|area| names_match(&fold(&area.name), &wanted));
        named.next().filter(|_| named.next().is_none())
    }

    /// The centre of a postcode: the mean of its municipalities' centres, weighted by residents.
    pub fn postcode_centre(&self, postcode: &str) -> Option<GeoPoint> {
        let areas = self.by_postcode(postcode);
        let weight = |a: &Area| f64::from(a.population.unwrap_or(1).max(1));
        let total: f64 = areas.iter().map(|a| weight(a)).sum();
        (total > 0.0).then(|| GeoPoint {
            lat: areas.iter().map(|a| a.centre[1] * weight(a)).sum::<f64>() / total,
            lon: areas.iter().map(|a| a.centre[0] * weight(a)).sum::<f64>() / total,
        })
    }
}

/// `Parchim` and `Parchim, Stadt` and `Boizenburg/Elbe` and `Boizenburg` are the same place once the postcode fits.
fn names_match(official: &str, given: &str) -> bool {
    let head = |text: &str| text.split([',', '/', '(']).next().unwrap_or_default().trim().to_owned();
    official == given || head(official) == head(given)
}

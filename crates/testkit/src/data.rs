//! The repository's own region and vocabularies.

use domain::areas::{Region, RegionFiles};
use domain::vocabularies::Vocabularies;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// The folder `data` of the repository.
pub fn data_folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data"))
}

/// The bytes of a file in `data`.
pub fn read_data(path: &str) -> Vec<u8> {
    let path = data_folder().join(path);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The first region. Read once a process.
pub fn region() -> Arc<Region> {
    static REGION: OnceLock<Arc<Region>> = OnceLock::new();
    let read = || {
        let file = |name: &str| read_data(&format!("region/13076/{name}"));
        let (region, areas, boundaries, holidays) = (file("region.json"), file("areas.json"), file("boundaries.topo.json"), file("holidays.json"));
        Arc::new(Region::parse(RegionFiles { region: &region, areas: &areas, boundaries: &boundaries, holidays: &holidays }).unwrap())
    };
    Arc::clone(REGION.get_or_init(read))
}

/// All vocabularies. Read once a process.
pub fn vocabularies() -> Arc<Vocabularies> {
    static VOCABULARIES: OnceLock<Arc<Vocabularies>> = OnceLock::new();
    let read = || {
        let folder = std::fs::read_dir(data_folder().join("vocabularies")).unwrap();
        let mut paths: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let files: Vec<_> = paths.iter().map(|path| (path.display().to_string(), std::fs::read(path).unwrap())).collect();
        Arc::new(Vocabularies::parse(files.iter().map(|(name, bytes)| (name.clone(), bytes.as_slice()))).unwrap())
    };
    Arc::clone(VOCABULARIES.get_or_init(read))
}

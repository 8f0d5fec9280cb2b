//! Region, vocabularies and word lists: embedded in the binary, or read from a folder of the operator's.

use anyhow::{Context, Result, bail};
use domain::areas::{Region, RegionFiles};
use domain::vocabularies::Vocabularies;
use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::path::Path;

#[derive(RustEmbed)]
#[folder = "../../data"]
#[include = "*.txt"]
#[include = "vocabularies/*.json"]
#[include = "region/*/*.json"]
struct Embedded;

/// What the catalogue knows about its region before the first record.
pub struct Data {
    /// Areas, boundaries and holidays.
    pub region: Region,
    /// Controlled vocabularies.
    pub vocabularies: Vocabularies,
    /// Word lists of the search.
    pub words: Words,
    /// `boundaries.topo.json` as it stands, for the map.
    pub boundaries: Vec<u8>,
}

/// Word lists of the search, as text.
pub struct Words {
    /// Groups of words with one meaning.
    pub synonyms: String,
    /// Parts that compounds are split into.
    pub compounds: String,
    /// Words whose stem differs from what the algorithm says.
    pub stem_overrides: String,
}

impl Data {
    /// Reads the embedded data; with `folder`, the region's files come from there instead. It holds `region.json`, `areas.json`,
    /// `boundaries.topo.json`, `holidays.json` and, if other words are wanted, `vocabularies/`, `synonyms.txt`, `compounds.txt`,
    /// `stem-overrides.txt`.
    pub fn load(folder: Option<&Path>) -> Result<Self> {
        let files = Files { folder };
        let [region, areas, boundaries, holidays] =
            ["region.json", "areas.json", "boundaries.topo.json", "holidays.json"].map(|name| files.region(name));
        let (region, areas, boundaries, holidays) = (region?, areas?, boundaries?, holidays?);
        let parsed = Region::parse(RegionFiles { region: &region, areas: &areas, boundaries: &boundaries, holidays: &holidays })?;
        let vocabularies = files.vocabularies()?;
        let vocabularies = Vocabularies::parse(vocabularies.iter().map(|(name, json)| (name.clone(), json.as_ref())))?;
        let words = Words {
            synonyms: files.text("synonyms.txt")?,
            compounds: files.text("compounds.txt")?,
            stem_overrides: files.text("stem-overrides.txt")?,
        };
        Ok(Self { region: parsed, vocabularies, words, boundaries: boundaries.into_owned() })
    }
}

struct Files<'a> {
    folder: Option<&'a Path>,
}

impl Files<'_> {
    fn region(&self, name: &str) -> Result<Cow<'static, [u8]>> {
        if let Some(folder) = self.folder {
            return read(&folder.join(name));
        }
        let mut regions: Vec<_> = Embedded::iter().filter(|path| path.starts_with("region/") && path.ends_with(&format!("/{name}"))).collect();
        regions.sort_unstable();
        match regions.as_slice() {
            [only] => embedded(only),
            [] => bail!("no region is embedded"),
            _ => bail!("several regions are embedded: choose one with --region-dir"),
        }
    }

    fn vocabularies(&self) -> Result<Vec<(String, Cow<'static, [u8]>)>> {
        if let Some(folder) = self.folder.map(|folder| folder.join("vocabularies")).filter(|folder| folder.is_dir()) {
            let mut paths = std::fs::read_dir(&folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<Vec<_>, _>>()?;
            paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
            paths.sort_unstable();
            return paths.iter().map(|path| Ok((path.display().to_string(), read(path)?))).collect();
        }
        let mut names: Vec<_> = Embedded::iter().filter(|path| path.starts_with("vocabularies/")).collect();
        names.sort_unstable();
        names.iter().map(|name| Ok((name.to_string(), embedded(name)?))).collect()
    }

    fn text(&self, name: &str) -> Result<String> {
        let bytes = match self.folder.map(|folder| folder.join(name)).filter(|path| path.is_file()) {
            Some(path) => read(&path)?,
            None => embedded(name)?,
        };
        String::from_utf8(bytes.into_owned()).with_context(|| format!("{name} is not UTF-8"))
    }
}

fn read(path: &Path) -> Result<Cow<'static, [u8]>> {
    Ok(Cow::Owned(std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?))
}

fn embedded(name: &str) -> Result<Cow<'static, [u8]>> {
    Ok(Embedded::get(name).with_context(|| format!("data/{name} is missing"))?.data)
}

//! What leaves the catalogue as a file: calendars, tables, lines, openQ-cat. `docs/formats/out/`.

pub mod calendar;
pub mod offers;
pub mod openqcat;
pub mod organization_calendar;
pub mod organizations;
pub mod records;
pub(crate) mod stream;
mod table;

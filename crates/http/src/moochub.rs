//! MOOChub 3: courses that can be taken online, for portals that gather them.

pub mod courses;
pub(crate) mod media;

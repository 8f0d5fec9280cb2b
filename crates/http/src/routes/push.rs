//! Handing in by form. Whoever pushes proves who it is in the form itself.

use super::operations;
use crate::access::Public;

operations! { crate::openapi::PREFIX;
    "/push" { post Public => push::push }
}

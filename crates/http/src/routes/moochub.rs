//! MOOChub 3: courses that can be taken online.

use super::operations;
use crate::access::Public;

operations! { crate::openapi::PREFIX;
    "/moochub/courses" { get Public => moochub::courses::list_moochub_courses }
}

//! The audit log.

use super::operations;
use crate::access::May;
use domain::accounts::may::ReadAudit;

operations! { crate::openapi::PREFIX;
    "/audit.csv" { get May<ReadAudit> => audit::export::export_audit }
    "/audit" { get May<ReadAudit> => audit::list::list_audit }
}

//! Roles, accounts, members of organisations, and what is kept of people.

use super::operations;
use crate::access::{May, Public, Recently};
use domain::accounts::may::{ManageAccounts, ManageMembers, ReadMembers};

operations! { crate::openapi::PREFIX;
    "/roles" { get Public => roles::list::list_roles }
    "/privacy" { get Public => privacy::list::list_privacy }
    "/accounts" {
        get May<ManageAccounts> => accounts::list::list_accounts,
        post Recently<May<ManageAccounts>> => accounts::create::invite_account,
    }
    "/accounts/{id}" {
        get May<ManageAccounts> => accounts::get::get_account,
        patch Recently<May<ManageAccounts>> => accounts::change::change_account,
        delete Recently<May<ManageAccounts>> => accounts::delete::delete_account,
    }
    "/accounts/{id}/invitation" { post Recently<May<ManageAccounts>> => accounts::invitation::invite_again }
    "/accounts/{id}/factors" { delete Recently<May<ManageAccounts>> => accounts::factors::remove_factors }
    "/accounts/{id}/sessions" { delete Recently<May<ManageAccounts>> => accounts::sessions::end_sessions }
    "/accounts/{id}/memberships" { post Recently<May<ManageAccounts>> => accounts::memberships::create::grant_membership }
    "/accounts/{id}/memberships/{membership}" {
        patch Recently<May<ManageAccounts>> => accounts::memberships::change::change_membership,
        delete Recently<May<ManageAccounts>> => accounts::memberships::delete::remove_membership,
    }
    "/organizations/{id}/members" {
        get May<ReadMembers> => members::list::list_members,
        post Recently<May<ManageMembers>> => members::create::invite_member,
    }
    "/organizations/{id}/members/{membership}" {
        patch Recently<May<ManageMembers>> => members::change::change_member,
        delete Recently<May<ManageMembers>> => members::delete::remove_member,
    }
}

//! How much memory the allocator keeps.

/// The variable by which glibc is told how many arenas it may have.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const ARENAS: &str = "MALLOC_ARENA_MAX";

/// Starts this process over with two arenas of the allocator instead of eight per core, unless the operator has chosen a number.
///
/// glibc gives every thread an arena and keeps in each what an import or a burst of searches has freed. Measured at 10,000 offers after an
/// import and the load of `tests/load`: 119 MiB of its own with the default, 56 MiB with two arenas, 149 MiB (with peaks of 430) with
/// mimalloc. The number can only be set before the first allocation, so the process replaces itself; its id stays the same. If that
/// fails, it goes on with more memory.
pub fn few_arenas() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    if std::env::var_os(ARENAS).is_none()
        && let Ok(program) = std::env::current_exe()
    {
        use std::os::unix::process::CommandExt;
        let mut arguments = std::env::args_os();
        let mut command = std::process::Command::new(program);
        if let Some(name) = arguments.next() {
            command.arg0(name);
        }
        // Only comes back if it could not be done.
        let _ = command.args(arguments).env(ARENAS, "2").exec();
    }
}

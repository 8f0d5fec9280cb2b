//! An import is taken back: every record that nobody touched since is as it was.

use super::applying::Interruption;
use super::ending::{fail, now, stale_failure};
use super::errand::{Errand, Right, prove};
use super::recomposing::{compose, row};
use super::record::Record;
use super::references::Touched;
use super::report::{Place as Where, Report};
use super::writing::{Withdrawal, Withdrawals, follow, withdraw};
use super::{ImportError, REMEMBERED, claim, shown};
use crate::Services;
use domain::accounts::Actor;
use domain::accounts::may::ConfirmImports;
use domain::catalogue::{PublicationState, RecordKind};
use domain::partners::{ChangeAction, Import, ImportState};
use domain::problem::ValueError;
use domain::{Problem, Uuid, new_id};
use persistence::changes::{self, NewChange};
use persistence::imports::{self, Content, Ending, HandedIn, NewImport, Undoable};
use persistence::records::{self, StoredRecord};
use persistence::{AnyConnection, Error, Result};
use std::collections::HashMap;

/// Records that are taken back at a time.
const BATCH: i64 = 200;

/// Takes an import back, on behalf of the actor: changed records say again what they said, created ones are withdrawn, withdrawn ones come back.
/// What somebody changed since stays as it is and is named as a problem. The undoing is an import of its own, and can be taken back, too.
///
/// [`Error::NotFound`] if the source has no such import; [`Error::AlreadyDecided`] if it was never applied, or was taken back before.
pub fn undo(services: &Services, actor: &Actor, key: &str, id: Uuid) -> std::result::Result<Import, ImportError> {
    let at = now(services);
    let undone = services.store.read(|connection| {
        let source = prove::<ConfirmImports>(connection, actor, key, at)?;
        imports::get(connection, &source, id)?.ok_or(Error::NotFound)
    })?;
    if undone.dry_run || undone.state != ImportState::Succeeded || undone.undone_by.is_some() {
        return Err(ImportError::Store(Error::AlreadyDecided));
    }
    if at.checked_sub_days(REMEMBERED).is_some_and(|remembered| undone.started_at < remembered) {
        return Err(ImportError::TooOld);
    }
    let _claim = claim(&services.store, key)?;
    let new = NewImport { undoes: Some(id), ..NewImport::new(new_id(&*services.clock, &*services.rng), undone.format, undone.mode, at) };
    let (by, source_key) = (actor.clone(), key.to_owned());
    let errand = services.store.write(move |tx| {
        let source = prove::<ConfirmImports>(tx, &by, &source_key, at)?;
        imports::fail_stale(tx, source.value().id, &stale_failure(), at)?;
        imports::start(tx, &source, &new)?;
        let (actor, source) = (by.clone(), source.value().clone());
        Ok(Errand { actor, source, id: new.id, at, dry_run: false, right: Right::Confirm, held: None })
    })?;
    let (work, doing) = (services.clone(), errand.clone());
    if let Err(error) = services.store.write_alone(move |tx| Undoing::new(&work, &doing).take_back(tx, id)) {
        fail(services, &errand, Interruption::lost(error))?;
    }
    shown(services, &errand)
}

struct Undoing<'a> {
    services: &'a Services,
    errand: &'a Errand,
    report: Report,
    log: Vec<NewChange>,
    touched: Touched,
    withdrawals: Vec<Withdrawal>,
}

/// What is to be done about a record.
enum Step {
    /// It says again what it said.
    Restore(Content),
    /// It comes back as it is.
    BringBack,
    /// It goes.
    Withdraw,
    /// It is as it was.
    Nothing,
    /// Somebody else had a hand in it.
    Leave,
}

impl<'a> Undoing<'a> {
    fn new(services: &'a Services, errand: &'a Errand) -> Self {
        let (log, withdrawals) = (Vec::new(), Vec::new());
        Self { services, errand, report: Report::default(), log, touched: Touched::default(), withdrawals }
    }

    fn take_back(mut self, tx: &mut AnyConnection, undone: Uuid) -> Result<()> {
        let Errand { actor, source, id, at, .. } = self.errand;
        prove::<ConfirmImports>(tx, actor, &source.key, *at)?;
        imports::mark_undone(tx, undone, *id)?;
        // Whoever is shown by others comes back first.
        self.each(tx, undone, &[RecordKind::Organization, RecordKind::Place])?;
        self.each(tx, undone, &[RecordKind::Offer])?;
        let Self { services, mut report, mut log, touched, withdrawals, .. } = self;
        withdraw(tx, *id, Withdrawals::new(withdrawals), &mut report, *at, &mut log)?;
        follow(tx, &touched, *at, &mut log)?;
        let ending = Ending::new(ImportState::Succeeded, report.counts, report.problem_count, *at);
        imports::add_problems(tx, *id, 0, &report.problems)?;
        imports::finish(tx, *id, &ending)?;
        changes::append(tx, &log, *at)?;
        imports::tell(tx, actor, source, *id, &ending, &*services.rng)
    }

    fn each(&mut self, tx: &mut AnyConnection, undone: Uuid, kinds: &[RecordKind]) -> Result<()> {
        let mut after = None;
        loop {
            let changes = imports::undoable(tx, undone, kinds, after, BATCH)?;
            let Some(last) = changes.last() else { return Ok(()) };
            after = Some(last.record_id);
            let ids: Vec<Uuid> = changes.iter().map(|change| change.record_id).collect();
            let mut kept: HashMap<Uuid, StoredRecord> = records::get_many(tx, &ids)?.into_iter().map(|row| (row.id, row)).collect();
            for change in changes {
                match kept.remove(&change.record_id) {
                    Some(kept) => self.one(tx, change, kept)?,
                    None => self.leave(&change, vec![Problem::error("", changed_since())]),
                }
            }
        }
    }

    fn one(&mut self, tx: &mut AnyConnection, change: Undoable, kept: StoredRecord) -> Result<()> {
        match step(tx, &change, &kept)? {
            Step::Nothing => Ok(()),
            Step::Leave => {
                self.leave(&change, vec![Problem::error("", changed_since())]);
                Ok(())
            }
            Step::Withdraw => {
                self.withdrawals.push(Withdrawal::of(kept.id, kept.kind, kept.version, place(&change)));
                Ok(())
            }
            Step::Restore(content) => {
                let before = Record::parse(kept.kind, &content.document)?;
                let handed = HandedIn { format: content.format, payload: content.payload, content_hash: content.hash };
                // If only the import touched it, it was exactly this. Otherwise edits made since stay.
                let record = if kept.version == change.version {
                    Ok(before)
                } else {
                    compose(self.services, tx, &self.errand.source, &kept, &handed, &before, self.errand.at)?
                };
                match record {
                    Ok(record) => self.write(tx, &change, &kept, handed, record),
                    Err(problems) => {
                        self.leave(&change, problems);
                        Ok(())
                    }
                }
            }
            Step::BringBack => {
                let (handed, record) = (imports::handed_in(tx, kept.id)?, Record::parse(kept.kind, &kept.document)?);
                self.write(tx, &change, &kept, handed, record)
            }
        }
    }

    fn write(&mut self, tx: &mut AnyConnection, change: &Undoable, kept: &StoredRecord, handed: HandedIn, mut record: Record) -> Result<()> {
        let at = self.errand.at;
        if let Err(missing) = refresh(tx, &mut record)? {
            self.leave(change, vec![Problem::error(missing, reference_gone())]);
            return Ok(());
        }
        let meta = record.meta_mut();
        (meta.version, meta.updated_at, meta.state) = (kept.version + 1, at, PublicationState::Published);
        let rows = [row(kept, handed, &record, PublicationState::Published, at)?];
        imports::note_updated(tx, self.errand.id, &rows)?;
        records::update(tx, &rows)?;
        if kept.state == PublicationState::Published {
            self.touched.note(&record, &Record::parse(kept.kind, &kept.document)?);
        }
        self.log.push(NewChange { kind: kept.kind, record_id: kept.id, action: ChangeAction::Changed, version: kept.version + 1 });
        self.report.counts.changed += 1;
        Ok(())
    }

    fn leave(&mut self, change: &Undoable, problems: Vec<Problem>) {
        self.report.reject(&place(change), problems);
    }
}

fn place(change: &Undoable) -> Where {
    Where { line: None, kind: Some(change.kind), external_id: Some(change.external_id.clone()) }
}

fn step(tx: &mut AnyConnection, change: &Undoable, kept: &StoredRecord) -> Result<Step> {
    let published = kept.state == PublicationState::Published;
    // The same words again, or a change of what it shows, is nobody's change of the record itself.
    let untouched = kept.version == change.version || Some(imports::handed_in(tx, kept.id)?.content_hash) == change.hash_after;
    Ok(match (change.action, &change.before) {
        (ChangeAction::Created, _) if !published => Step::Nothing,
        (ChangeAction::Created, _) if untouched && imports::edits_of(tx, kept.id)?.is_empty() => Step::Withdraw,
        (ChangeAction::Changed, Some(before)) if untouched && published => match (&before.content, before.state) {
            (Some(content), PublicationState::Published) => Step::Restore(content.clone()),
            _ => Step::Withdraw,
        },
        (ChangeAction::Withdrawn, _) if published => Step::Nothing,
        (ChangeAction::Withdrawn, _) if untouched && !imports::is_merged(tx, kept.id)? => Step::BringBack,
        _ => Step::Leave,
    })
}

/// Lets an offer show its organisation and places as they are now. The pointer to one that is not public any more, if there is one.
fn refresh(tx: &mut AnyConnection, record: &mut Record) -> Result<std::result::Result<(), &'static str>> {
    let Record::Offer(offer) = record else { return Ok(Ok(())) };
    let mut ids: Vec<Uuid> = vec![offer.organization.id];
    ids.extend(offer.places().iter().map(|place| place.id));
    let mut shown = HashMap::new();
    for row in records::get_many(tx, &ids)?.into_iter().filter(|row| row.state == PublicationState::Published) {
        shown.insert(row.id, Record::parse(row.kind, &row.document)?);
    }
    match shown.get(&offer.organization.id) {
        Some(Record::Organization(organization)) => offer.organization = organization.summary(),
        _ => return Ok(Err("/organization")),
    }
    for place in offer.place.iter_mut().chain(offer.runs.iter_mut().filter_map(|run| run.place.as_mut())) {
        match shown.get(&place.id) {
            Some(Record::Place(now)) => *place = now.summary(),
            _ => return Ok(Err("/place")),
        }
    }
    Ok(Ok(()))
}

fn changed_since() -> ValueError {
    ValueError::new(
        "changed-since",
        "Der Eintrag wurde nach dem Import noch einmal geändert; er bleibt, wie er ist.",
        "The record was changed again after the import; it stays as it is.",
    )
}

fn reference_gone() -> ValueError {
    ValueError::new(
        "reference-gone",
        "Die Einrichtung oder der Ort, auf den der Eintrag verweist, ist nicht mehr veröffentlicht; er bleibt, wie er ist.",
        "The organisation or place that the record refers to is no longer published; it stays as it is.",
    )
}

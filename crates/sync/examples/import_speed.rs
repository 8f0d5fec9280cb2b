//! Measures imports: new, unchanged and changed records, in records a second, with the process's memory.
//!
//! `cargo run --release -p sync --example import_speed -- [OFFERS] [DATABASE_URL]` (default: 20000 offers into a temporary SQLite file).
//! A PostgreSQL database has to be empty.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use domain::accounts::Actor;
use domain::accounts::may::RunImports;
use domain::catalogue::RecordKind;
use domain::partners::{Handing, ImportFormat, ImportMode, Source};
use domain::{Clock, SystemClock, SystemRng, new_id};
use persistence::{DatabaseUrl, Store, StoreOptions, changes, records, sources};
use std::fmt::Write;
use std::sync::Arc;
use std::time::Instant;
use sync::{Services, import};

const DESCRIPTION: &str = "In diesem Kurs üben Sie **Sprechen, Hören, Lesen und Schreiben** in kleinen Gruppen. Der Einstieg ist mit Vorkenntnissen \
    jederzeit möglich.\\n\\n* kleine Gruppen\\n* erfahrene Lehrkräfte\\n* Lehrbuch nach Absprache\\n\\nBitte bringen Sie Schreibzeug mit. \
    Die Räume sind stufenlos erreichbar, ein Aufzug ist vorhanden. Für Fragen zur Förderung und zur Ermäßigung sprechen Sie uns gern vorab an: \
    Das Team der Anmeldung hilft Ihnen persönlich, am Telefon und per E-Mail.";

fn catalogue(offers: usize, revision: usize) -> String {
    let (organizations, places) = (offers / 200 + 1, offers / 100 + 1);
    let mut file = String::with_capacity(offers * 1800);
    for i in 0..organizations {
        writeln!(file, r#"{{"type":"organization","externalId":"o{i}","name":"Bildungsträger {i}","kind":"adult-education-centre","url":"https://www.example.org/o{i}"}}"#)
            .unwrap();
    }
    for i in 0..places {
        writeln!(
            file,
            r#"{{"type":"place","externalId":"p{i}","name":"Haus {i}","address":{{"street":"Am Markt {i}","postalCode":"19370","locality":"Parchim"}},"geo":{{"lat":53.4258,"lon":11.8481}},"accessibility":[{{"criterion":"step-free-entrance","value":"yes"}}]}}"#
        )
        .unwrap();
    }
    for i in 0..offers {
        let (organization, place, month, day) = (i % organizations, i % places, i % 12 + 1, i % 28 + 1);
        write!(
            file,
            r#"{{"type":"offer","externalId":"k{i}","organization":"o{organization}","kind":"course","title":"Deutsch als Zweitsprache A{i}","summary":"Ein Kurs für den Alltag, Stand {revision}.","description":"{DESCRIPTION}","topics":["languages"],"languages":["de"],"languageLevel":{{"from":"A1","to":"A2"}},"price":{{"type":"paid","amount":4700}},"place":"p{place}","runs":["#
        )
        .unwrap();
        for run in 0..2 {
            let separator = if run == 0 { "" } else { "," };
            write!(
                file,
                r#"{separator}{{"externalId":"k{i}-{run}","start":"2027-{month:02}-{day:02}T17:00:00Z","end":"2027-{month:02}-{day:02}T18:30:00Z","place":"p{place}","capacity":{{"min":6,"max":12,"booked":{run}}}}}"#
            )
            .unwrap();
        }
        file.push_str("]}\n");
    }
    file
}

fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let field = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).map_or("?", str::trim).to_owned();
    format!("resident {}, peak {}", field("VmRSS:"), field("VmHWM:"))
}

fn cpu_seconds() -> f64 {
    // Fields 14 and 15: user and system time in ticks of 1/100 s.
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2).filter_map(|t| t.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let offers = arguments.next().map_or(20_000, |n| n.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let url = arguments.next().map_or_else(|| DatabaseUrl::sqlite(folder.path().join("speed.db")), |url| DatabaseUrl::parse(&url).unwrap());
    let store = Store::open(&url, StoreOptions::default()).unwrap();
    store.migrate().unwrap();
    let services = Services {
        store: store.clone(),
        clock: Arc::new(SystemClock),
        rng: Arc::new(SystemRng),
        vocabularies: testkit::vocabularies(),
        region: testkit::region(),
        limits: exchange::Limits::default(),
    };
    let id = new_id(&SystemClock, &SystemRng);
    let source = Source { created_at: SystemClock.now(), ..testkit::source(id, &format!("speed-{}", id.simple())) };
    let add = source.clone();
    store.write(move |tx| testkit::add_source(tx, &add)).unwrap();

    let path = folder.path().join("catalogue.ndjson");
    for (what, revision) in [("new", 1), ("unchanged", 1), ("changed", 2)] {
        std::fs::write(&path, catalogue(offers, revision)).unwrap();
        let before = store.read(changes::last_seq).unwrap();
        let (began, cpu) = (Instant::now(), cpu_seconds());
        let mut input = std::io::BufReader::with_capacity(1 << 16, std::fs::File::open(&path).unwrap());
        let import =
            import::run(&services, &Actor::system(), &source.key, &Handing::new(ImportFormat::Ndjson, ImportMode::Full), &mut input, &mut |_| {})
                .unwrap();
        let (seconds, cpu) = (began.elapsed().as_secs_f64(), cpu_seconds() - cpu);
        let counts = import.counts;
        let records = counts.created + counts.changed + counts.unchanged + counts.rejected;
        #[allow(clippy::cast_precision_loss)]
        let rate = records as f64 / seconds;
        println!(
            "{what:>9}: {records} records in {seconds:.2} s = {rate:.0}/s, {cpu:.2} CPU s, {} log entries, {} problems; {}",
            store.read(changes::last_seq).unwrap() - before,
            import.problem_count,
            memory()
        );
    }
    read_details(&store);
    write_alone_and_together(&store, &source.key);
}

/// Small durable writes, first one after the other, then from eight threads at once: the queue lets those that wait share a commit.
fn write_alone_and_together(store: &Store, source: &str) {
    const WRITES: u32 = 400;
    for threads in [1, 8] {
        let began = Instant::now();
        let mut times: Vec<f64> = std::thread::scope(|scope| {
            let work = || {
                (0..WRITES / threads)
                    .map(|_| {
                        let began = Instant::now();
                        let key = source.to_owned();
                        let confirm = move |tx: &mut persistence::AnyConnection| {
                            let source = testkit::own::<RunImports>(tx, &key)?;
                            sources::confirm(tx, &source, SystemClock.now())
                        };
                        store.write(confirm).unwrap();
                        began.elapsed().as_secs_f64() * 1000.0
                    })
                    .collect::<Vec<_>>()
            };
            let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            running.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        times.sort_by(f64::total_cmp);
        let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
        let rate = f64::from(WRITES) / began.elapsed().as_secs_f64();
        println!("   writes: {threads} at once: {rate:.0}/s, median {:.2} ms, p99 {:.2} ms", at(50), at(99));
    }
}

/// Reads single records by id, in an order in which neighbours are far apart.
fn read_details(store: &Store) {
    let mut ids: Vec<_> = store.read(|c| records::addresses(c, RecordKind::Offer, None, 100_000)).unwrap().into_iter().map(|a| a.id).collect();
    ids.sort_by_key(|id| id.as_u128().reverse_bits());
    let (began, cpu) = (Instant::now(), cpu_seconds());
    for id in &ids {
        store.read(|c| records::get(c, *id)).unwrap().unwrap();
    }
    #[allow(clippy::cast_precision_loss)]
    let each = 1000.0 / ids.len() as f64;
    println!("   detail: {:.4} ms, {:.4} CPU ms each; {}", began.elapsed().as_secs_f64() * each, (cpu_seconds() - cpu) * each, memory());
}

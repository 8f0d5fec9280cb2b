//! Dates of the example offers: weekly courses that skip school holidays, single events, blocks, open groups, rolling starts.

use anyhow::{Context, Result, bail};
use chrono::{Datelike, Days, Duration, NaiveDate, NaiveTime, Weekday};
use chrono_tz::Tz;
use domain::Moment;
use domain::areas::Region;
use domain::catalogue::{Recurrence, RunDraft, Session};
use domain::text::Short;
use domain::time::{Timestamp, local_to_utc};
use rand::Rng;
use std::collections::HashSet;

/// Time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayTime {
    Morning,
    Afternoon,
    Evening,
}

/// How the runs of a template lie in time. Written as `weekly 10x90 evening`, `once 120 evening`, `weekend 2x360`, `block 5x300 morning`,
/// `fulltime 180` (days), `open 120 afternoon` (every week, just come), `rolling`, `standing` (no runs).
#[derive(Debug, Clone, Copy)]
pub(super) enum Plan {
    Weekly { times: u32, minutes: u32, at: DayTime },
    Once { minutes: u32, at: DayTime },
    Weekend { times: u32, minutes: u32 },
    Block { times: u32, minutes: u32, at: DayTime },
    Fulltime { days: u32 },
    Open { minutes: u32, at: DayTime },
    Rolling,
    Standing,
}

impl Plan {
    pub(super) fn parse(text: &str) -> Result<Self> {
        let words: Vec<&str> = text.split(' ').collect();
        let number = |word: &str| word.parse::<u32>().with_context(|| format!("“{word}” in “{text}” is no number"));
        let pair = |word: &str| {
            let (times, minutes) = word.split_once('x').with_context(|| format!("“{word}” in “{text}” is not TIMESxMINUTES"))?;
            Ok::<_, anyhow::Error>((number(times)?, number(minutes)?))
        };
        let at = |word: &str| match word {
            "morning" => Ok(DayTime::Morning),
            "afternoon" => Ok(DayTime::Afternoon),
            "evening" => Ok(DayTime::Evening),
            _ => bail!("“{word}” in “{text}” is no time of day"),
        };
        Ok(match *words.as_slice() {
            ["weekly", sessions, time] => {
                let (times, minutes) = pair(sessions)?;
                Self::Weekly { times, minutes, at: at(time)? }
            }
            ["once", minutes, time] => Self::Once { minutes: number(minutes)?, at: at(time)? },
            ["weekend", sessions] => {
                let (times, minutes) = pair(sessions)?;
                Self::Weekend { times, minutes }
            }
            ["block", sessions, time] => {
                let (times, minutes) = pair(sessions)?;
                Self::Block { times, minutes, at: at(time)? }
            }
            ["fulltime", days] => Self::Fulltime { days: number(days)? },
            ["open", minutes, time] => Self::Open { minutes: number(minutes)?, at: at(time)? },
            ["rolling"] => Self::Rolling,
            ["standing"] => Self::Standing,
            _ => bail!("“{text}” is no plan"),
        })
    }

    /// How many days pass from its first to its last session at most, holidays included.
    fn span(self) -> i64 {
        match self {
            Self::Weekly { times, .. } => i64::from(times) * 7 + 100,
            Self::Weekend { times, .. } => i64::from(times) * 4 + 7,
            Self::Block { times, .. } => i64::from(times) * 2 + 60,
            Self::Fulltime { days } => i64::from(days) + 80,
            Self::Once { .. } => 80,
            Self::Open { .. } | Self::Rolling | Self::Standing => 1,
        }
    }
}

/// Today, the zone, and the days without lessons.
pub(super) struct Calendar {
    pub(super) today: NaiveDate,
    zone: Tz,
    free: HashSet<NaiveDate>,
}

impl Calendar {
    pub(super) fn new(region: &Region, today: NaiveDate) -> Self {
        let free = region.holidays().iter().flat_map(|holiday| holiday.start.iter_days().take_while(move |day| *day <= holiday.end)).collect();
        Self { today, zone: region.info().time_zone, free }
    }

    fn at(&self, day: NaiveDate, time: NaiveTime) -> Timestamp {
        local_to_utc(day, time, self.zone).0
    }

    fn session(&self, day: NaiveDate, time: NaiveTime, minutes: u32) -> Session {
        let start = self.at(day, time);
        Session { start: Moment::DateTime(start), end: Some(Moment::DateTime(start + Duration::minutes(i64::from(minutes)))) }
    }

    /// The day on which a run begins: one in seven offers is over, a few are under way, most lie in the next months, denser near today.
    fn first_day(&self, plan: Plan, past: bool, rng: &mut impl Rng) -> NaiveDate {
        let offset = if past {
            -(plan.span() + rng.random_range(3..120))
        } else if rng.random_bool(0.06) {
            -rng.random_range(1..14)
        } else {
            let far: f64 = rng.random();
            #[allow(clippy::cast_possible_truncation)]
            let days = (far * far * 270.0) as i64;
            days + 2
        };
        self.today.checked_add_signed(Duration::days(offset)).unwrap_or(self.today)
    }

    /// The dates of the next run of a plan; `nth` counts the runs of an offer.
    pub(super) fn run(&self, plan: Plan, past: bool, nth: u32, rng: &mut impl Rng) -> RunDraft {
        let mut first = self.first_day(plan, past, rng);
        if nth > 0 {
            first = later(first, u64::from(nth) * rng.random_range(14..35));
        }
        match plan {
            Plan::Weekly { times, minutes, at } => self.weekly(workday(first, rng), times, minutes, start_time(at, rng), rng),
            Plan::Once { minutes, at } => {
                let time = start_time(at, rng);
                let day = self.lesson_day(first);
                if rng.random_bool(0.06) {
                    // Providers often announce the day long before the hour.
                    return RunDraft { start: Some(Moment::Date(day)), ..RunDraft::default() };
                }
                spanned(vec![self.session(day, time, minutes)])
            }
            Plan::Weekend { times, minutes } => {
                let saturday = later(first, u64::from((5 + 7 - first.weekday().num_days_from_monday()) % 7));
                let time = clock(10, 0);
                spanned((0..times).map(|i| self.session(later(saturday, u64::from(i / 2 * 7 + i % 2)), time, minutes)).collect())
            }
            Plan::Block { times, minutes, at } => {
                let time = start_time(at, rng);
                let days = first.iter_days().filter(|day| !(is_weekend(*day) || times <= 3 && self.free.contains(day)));
                spanned(days.take(times as usize).map(|day| self.session(day, time, minutes)).collect())
            }
            Plan::Fulltime { days } => {
                let start = self.lesson_day(workday(first, rng));
                RunDraft {
                    start: Some(Moment::Date(start)),
                    end: Some(Moment::Date(later(start, u64::from(days)))),
                    schedule_text: Short::try_from("Montag bis Freitag, 08:00–15:15 Uhr").ok(),
                    ..RunDraft::default()
                }
            }
            Plan::Open { minutes, at } => self.open(workday(later(self.today, 1), rng), minutes, start_time(at, rng)),
            Plan::Rolling => RunDraft {
                rolling_start: true,
                schedule_text: Short::try_from("Einstieg jederzeit möglich, Zeiten nach Absprache").ok(),
                ..RunDraft::default()
            },
            Plan::Standing => RunDraft::default(),
        }
    }

    fn weekly(&self, first: NaiveDate, times: u32, minutes: u32, time: NaiveTime, rng: &mut impl Rng) -> RunDraft {
        let first = self.lesson_day(first);
        let mut days = Vec::with_capacity(times as usize);
        let mut skipped = Vec::new();
        for week in 0..u64::from(times) + 10 {
            let day = later(first, week * 7);
            if self.free.contains(&day) {
                skipped.push(day);
            } else {
                days.push(day);
            }
            if days.len() == times as usize {
                break;
            }
        }
        let schedule_text = weekday_text(first.weekday(), time, minutes);
        let units = Some(times * minutes / 45);
        // Some sources send the rule instead of the sessions.
        if rng.random_bool(0.08) {
            let count = days.len() + skipped.len();
            let rule = format!("FREQ=WEEKLY;COUNT={count}");
            let recurrence = Recurrence { rule, start: self.at(first, time), minutes, except: skipped, also: vec![] };
            return RunDraft { recurrence: Some(recurrence), units, schedule_text, ..RunDraft::default() };
        }
        let sessions = days.into_iter().map(|day| self.session(day, time, minutes)).collect();
        RunDraft { units, schedule_text, ..spanned(sessions) }
    }

    fn open(&self, first: NaiveDate, minutes: u32, time: NaiveTime) -> RunDraft {
        let recurrence = Recurrence {
            rule: "FREQ=WEEKLY;COUNT=40".to_owned(),
            start: self.at(first, time),
            minutes,
            except: self.skipped(first, 40),
            also: vec![],
        };
        RunDraft {
            recurrence: Some(recurrence),
            rolling_start: true,
            schedule_text: weekday_text(first.weekday(), time, minutes),
            ..RunDraft::default()
        }
    }

    fn skipped(&self, first: NaiveDate, weeks: u64) -> Vec<NaiveDate> {
        (0..weeks).map(|week| later(first, week * 7)).filter(|day| self.free.contains(day)).collect()
    }

    /// The day itself, or the same weekday of the first week after the holidays.
    fn lesson_day(&self, day: NaiveDate) -> NaiveDate {
        (0..10).map(|week| later(day, week * 7)).find(|day| !self.free.contains(day)).unwrap_or(day)
    }
}

fn spanned(sessions: Vec<Session>) -> RunDraft {
    let (start, end) = (sessions.first().map(|s| s.start), sessions.last().and_then(|s| s.end));
    RunDraft { start, end, sessions, ..RunDraft::default() }
}

fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// A working day of the same week, drawn anew so that Mondays do not pile up.
fn workday(day: NaiveDate, rng: &mut impl Rng) -> NaiveDate {
    let back = u64::from(day.weekday().num_days_from_monday());
    let monday = day.checked_sub_days(Days::new(back)).unwrap_or(day);
    let drawn = later(monday, rng.random_range(0..5));
    if drawn < day { later(drawn, 7) } else { drawn }
}

fn clock(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or(NaiveTime::MIN)
}

fn start_time(at: DayTime, rng: &mut impl Rng) -> NaiveTime {
    let (hours, halves) = match at {
        DayTime::Morning => (8..11, 2),
        DayTime::Afternoon => (14..17, 2),
        DayTime::Evening => (17..20, 2),
    };
    clock(rng.random_range(hours), rng.random_range(0..halves) * 30)
}

fn weekday_text(day: Weekday, time: NaiveTime, minutes: u32) -> Option<Short> {
    let name = match day {
        Weekday::Mon => "montags",
        Weekday::Tue => "dienstags",
        Weekday::Wed => "mittwochs",
        Weekday::Thu => "donnerstags",
        Weekday::Fri => "freitags",
        Weekday::Sat => "samstags",
        Weekday::Sun => "sonntags",
    };
    let end = time + Duration::minutes(i64::from(minutes));
    Short::try_from(format!("{name}, {}–{} Uhr", time.format("%H:%M"), end.format("%H:%M"))).ok()
}

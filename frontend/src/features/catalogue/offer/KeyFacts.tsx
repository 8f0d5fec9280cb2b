import { useTranslations } from 'use-intl';
import { useVocabularies } from '#/api/hooks';
import type { AccessibilityStatement, Offer, PlaceSummary, Run } from '#/api/types';
import { berlinDay, useFormat } from '#/app/format';
import { levelText } from '#/features/catalogue/parts/level';
import { PlaceText } from '#/features/catalogue/parts/PlaceText';
import { usePriceText } from '#/features/catalogue/parts/price';
import { Badge } from '#/ui/Badge';
import { type Fact, FactList } from '#/ui/FactList';

/** The run that matters now: the next one to come that is not cancelled, else the last one. */
export function relevantRun(runs: readonly Run[], today: string): Run | undefined {
  const open = runs.filter((run) => run.status !== 'cancelled' && run.status !== 'finished');
  return open.find((run) => run.start && berlinDay(run.start) >= today) ?? open[0] ?? runs.at(-1);
}

export function KeyFacts({ offer }: { offer: Offer }) {
  const t = useTranslations('offerPage');
  const format = useFormat();
  return (
    <section className="key-facts" aria-labelledby="offer-facts">
      <h2 className="visually-hidden" id="offer-facts">
        {t('facts')}
      </h2>
      <FactList columns={2} facts={useFacts(offer)} />
      <p className="key-facts__foot">
        {t('confirmed', { date: format.shortDate(offer.freshness.confirmedAt), source: offer.source.name })}
      </p>
    </section>
  );
}

function useFacts(offer: Offer): Fact[] {
  const t = useTranslations('offerPage');
  const { label } = useVocabularies();
  const format = useFormat();
  const run = relevantRun(offer.runs, berlinDay(new Date()));
  const place = run?.place ?? offer.place ?? undefined;

  const facts: Fact[] = [
    { key: 'when', icon: 'calendar', label: t('when'), value: <When offer={offer} run={run} /> },
    { key: 'where', icon: 'pin', label: t('where'), value: <Where offer={offer} place={place} /> },
    { key: 'price', icon: 'euro', label: t('price'), value: <Cost offer={offer} run={run} /> },
    { key: 'who', icon: 'door', label: t('requirements'), value: <Requirements offer={offer} /> },
  ];
  const audience = offer.targetGroups.map((code) => label('target-groups', code));
  const age = offer.ageRange;
  if (audience.length > 0 || age?.min || age?.max) {
    facts.push({
      key: 'for',
      icon: 'people',
      label: t('for'),
      value: (
        <>
          {audience.length > 0 ? <p>{audience.join(', ')}</p> : null}
          {age?.min && age.max ? (
            <p className="small">{t('ageRange', { min: age.min, max: age.max })}</p>
          ) : age?.min ? (
            <p className="small">{t('ageFrom', { min: age.min })}</p>
          ) : age?.max ? (
            <p className="small">{t('ageTo', { max: age.max })}</p>
          ) : null}
        </>
      ),
    });
  }
  if (offer.languages.length > 0 || offer.languageLevel) {
    facts.push({
      key: 'language',
      icon: 'language',
      label: t('language'),
      value: (
        <>
          <p>{format.list(offer.languages.map((code) => label('languages', code)))}</p>
          {offer.languageLevel ? (
            <p className="small">{t('level', { level: levelText(offer.languageLevel) })}</p>
          ) : null}
        </>
      ),
    });
  }
  facts.push({
    key: 'accessibility',
    icon: 'accessibility',
    label: t('accessibility'),
    value: <Accessibility statements={[...(place?.accessibility ?? []), ...offer.accessibility]} />,
  });
  if (offer.childcare === true) {
    facts.push({ key: 'childcare', icon: 'toys', label: t('childcare'), value: t('childcareYes') });
  }
  return facts;
}

function When({ offer, run }: { offer: Offer; run: Run | undefined }) {
  const t = useTranslations('offerPage');
  const format = useFormat();
  const first = run?.sessions[0];
  if (!run) return <p>{t(offer.kind === 'course' || offer.kind === 'event' ? 'noDates' : 'standing')}</p>;
  const sessions = run.sessions.length;
  return (
    <>
      {run.rollingStart ? <p>{t('rollingStart')}</p> : null}
      {run.start ? <p>{format.moment(run.start, run.end)}</p> : null}
      {first && sessions > 1 ? (
        <p className="small">
          {t('sessions', { count: sessions })}
          {run.scheduleText ? null : `, ${format.weekdayTime(first.start, first.end)}`}
        </p>
      ) : null}
      {run.scheduleText ? <p className="small">{run.scheduleText}</p> : null}
      {run.units ? <p className="small muted">{t('units', { count: run.units })}</p> : null}
      {offer.runs.length > 1 ? (
        <p className="small">
          <a href="#offer-runs">{t('allRuns', { count: offer.runs.length })}</a>
        </p>
      ) : null}
    </>
  );
}

function Where({ offer, place }: { offer: Offer; place: PlaceSummary | undefined }) {
  const t = useTranslations('offerPage');
  const { label } = useVocabularies();
  const mode = label('delivery-modes', offer.deliveryMode);
  if (!place) return <p>{offer.deliveryMode === 'onsite' ? t('placeUnknown') : mode}</p>;
  return (
    <>
      {offer.deliveryMode === 'onsite' ? null : <Badge tone="info">{mode}</Badge>}
      <PlaceText place={place} />
    </>
  );
}

function Cost({ offer, run }: { offer: Offer; run: Run | undefined }) {
  const t = useTranslations('offerPage');
  const format = useFormat();
  const priceText = usePriceText();
  const { label } = useVocabularies();
  const price = run?.price ?? offer.price;
  return (
    <>
      <p>{priceText(price)}</p>
      {price.reductions?.map(({ label: who, amount }) => (
        <p key={who} className="small">
          {amount == null ? who : `${who}: ${format.money(amount, price.currency ?? 'EUR')}`}
        </p>
      ))}
      {price.note ? <p className="small">{price.note}</p> : null}
      {offer.funding.map(({ type, number, text }) => (
        <p key={type + (number ?? '')} className="small">
          {t('funding', { name: label('funding-types', type) })}
          {text ? ` (${text})` : null}
          {number ? <span className="muted"> {t('fundingNumber', { number })}</span> : null}
        </p>
      ))}
    </>
  );
}

function Requirements({ offer }: { offer: Offer }) {
  const t = useTranslations('offerPage');
  const { label } = useVocabularies();
  if (offer.entryRequirements.length === 0) return <p className="muted">{t('notStated')}</p>;
  return (
    <ul className="key-facts__list">
      {offer.entryRequirements.map(({ type, text }) => (
        <li key={type + (text ?? '')}>
          {label('entry-requirements', type)}
          {text ? <span className="small">: {text}</span> : null}
        </li>
      ))}
    </ul>
  );
}

/** In short what is fulfilled, at least in part; the section below has everything. */
function Accessibility({ statements }: { statements: readonly AccessibilityStatement[] }) {
  const t = useTranslations('offerPage');
  const a = useTranslations('accessible.value');
  const { label } = useVocabularies();
  const fulfilled = statements.filter(({ value }) => value === 'yes' || value === 'partly').slice(0, 3);
  const anything = statements.some(({ value }) => value !== 'unknown');
  return (
    <>
      {fulfilled.map(({ criterion, value }) => (
        <p key={criterion}>
          {label('accessibility-criteria', criterion)}
          {value === 'partly' ? ` (${a('partly')})` : null}
        </p>
      ))}
      {anything ? null : <p className="muted">{t('notStated')}</p>}
      <p className="small">
        <a href="#offer-accessibility">{t('accessibilityAll')}</a>
      </p>
    </>
  );
}

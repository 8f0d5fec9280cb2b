import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useVocabularies } from '#/api/hooks';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { usePriceText } from '#/features/catalogue/parts/price';
import { Badge } from '#/ui/Badge';
import { Checkbox } from '#/ui/Checkbox';
import { type DataColumn, DataTable } from '#/ui/DataTable';
import { Link } from '#/ui/Link';
import type { KeptOffer as Offer } from '../exchange';
import { type ComparedField, comparedFields, type Difference, difference } from './compare';

/** How many dates of a run list are shown. */
const mostRuns = 4;

interface Row {
  field: ComparedField;
  difference: Exclude<Difference, 'none'>;
}

/** Both offers field by field; what differs is said in a word. */
export function Comparison({ first, second }: { first: Offer; second: Offer }) {
  const t = useTranslations('adminDuplicates');
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  const compared = comparedFields.flatMap((field): Row[] => {
    const result = difference(first, second, field);
    return result === 'none' ? [] : [{ field, difference: result }];
  });
  const different = compared.filter((row) => row.difference !== 'same');
  const rows = onlyDifferent ? different : compared;
  const columns: DataColumn<Row>[] = [
    { key: 'field', header: t('field'), cell: ({ field }) => t(`fieldName.${field}`) },
    {
      key: 'difference',
      header: t('comparison'),
      cell: (row) => (
        <Badge tone={row.difference === 'same' ? 'neutral' : 'warning'}>
          {t(`difference.${row.difference}`)}
        </Badge>
      ),
    },
    { key: 'first', header: t('first'), cell: ({ field }) => <FieldValue offer={first} field={field} /> },
    { key: 'second', header: t('second'), cell: ({ field }) => <FieldValue offer={second} field={field} /> },
  ];
  return (
    <section className="admin__section" aria-labelledby="pair-comparison">
      <h2 id="pair-comparison">{t('sideBySide')}</h2>
      <ul className="pair-heads">
        <PairHead offer={first} name={t('first')} />
        <PairHead offer={second} name={t('second')} />
      </ul>
      <p>{t('differing', { count: different.length })}</p>
      <Checkbox label={t('onlyDifferent')} checked={onlyDifferent} onChange={setOnlyDifferent} />
      <div className="pair-table">
        <DataTable caption={t('sideBySide')} columns={columns} rows={rows} rowKey={({ field }) => field} />
      </div>
    </section>
  );
}

function PairHead({ offer, name }: { offer: Offer; name: string }) {
  const t = useTranslations('adminDuplicates');
  const lang = useLanguage();
  const format = useFormat();
  return (
    <li className="pair-head">
      <p className="pair-head__name">{name}</p>
      <p className="pair-head__title">
        <Link to="/$lang/angebote/$id/{-$slug}" params={{ lang, id: offer.id, slug: offer.slug }}>
          <bdi>{offer.title}</bdi>
        </Link>
      </p>
      <p className="small muted">
        <bdi>{offer.organization.name}</bdi>
        {' · '}
        {t('fromSource', { source: offer.source.name })}
        {' · '}
        {t('updated', { date: format.shortDate(offer.updatedAt) })}
      </p>
    </li>
  );
}

function FieldValue({ offer, field }: { offer: Offer; field: ComparedField }) {
  const t = useTranslations('adminDuplicates');
  const format = useFormat();
  const price = usePriceText();
  const { label } = useVocabularies();
  const nothing = <span className="muted">{t('nothingStated')}</span>;
  const words = (items: string[] | undefined) => (items && items.length > 0 ? items.join(', ') : nothing);
  switch (field) {
    case 'organization':
      return <bdi>{offer.organization.name}</bdi>;
    case 'kind':
      return label('offer-kinds', offer.kind);
    case 'place':
      return offer.place ? <bdi>{offer.place.name}</bdi> : nothing;
    case 'price':
      return price(offer.price);
    case 'topics':
      return words(offer.topics?.map((code) => label('topics', code)));
    case 'targetGroups':
      return words(offer.targetGroups?.map((code) => label('target-groups', code)));
    case 'languages':
      return words(offer.languages?.map(format.languageName));
    case 'keywords':
      return words(offer.keywords);
    case 'runs':
      return <Runs offer={offer} nothing={nothing} />;
    case 'registration':
    case 'contact': {
      const texts: {
        name?: string | null;
        phone?: string | null;
        email?: string | null;
        url?: string | null;
      } = offer[field] ?? {};
      return words([texts.name, texts.phone, texts.email, texts.url].filter((part) => part != null));
    }
    default:
      return offer[field] ? <bdi className="pair-text">{offer[field]}</bdi> : nothing;
  }
}

function Runs({ offer, nothing }: { offer: Offer; nothing: ReactNode }) {
  const t = useTranslations('adminDuplicates');
  const format = useFormat();
  const dated = offer.runs.filter(({ start }) => start);
  if (dated.length === 0) return nothing;
  return (
    <ul className="admin__plain">
      {dated.slice(0, mostRuns).map(({ id, start, end }) => (
        <li key={id}>{format.moment(start ?? '', end)}</li>
      ))}
      {dated.length > mostRuns ? <li>{t('moreRuns', { count: dated.length - mostRuns })}</li> : null}
    </ul>
  );
}

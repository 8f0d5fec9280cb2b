import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { type DataColumn, DataTable } from '#/ui/DataTable';
import { Link } from '#/ui/Link';
import { Moment } from '../parts/Moment';
import { StatusBadge } from '../parts/StatusBadge';
import type { Source } from '../types';

/** Sources with when they were last imported as a whole. Used by organisations too, so its words are common ones. */
export function SourceTable({ caption, sources }: { caption: string; sources: Source[] }) {
  const a = useTranslations('admin');
  const lang = useLanguage();
  const columns: DataColumn<Source>[] = [
    {
      key: 'name',
      header: a('source'),
      cell: ({ key, name }) => (
        <>
          <Link to="/$lang/verwaltung/quellen/$key" params={{ lang, key }}>
            <bdi>{name}</bdi>
          </Link>
          <span className="admin__under">
            <code>{key}</code>
          </span>
        </>
      ),
    },
    {
      key: 'organization',
      header: a('organization'),
      cell: ({ organization }) =>
        organization ? <bdi>{organization.name}</bdi> : <span className="muted">{a('noOrganization')}</span>,
    },
    {
      key: 'confirmed',
      header: a('confirmed'),
      cell: ({ confirmedAt }) =>
        confirmedAt ? <Moment at={confirmedAt} time /> : <span className="muted">{a('never')}</span>,
    },
    {
      key: 'status',
      header: a('statusLabel'),
      cell: ({ revokedAt }) => <StatusBadge status={revokedAt ? 'revoked' : 'active'} />,
    },
  ];
  return <DataTable caption={caption} columns={columns} rows={sources} rowKey={({ id }) => id} />;
}

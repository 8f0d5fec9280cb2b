import { getRouteApi } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { statusOf } from '#/api/problem';
import { useLanguage } from '#/app/i18n';
import { usePrivateQuery } from '#/features/session/api';
import { RequireSession } from '#/features/session/RequireSession';
import { Link } from '#/ui/Link';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import type { RecordEdits } from '../exchange';
import { Missing } from '../parts/Missing';
import { PageHead } from '../parts/PageHead';
import { isRecordRoom, type RecordRoom, recordKinds } from './kinds';
import { RecordForm } from './RecordForm';
import './style.css';

const route = getRouteApi('/$lang/private/verwaltung/eintraege/$kind/$id');

/** A record of any kind, as far as this page looks into it. */
export interface AnyRecord extends Record<string, unknown> {
  id: string;
  slug: string;
  version: number;
  title?: string;
  name?: string;
  source: { key: string; name: string };
}

export function RecordPage() {
  const { kind } = route.useParams();
  return (
    <RequireSession capability="records.edit">
      {isRecordRoom(kind) ? <RecordLoader room={kind} /> : <Missing back={null} />}
    </RequireSession>
  );
}

function RecordLoader({ room }: { room: RecordRoom }) {
  const t = useTranslations('adminRecords');
  const { id } = route.useParams();
  const path = `/api/v1/${recordKinds[room].api}/${encodeURIComponent(id)}`;
  // In the language it was written in, and as it is now: public answers may be a minute old.
  const record = usePrivateQuery<AnyRecord>(path, { lang: 'de' }, { fresh: true });
  const edits = usePrivateQuery<RecordEdits>(`${path}/edits`, undefined, { fresh: true });
  const error = record.error ?? edits.error;
  if (record.data && edits.data) {
    const { data } = record.data;
    return (
      <>
        <PageHead
          title={t('title', { name: data.title ?? data.name ?? '' })}
          heading={t.rich('titleRich', {
            name: data.title ?? data.name ?? '',
            bdi: (chunks) => <bdi>{chunks}</bdi>,
          })}
          lead={t.rich('lead', { source: data.source.name, bdi: (chunks) => <bdi>{chunks}</bdi> })}
          back={<Back room={room} record={data} />}
        />
        <RecordForm
          key={id}
          room={room}
          path={path}
          record={data}
          edits={edits.data.data.data}
          reload={() => Promise.all([record.refetch(), edits.refetch()])}
        />
      </>
    );
  }
  if ([400, 403, 404, 410].includes(statusOf(error))) return <Missing back={null} />;
  if (error) {
    return (
      <ProblemNotice
        error={error}
        onRetry={() => {
          void record.refetch();
          void edits.refetch();
        }}
      />
    );
  }
  return <Skeleton shape="block" />;
}

function Back({ room, record }: { room: RecordRoom; record: AnyRecord }) {
  const t = useTranslations('adminRecords');
  const lang = useLanguage();
  const params = { lang, id: record.id, slug: record.slug };
  switch (room) {
    case 'angebote':
      return (
        <Link to="/$lang/angebote/$id/{-$slug}" params={params}>
          {t('toRecord')}
        </Link>
      );
    case 'einrichtungen':
      return (
        <Link to="/$lang/einrichtungen/$id/{-$slug}" params={params}>
          {t('toRecord')}
        </Link>
      );
    default:
      return null;
  }
}

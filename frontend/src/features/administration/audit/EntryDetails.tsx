import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { Disclosure } from '#/ui/Disclosure';
import { Link } from '#/ui/Link';
import { Facts } from '../parts/Facts';
import { same } from '../parts/merge';
import type { AuditEntry } from '../types';
import type { AuditSearch } from './audit-search';
import { useAuditWords } from './use-audit-words';

export interface EntryDetailsProps {
  entry: AuditEntry;
  search: AuditSearch;
}

/** Everything about one entry, and the ways to narrow the list to its people and things. */
export function EntryDetails({ entry, search }: EntryDetailsProps) {
  const t = useTranslations('adminAudit');
  const lang = useLanguage();
  const words = useAuditWords();
  const { actor, target, address, userAgent } = entry;
  // Some entries tell the whole record; what stayed as it was says nothing.
  const changes = (entry.changes ?? []).filter(({ before, after }) => !same(before, after));
  const targetName = target.name ?? target.id ?? '';
  return (
    <Disclosure summary={t('details')} className="admin__may">
      <div className="stack">
        {changes.length > 0 ? (
          <ul className="admin__plain" aria-label={t('changes')}>
            {changes.map(({ field, before, after }) => (
              <li key={field}>
                <strong>{words.field(field)}</strong>{' '}
                {t.rich('change', {
                  before: words.value(field, before),
                  after: words.value(field, after),
                  bdi: (text) => <bdi>{text}</bdi>,
                })}
              </li>
            ))}
          </ul>
        ) : null}
        <Facts
          facts={[
            [t('origin'), address ? <bdi key="address">{address}</bdi> : undefined],
            [t('device'), userAgent ? <bdi key="agent">{userAgent}</bdi> : undefined],
            [t('number'), entry.seq],
            [t('hash'), <code key="hash">{entry.hash.slice(0, 16)}…</code>],
          ]}
        />
        <ul className="admin__plain">
          {actor.id ? (
            <li>
              <Link
                to="/$lang/verwaltung/protokoll"
                params={{ lang }}
                search={{ ...search, actor: actor.id }}
              >
                {t('onlyActor', { name: words.actor(actor) })}
              </Link>
            </li>
          ) : null}
          {target.id && target.kind !== 'audit' ? (
            <li>
              <Link
                to="/$lang/verwaltung/protokoll"
                params={{ lang }}
                search={{ ...search, target: target.id }}
              >
                {t('onlyTarget', { name: targetName })}
              </Link>
            </li>
          ) : null}
        </ul>
      </div>
    </Disclosure>
  );
}

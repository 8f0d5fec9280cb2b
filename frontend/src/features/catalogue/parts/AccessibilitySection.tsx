import { useTranslations } from 'use-intl';
import { useVocabularies } from '#/api/hooks';
import type { AccessibilityStatement, AccessibilityValue } from '#/api/types';
import { useFormat } from '#/app/format';
import { Disclosure } from '#/ui/Disclosure';
import { Icon, type IconName } from '#/ui/Icon';
import './accessibility-section.css';

const icons: Record<AccessibilityValue, IconName> = {
  yes: 'check',
  partly: 'partly',
  no: 'close',
  unknown: 'question',
};
const order: AccessibilityValue[] = ['yes', 'partly', 'no'];

export interface StatementGroup {
  /** Which criteria can be answered here; an organisation is asked what a place is asked. */
  scope: 'offer' | 'place';
  title: string;
  statements: readonly AccessibilityStatement[];
}

export interface AccessibilitySectionProps {
  id: string;
  groups: readonly StatementGroup[];
}

/** What is stated, by whom and when; and, just as plainly, what is not stated. */
export function AccessibilitySection({ id, groups }: AccessibilitySectionProps) {
  const t = useTranslations('accessible');
  return (
    <section className="offer-section accessible" aria-labelledby={id}>
      <h2 id={id}>{t('title')}</h2>
      {groups.map((group) => (
        <Group key={group.scope + group.title} group={group} />
      ))}
    </section>
  );
}

function Group({ group }: { group: StatementGroup }) {
  const t = useTranslations('accessible');
  const format = useFormat();
  const { label, concepts } = useVocabularies();
  const stated = order.flatMap((value) => group.statements.filter((statement) => statement.value === value));
  const known = new Set(stated.map(({ criterion }) => criterion));
  const open = concepts('accessibility-criteria').filter(
    ({ code, scope }) => !known.has(code) && (!scope || scope === group.scope),
  );
  return (
    <div className="accessible__group">
      <h3 className="accessible__title">
        <bdi>{group.title}</bdi>
      </h3>
      {stated.length === 0 ? (
        <p>{t('nothingStated')}</p>
      ) : (
        <ul className="accessible__list">
          {stated.map(({ criterion, value, provenance, date, note }) => (
            <li key={criterion} className={`accessible__item accessible__item--${value}`}>
              <span className="accessible__mark">
                <Icon name={icons[value]} size="sm" />
              </span>
              <span>
                <span className="accessible__name">
                  {label('accessibility-criteria', criterion)}: {t(`value.${value}`)}
                </span>
                {note ? <span className="accessible__note">{note}</span> : null}
                <span className="accessible__note muted">
                  {t(`provenance.${provenance ?? 'self-declared'}`)}
                  {date ? `, ${format.shortDate(date)}` : null}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {open.length > 0 ? (
        <Disclosure className="accessible__open" summary={t('notStated', { count: open.length })}>
          <p className="small">{open.map(({ code }) => label('accessibility-criteria', code)).join(' · ')}</p>
          <p className="small muted">{t('notStatedHint')}</p>
        </Disclosure>
      ) : null}
    </div>
  );
}

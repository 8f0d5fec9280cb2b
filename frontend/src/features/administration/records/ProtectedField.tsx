import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import { call } from '#/features/session/api';
import { Badge } from '#/ui/Badge';
import type { RecordEdit } from '../exchange';
import { ActionButton } from '../parts/ActionButton';
import type { EditField } from './kinds';
import { useFieldText } from './use-field-text';

export interface ProtectedFieldProps {
  path: string;
  edit: RecordEdit;
  field: EditField;
  /** The control of the field. */
  controlId: string;
  version: number;
  reload: () => Promise<unknown>;
}

/** Below a field that was edited here: what the source says, and the way back to it. */
export function ProtectedField({ path, edit, field, controlId, version, reload }: ProtectedFieldProps) {
  const t = useTranslations('adminRecords');
  const format = useFormat();
  const fieldText = useFieldText();
  const label = t(`field.${field}`);
  const feed = fieldText(field, edit.feedValue);
  const who = edit.editedBy?.name;
  return (
    <div className="record-protected">
      <p>
        <Badge tone="info" icon="pencil">
          {t('protected')}
        </Badge>{' '}
        {who
          ? t('editedBy', { name: who, date: format.shortDate(edit.editedAt) })
          : t('editedAt', { date: format.shortDate(edit.editedAt) })}
      </p>
      <p>
        <strong>{t('feedValue')}</strong> <bdi className="record-protected__feed">{feed}</bdi>
      </p>
      <ActionButton
        run={async () => {
          await call('DELETE', `${path}/edits/${encodeURIComponent(field)}`, { version });
          await reload();
          // This part goes, and focus with it.
          requestAnimationFrame(() => document.getElementById(controlId)?.focus());
        }}
        done={t('released', { field: label })}
        confirm={{
          title: t('releaseTitle', { field: label }),
          text: (
            <>
              <p>{t('releaseText')}</p>
              <p>
                <strong>{t('feedValue')}</strong> <bdi>{feed}</bdi>
              </p>
            </>
          ),
          confirm: t('release'),
        }}
      >
        {t('release')}
        <span className="visually-hidden">: {label}</span>
      </ActionButton>
    </div>
  );
}

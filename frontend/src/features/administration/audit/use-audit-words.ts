import { useTranslations } from 'use-intl';
import { useRoles } from '../parts/use-roles';
import type { AuditEntry, Role } from '../types';
import { valueText } from './value-text';

type Translate = ReturnType<typeof useTranslations<'adminAudit'>>;
type Key = Parameters<Translate>[0];

/** Words for the codes of the audit log; a code without words stays as it is. */
export function useAuditWords() {
  const t = useTranslations('adminAudit');
  const status = useTranslations('admin');
  const { label } = useRoles();
  // Codes come from the server, so the compiler cannot know them.
  const words = (key: string, code: string) => (t.has(key as Key) ? t(key as never) : code);
  return {
    action: (code: string) => words(`action.${code}`, code),
    field: (code: string) => words(`fieldName.${code}`, code),
    /** A value before or after a change; what is a code gets its usual word. */
    value: (field: string, value: unknown) => {
      const text = valueText(value);
      if (text === undefined) return t('empty');
      if (field === 'role') return label(text as Role);
      const key = `status.${text}` as Parameters<typeof status>[0];
      return (field === 'status' || field === 'state') && status.has(key) ? status(key as never) : text;
    },
    actor: ({ kind, name, id }: AuditEntry['actor']) =>
      kind === 'system' || kind === 'anonymous' ? t(kind) : (name ?? (id ? t('erased') : t('anonymous'))),
  };
}

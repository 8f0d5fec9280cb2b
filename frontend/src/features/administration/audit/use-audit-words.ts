import { useTranslations } from 'use-intl';
import type { AuditEntry } from '../types';

type Translate = ReturnType<typeof useTranslations<'adminAudit'>>;
type Key = Parameters<Translate>[0];

/** Words for the codes of the audit log; a code without words stays as it is. */
export function useAuditWords() {
  const t = useTranslations('adminAudit');
  // Codes come from the server, so the compiler cannot know them.
  const words = (key: string, code: string) => (t.has(key as Key) ? t(key as never) : code);
  return {
    action: (code: string) => words(`action.${code}`, code),
    kind: (code: string) => words(`kind.${code}`, code),
    field: (code: string) => words(`fieldName.${code}`, code),
    actor: ({ kind, name, id }: AuditEntry['actor']) =>
      kind === 'system' || kind === 'anonymous' ? t(kind) : (name ?? (id ? t('erased') : t('anonymous'))),
  };
}

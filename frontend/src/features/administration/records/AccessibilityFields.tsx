import { useTranslations } from 'use-intl';
import { useVocabularies } from '#/api/hooks';
import type { AccessibilityStatement, AccessibilityValue } from '#/api/types';
import { Disclosure } from '#/ui/Disclosure';
import { Select } from '#/ui/Select';
import { withStatement } from './values';

const answers: AccessibilityValue[] = ['unknown', 'yes', 'partly', 'no'];

export interface AccessibilityFieldsProps {
  control: { id: string; error: string | undefined };
  scope: 'offer' | 'place';
  value: AccessibilityStatement[];
  onChange: (value: AccessibilityStatement[]) => void;
}

/** Every criterion with its answer; not stated is an answer of its own. */
export function AccessibilityFields({ control, scope, value, onChange }: AccessibilityFieldsProps) {
  const t = useTranslations('adminRecords');
  const words = useTranslations('accessible.value');
  const { concepts, label } = useVocabularies();
  const stated = new Map(value.map((statement) => [statement.criterion, statement.value]));
  const criteria = concepts('accessibility-criteria').filter(
    ({ code, scope: own }) => !own || own === scope || stated.has(code),
  );
  return (
    <fieldset className="record-group">
      <legend className="field__label">{t('field.accessibility')}</legend>
      <p className="field__hint">{t('hint.accessibility')}</p>
      {control.error ? <p className="field__error">{control.error}</p> : null}
      <Disclosure
        summary={t('criteria', { count: stated.size, all: criteria.length })}
        defaultOpen={control.error !== undefined}
      >
        <div className="admin__pair">
          {criteria.map(({ code }, index) => (
            <Select
              key={code}
              id={index === 0 ? control.id : `${control.id}-${code}`}
              label={label('accessibility-criteria', code)}
              value={stated.get(code) ?? 'unknown'}
              options={answers.map((answer) => ({ value: answer, label: words(answer) }))}
              onChange={(answer) => onChange(withStatement(value, code, answer as AccessibilityValue))}
            />
          ))}
        </div>
      </Disclosure>
    </fieldset>
  );
}

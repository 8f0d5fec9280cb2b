import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#/ui/Button';
import { Checkbox } from '#/ui/Checkbox';
import { ErrorSummary } from '#/ui/ErrorSummary';
import { SecretOnce } from '#/ui/SecretOnce';

export interface RecoveryCodesProps {
  /** Level of the heading in the page's outline. */
  level: 2 | 3;
  codes: string[];
  /** The person says that they have kept them. */
  onKept: () => void;
}

/** Recovery codes, shown this once: to copy, to save and to print. Goes on only when they are kept. */
export function RecoveryCodes({ level, codes, onKept }: RecoveryCodesProps) {
  const t = useTranslations('factors');
  const c = useTranslations('control');
  const f = useTranslations('form');
  const [kept, setKept] = useState(false);
  const [attempts, setAttempts] = useState(0);
  const Heading = `h${level}` as const;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const text = `${t('codesFile')}\n\n${codes.join('\n')}\n`;
  return (
    <div className="stack recovery-codes">
      <Heading className="session-step" ref={heading} tabIndex={-1}>
        {t('codes')}
      </Heading>
      <p>{t('codesText')}</p>
      <SecretOnce
        label={t('codes')}
        value={codes.join('\n')}
        file={{ name: `${t('codesFileName')}.txt`, text }}
      />
      <p className="no-print">
        <Button variant="secondary" size="sm" icon="print" onClick={() => window.print()}>
          {c('print')}
        </Button>
      </p>
      <form
        className="stack no-print"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (kept) onKept();
          else setAttempts(attempts + 1);
        }}
      >
        {attempts > 0 && !kept ? (
          <ErrorSummary
            key={attempts}
            title={f('summary')}
            errors={[{ fieldId: 'recovery-codes-kept', message: t('codesKeptMissing') }]}
          />
        ) : null}
        <Checkbox id="recovery-codes-kept" label={t('codesKept')} checked={kept} onChange={setKept} />
        <p>
          <Button type="submit">{t('codesDone')}</Button>
        </p>
      </form>
    </div>
  );
}

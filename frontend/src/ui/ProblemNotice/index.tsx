import { useTranslations } from 'use-intl';
import { problemOf, statusOf } from '#/api/problem';
import { Button } from '#/ui/Button';
import { Notice } from '#/ui/Notice';
import './style.css';

export interface ProblemNoticeProps {
  error: unknown;
  onRetry?: () => void;
}

/** An error of the API in words, with a way on. Own words for what may heal, the server's words for the rest. */
export function ProblemNotice({ error, onRetry }: ProblemNoticeProps) {
  const t = useTranslations('problem');
  const status = statusOf(error);
  const problem = problemOf(error);
  const text =
    status === 0
      ? t('offline')
      : status === 429 || status === 503
        ? t('overload')
        : status >= 500
          ? t('server')
          : (problem?.detail ?? problem?.title);
  return (
    <Notice tone="danger" role="alert" title={t('title')} className="problem-notice">
      <p>{text}</p>
      {problem?.errors?.map((item) => (
        <p key={item.pointer + item.code}>{item.message}</p>
      ))}
      {problem?.traceId && status >= 500 ? (
        <p className="small muted">{t('trace', { id: problem.traceId })}</p>
      ) : null}
      {onRetry ? (
        <Button variant="secondary" size="sm" icon="refresh" onClick={onRetry}>
          {t('retry')}
        </Button>
      ) : null}
    </Notice>
  );
}

import { useTranslations } from 'use-intl';
import { Button } from '#/ui/Button';
import './style.css';

export interface LoadMoreProps {
  shown: number;
  total: number;
  loading: boolean;
  onMore: () => void;
}

/** Says how much of the list is shown and loads the next part on demand, never by scrolling. */
export function LoadMore({ shown, total, loading, onMore }: LoadMoreProps) {
  const t = useTranslations('ui');
  return (
    <div className="load-more">
      <p className="muted small">{t('shownOf', { shown, total })}</p>
      {shown < total ? (
        <Button variant="secondary" onClick={onMore} aria-disabled={loading || undefined}>
          {loading ? t('loading') : t('more')}
        </Button>
      ) : null}
    </div>
  );
}

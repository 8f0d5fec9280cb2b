import { useTranslations } from 'use-intl';

/** Brick gable, rape field and lake: the mark of the portal, with its name. */
export function Brand() {
  const t = useTranslations('app');
  return (
    <>
      <svg className="brand__mark" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
        <rect className="brand__sky" width="40" height="40" rx="9" />
        <path className="brand__brick" d="M8.500 23V17.500L20 6.500l11.500 11V23z" />
        <path className="brand__door" d="M17.500 23v-4.500a2.500 2.500 0 0 1 5 0V23z" />
        <path
          className="brand__field"
          d="M4.500 25.500c5-3.400 10.500-3.400 15.500 0s10.500 3.400 15.500 0v3.700c-5 3.400-10.500 3.400-15.500 0s-10.500-3.400-15.500 0z"
        />
        <path
          className="brand__lake"
          d="M4.500 31.500c5-3.400 10.500-3.400 15.500 0s10.500 3.400 15.500 0c0 3-2 5-4.500 5H9c-2.500 0-4.500-2-4.500-5z"
        />
      </svg>
      <span className="brand__name">
        <span className="brand__what">{t('nameWhat')}</span>{' '}
        <span className="brand__where">{t('nameWhere')}</span>
      </span>
    </>
  );
}

import { useTranslations } from 'use-intl';

type Key = Parameters<ReturnType<typeof useTranslations<'adminDuplicates'>>>[0];

/** Why two offers may be the same; a new reason without words is shown by its code. */
export function useReason(): (code: string) => string {
  const t = useTranslations('adminDuplicates');
  return (code) => {
    const key = `reason.${code}` as Key;
    return t.has(key) ? t(key as never) : code;
  };
}

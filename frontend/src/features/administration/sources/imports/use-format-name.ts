import { useTranslations } from 'use-intl';
import type { ImportFormat } from '../../exchange';

type Key = Parameters<ReturnType<typeof useTranslations<'adminImports'>>>[0];

/** What a format is called; a new one without words is shown by its code. */
export function useFormatName(): (format: ImportFormat) => string {
  const t = useTranslations('adminImports');
  return (format) => {
    const key = `formatName.${format}` as Key;
    return t.has(key) ? t(key as never) : format;
  };
}

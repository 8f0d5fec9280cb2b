import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';

let focusWanted = false;

/** Called by the router when another page is on screen: its heading takes focus, at once or as soon as it is there. */
export function requestHeadingFocus(): void {
  const heading = document.querySelector<HTMLElement>('main h1');
  focusWanted = heading === null;
  heading?.focus({ preventScroll: true });
}

/** Sets the title of the browser tab, ending with the name of the portal. */
export function usePageTitle(title: string | undefined): void {
  const t = useTranslations('app');
  const name = t('name');
  useEffect(() => {
    document.title = title ? `${title} – ${name}` : name;
  }, [title, name]);
}

export interface PageHeadingProps {
  children: ReactNode;
  /** Title of the browser tab; the name of the portal is added. Without it only the name is shown. */
  title?: string;
  className?: string;
  lang?: string;
  dir?: 'ltr' | 'rtl';
}

/** The one h1 of a page. It takes focus after navigation, so that a screen reader starts reading here. */
export function PageHeading({ children, title, className, lang, dir }: PageHeadingProps) {
  usePageTitle(title);
  const ref = useRef<HTMLHeadingElement>(null);
  // Runs on every render on purpose: a page that stays mounted (the next offer) must hand focus over as well.
  useEffect(() => {
    if (!focusWanted) return;
    focusWanted = false;
    ref.current?.focus({ preventScroll: true });
  });
  return (
    <h1 ref={ref} tabIndex={-1} className={className} lang={lang} dir={dir}>
      {children}
    </h1>
  );
}

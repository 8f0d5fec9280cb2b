import { useEffect, useRef } from 'react';
import { requestHeadingFocus } from '#/app/page';

/** What can be filled in. */
const controls = 'input:not([type=hidden]), select, textarea';

/**
 * Focus for a form that takes the place of its button: it goes into the form when that opens, and back to the button
 * when it closes. A form that is there from the beginning leaves focus to the heading of the page.
 */
export function useFormFocus(open: boolean) {
  const opener = useRef<HTMLButtonElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const was = useRef(open);
  useEffect(() => {
    if (!was.current && open) frame.current?.querySelector<HTMLElement>(controls)?.focus();
    // A form that was sent may have moved focus already, to what came of it.
    if (was.current && !open && document.activeElement === document.body) opener.current?.focus();
    was.current = open;
  }, [open]);
  return { opener, frame };
}

/** The heading takes focus when a view of the same page takes the place of another. */
export function useViewFocus(view: string | undefined): void {
  const was = useRef(view);
  useEffect(() => {
    if (was.current !== view) requestHeadingFocus();
    was.current = view;
  }, [view]);
}

/** Gives focus to the heading of a section, when what had it is gone. */
export function focusSection(section: Element | null): void {
  const heading = section?.querySelector<HTMLElement>('h2, h3');
  if (!heading?.isConnected || document.activeElement !== document.body) return;
  heading.tabIndex = -1;
  heading.classList.add('admin__focus');
  heading.focus({ preventScroll: true });
}

/** For a part of a section that comes and goes: when it goes, focus stays in the section. */
export function useSectionFocus(shown: boolean) {
  const section = useRef<HTMLElement>(null);
  const was = useRef(shown);
  useEffect(() => {
    if (was.current && !shown) focusSection(section.current);
    was.current = shown;
  }, [shown]);
  return section;
}

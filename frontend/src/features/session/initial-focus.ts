/**
 * As `ref` of the control that a dialog should start with. The browser reads the attribute when it opens the dialog;
 * React's own `autoFocus` comes too early for that.
 */
export function initialFocus(element: HTMLElement | null): void {
  element?.setAttribute('autofocus', '');
}

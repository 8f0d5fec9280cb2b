/** The language the server should answer in: that of the page, whatever the browser prefers. */
export function pageLanguage(): string {
  return document.documentElement.lang || 'de';
}

/** The parts of a source, each with its address and the rights of which one opens it. */
export const tabs = [
  { key: 'overview', to: '/$lang/verwaltung/quellen/$key', needs: ['sources.read'] },
  { key: 'imports', to: '/$lang/verwaltung/quellen/$key/importe', needs: ['imports.read'] },
  { key: 'schedule', to: '/$lang/verwaltung/quellen/$key/zeitplan', needs: ['sources.configure'] },
  { key: 'columns', to: '/$lang/verwaltung/quellen/$key/spalten', needs: ['sources.configure'] },
  { key: 'webhooks', to: '/$lang/verwaltung/quellen/$key/webhooks', needs: ['webhooks.manage'] },
  { key: 'clients', to: '/$lang/verwaltung/quellen/$key/partnersysteme', needs: ['clients.manage'] },
  {
    key: 'settings',
    to: '/$lang/verwaltung/quellen/$key/einstellungen',
    needs: ['sources.configure', 'sources.manage'],
  },
] as const;

export type SourceTab = (typeof tabs)[number]['key'];

/** Which part a path belongs to, the pages below it included. */
export function tabOf(pathname: string): SourceTab {
  const segment = pathname.split('/')[5];
  return tabs.find(({ to }) => segment && to.endsWith(`/${segment}`))?.key ?? 'overview';
}

import { useRouter } from '@tanstack/react-router';
import { Button } from '#/ui/Button';

/**
 * Shown when drawing a page failed. It cannot rely on anything loaded, the texts included, so it brings both languages.
 */
export function ErrorPage() {
  const router = useRouter();
  const german = !router.state.location.pathname.startsWith('/en');
  return (
    <div className="page simple-page stack">
      <h1>{german ? 'Das hat nicht geklappt' : 'Something went wrong'}</h1>
      <p className="prose">
        {german
          ? 'Die Seite konnte nicht angezeigt werden. Bitte laden Sie sie noch einmal.'
          : 'The page could not be shown. Please load it again.'}
      </p>
      <p>
        <Button icon="refresh" onClick={() => window.location.reload()}>
          {german ? 'Neu laden' : 'Reload'}
        </Button>
      </p>
    </div>
  );
}

import { PageHeading } from '#/app/page';

export function ResultsPage() {
  return (
    <div className="page simple-page">
      <PageHeading>ResultsPage</PageHeading>
    </div>
  );
}

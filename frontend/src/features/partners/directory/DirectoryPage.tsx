import { PageHeading } from '#/app/page';

export function DirectoryPage() {
  return (
    <div className="page simple-page">
      <PageHeading>DirectoryPage</PageHeading>
    </div>
  );
}

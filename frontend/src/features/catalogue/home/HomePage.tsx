import { PageHeading } from '#/app/page';

export function HomePage() {
  return (
    <div className="page simple-page">
      <PageHeading>HomePage</PageHeading>
    </div>
  );
}

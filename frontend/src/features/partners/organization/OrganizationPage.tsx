import { PageHeading } from '#/app/page';

export function OrganizationPage() {
  return (
    <div className="page simple-page">
      <PageHeading>OrganizationPage</PageHeading>
    </div>
  );
}

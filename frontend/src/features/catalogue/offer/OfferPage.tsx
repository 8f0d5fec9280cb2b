import { PageHeading } from '#/app/page';

export function OfferPage() {
  return (
    <div className="page simple-page">
      <PageHeading>OfferPage</PageHeading>
    </div>
  );
}

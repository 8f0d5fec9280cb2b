import type { ReactNode } from 'react';
import { PageHeading } from '#/app/page';

export interface PageHeadProps {
  title: string;
  /** What the heading shows, where it is more than the title. */
  heading?: ReactNode;
  lead?: ReactNode;
  /** The way back to the list. */
  back?: ReactNode;
  /** What can be done here, beside the heading. */
  children?: ReactNode;
}

/** Heading of a page of the administration. */
export function PageHead({ title, heading, lead, back, children }: PageHeadProps) {
  return (
    <>
      {back ? <p className="small no-print">{back}</p> : null}
      <div className="admin__head">
        <div>
          <PageHeading title={title}>{heading ?? title}</PageHeading>
          {lead ? <p className="admin__lead">{lead}</p> : null}
        </div>
        {children}
      </div>
    </>
  );
}

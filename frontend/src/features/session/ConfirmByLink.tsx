import { type ReactNode, useState } from 'react';
import { PageHeading } from '#/app/page';
import { Notice } from '#/ui/Notice';
import { ErrorNotice, SubmitButton } from './form';
import { LinkOver } from './LinkOver';
import { forgetLinkToken, useLinkToken } from './link-token';
import { codeOf } from './problem';
import { post } from './public-call';
import { useSubmit } from './use-submit';

export interface ConfirmByLinkProps {
  title: string;
  lead: string;
  /** The deed in a verb. */
  confirm: string;
  /** Where the token goes, below `/api/v1`. */
  path: string;
  doneTitle: string;
  done: ReactNode;
  /** What to do about a link that is used up. */
  otherwise: ReactNode;
}

/** Confirms something with the link from a mail. By a press: mail programs open links to look at them. */
export function ConfirmByLink({
  title,
  lead,
  confirm,
  path,
  doneTitle,
  done,
  otherwise,
}: ConfirmByLinkProps) {
  const token = useLinkToken();
  const [confirmed, setConfirmed] = useState(false);
  const action = useSubmit(async () => {
    await post(path, { token });
    forgetLinkToken();
    setConfirmed(true);
  });
  const over = codeOf(action.error) === 'link-invalid';
  return (
    <>
      <PageHeading title={title}>{title}</PageHeading>
      {confirmed ? (
        <Notice tone="success" role="status" title={doneTitle}>
          {done}
        </Notice>
      ) : token === undefined || over ? (
        <LinkOver reason={over ? 'over' : 'missing'}>{otherwise}</LinkOver>
      ) : (
        <>
          <p className="entrance__lead">{lead}</p>
          <ErrorNotice key={action.attempt} error={action.error} />
          <p>
            <SubmitButton type="button" pending={action.pending} onClick={() => void action.submit()}>
              {confirm}
            </SubmitButton>
          </p>
        </>
      )}
    </>
  );
}

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { call, useInvalidate } from '#/features/session/api';
import { useCapability } from '#/features/session/store';
import { Button } from '#/ui/Button';
import { type DataColumn, DataTable } from '#/ui/DataTable';
import { ActionButton } from '../parts/ActionButton';
import { useFormFocus } from '../parts/focus';
import { Moment } from '../parts/Moment';
import { StatusBadge } from '../parts/StatusBadge';
import { useRoles } from '../parts/use-roles';
import type { Member, OrganizationRef } from '../types';
import { ChangeRole } from './ChangeRole';
import { InviteMember } from './InviteMember';

export interface MemberSectionProps {
  organization: OrganizationRef;
  members: Member[];
}

/** Who works for an organisation. */
export function MemberSection({ organization, members }: MemberSectionProps) {
  const t = useTranslations('adminOrganizations');
  const a = useTranslations('admin');
  const { label } = useRoles();
  const manages = useCapability('members.manage', organization.id);
  const [inviting, setInviting] = useState(false);
  const { opener, frame } = useFormFocus(inviting);
  const columns: DataColumn<Member>[] = [
    {
      key: 'name',
      header: a('name'),
      cell: ({ account }) => (
        <>
          <bdi>{account.name}</bdi>
          <span className="admin__under">
            <bdi>{account.email}</bdi>
          </span>
        </>
      ),
    },
    { key: 'role', header: a('role'), cell: ({ role }) => label(role) },
    { key: 'status', header: a('statusLabel'), cell: ({ status }) => <StatusBadge status={status} /> },
    {
      key: 'lastSignIn',
      header: a('lastSignIn'),
      cell: ({ lastSignInAt }) =>
        lastSignInAt ? <Moment at={lastSignInAt} time /> : <span className="muted">{a('never')}</span>,
    },
  ];
  if (manages) {
    columns.push({
      key: 'actions',
      header: a('actions'),
      hideHeader: true,
      cell: (member) => <MemberActions organization={organization} member={member} />,
    });
  }
  return (
    <section className="admin__section" aria-labelledby="organization-members">
      <h2 id="organization-members">{t('members')}</h2>
      {members.length > 0 ? (
        <DataTable
          caption={t('members')}
          columns={columns}
          rows={members}
          rowKey={({ membership }) => membership}
        />
      ) : (
        <p>{t('membersEmpty')}</p>
      )}
      {manages && !inviting ? (
        <Button ref={opener} variant="secondary" size="sm" onClick={() => setInviting(true)}>
          {t('invite')}
        </Button>
      ) : null}
      {inviting ? (
        <div ref={frame}>
          <InviteMember organization={organization} onClose={() => setInviting(false)} />
        </div>
      ) : null}
    </section>
  );
}

function MemberActions({ organization, member }: { organization: OrganizationRef; member: Member }) {
  const t = useTranslations('adminOrganizations');
  const a = useTranslations('admin');
  const invalidate = useInvalidate();
  const { version, status } = member;
  const { name } = member.account;
  const path = `/api/v1/organizations/${organization.id}/members/${member.membership}`;
  const refresh = () => invalidate('/api/v1/organizations');
  const who = <span className="visually-hidden">: {name}</span>;
  return (
    <div className="admin__buttons">
      <ChangeRole member={member} path={path} />
      {status === 'active' ? (
        <ActionButton
          variant="quiet"
          run={async () => {
            await call('PATCH', path, { body: { status: 'suspended' }, version });
            await refresh();
          }}
          done={t('suspended', { name })}
          confirm={{
            title: t('suspendTitle', { name }),
            text: <p>{t('suspendText', { name })}</p>,
            confirm: a('suspend'),
          }}
        >
          {a('suspend')}
          {who}
        </ActionButton>
      ) : null}
      {status === 'suspended' ? (
        <ActionButton
          variant="quiet"
          run={async () => {
            await call('PATCH', path, { body: { status: 'active' }, version });
            await refresh();
          }}
          done={t('reactivated', { name })}
        >
          {a('reactivate')}
          {who}
        </ActionButton>
      ) : null}
      <ActionButton
        variant="quiet"
        run={async () => {
          await call('DELETE', path, { version });
          await refresh();
        }}
        done={t('removed', { name })}
        confirm={{
          title: t('removeTitle', { name }),
          text: <p>{t('removeText', { name })}</p>,
          confirm: t('removeDo'),
        }}
      >
        {a('remove')}
        {who}
      </ActionButton>
    </div>
  );
}

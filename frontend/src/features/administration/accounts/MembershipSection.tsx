import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { call, useInvalidate } from '#/features/session/api';
import { FormErrors, SubmitButton, useForm } from '#/features/session/form';
import { Button } from '#/ui/Button';
import { type DataColumn, DataTable } from '#/ui/DataTable';
import { ActionButton } from '../parts/ActionButton';
import { useFormFocus } from '../parts/focus';
import {
  type Grant,
  grantBody,
  MembershipFields,
  needsOrganization,
  RoleGuide,
} from '../parts/MembershipFields';
import { Moment } from '../parts/Moment';
import { useReport } from '../parts/results';
import { StatusBadge } from '../parts/StatusBadge';
import { useRoles } from '../parts/use-roles';
import type { Account, Membership, MembershipChange } from '../types';

/** The roles of an account: granted, suspended and removed one by one. */
export function MembershipSection({ account }: { account: Account }) {
  const t = useTranslations('adminAccounts');
  const a = useTranslations('admin');
  const { label } = useRoles();
  const [adding, setAdding] = useState(false);
  const { opener, frame } = useFormFocus(adding);
  const columns: DataColumn<Membership>[] = [
    { key: 'role', header: a('role'), cell: ({ role }) => label(role) },
    {
      key: 'organization',
      header: a('organization'),
      cell: ({ organization }) =>
        organization ? <bdi>{organization.name}</bdi> : <span className="muted">{a('everywhere')}</span>,
    },
    { key: 'status', header: a('statusLabel'), cell: ({ status }) => <StatusBadge status={status} /> },
    { key: 'since', header: a('since'), cell: ({ createdAt }) => <Moment at={createdAt} /> },
    {
      key: 'actions',
      header: a('actions'),
      hideHeader: true,
      cell: (membership) => <MembershipActions account={account} membership={membership} />,
    },
  ];
  return (
    <section className="admin__section" aria-labelledby="account-memberships">
      <h2 id="account-memberships">{t('memberships')}</h2>
      {account.memberships.length > 0 ? (
        <DataTable
          caption={t('memberships')}
          columns={columns}
          rows={account.memberships}
          rowKey={({ id }) => id}
        />
      ) : (
        <p>{t('membershipsEmpty')}</p>
      )}
      {adding ? (
        <div ref={frame}>
          <AddMembership account={account} onClose={() => setAdding(false)} />
        </div>
      ) : (
        <Button ref={opener} variant="secondary" size="sm" onClick={() => setAdding(true)}>
          {t('addMembership')}
        </Button>
      )}
    </section>
  );
}

function MembershipActions({ account, membership }: { account: Account; membership: Membership }) {
  const t = useTranslations('adminAccounts');
  const a = useTranslations('admin');
  const { label } = useRoles();
  const invalidate = useInvalidate();
  const path = `/api/v1/accounts/${account.id}/memberships/${membership.id}`;
  const refresh = () => invalidate('/api/v1/accounts');
  const { version } = membership;
  const setStatus = (status: 'active' | 'suspended') => async () => {
    await call('PATCH', path, { body: { status } satisfies MembershipChange, version });
    await refresh();
  };
  const role = label(membership.role);
  return (
    <div className="admin__buttons">
      {membership.status === 'active' ? (
        <ActionButton run={setStatus('suspended')} done={t('membershipSuspended')}>
          {a('suspend')}
          <span className="visually-hidden">: {role}</span>
        </ActionButton>
      ) : null}
      {membership.status === 'suspended' ? (
        <ActionButton run={setStatus('active')} done={t('membershipActive')}>
          {a('reactivate')}
          <span className="visually-hidden">: {role}</span>
        </ActionButton>
      ) : null}
      <ActionButton
        variant="quiet"
        run={async () => {
          await call('DELETE', path, { version });
          await refresh();
        }}
        done={t('membershipRemoved')}
        confirm={{
          title: t('removeMembershipTitle'),
          text: <p>{t('removeMembershipText', { name: account.name, role })}</p>,
          confirm: t('removeMembershipDo'),
        }}
      >
        {a('remove')}
        <span className="visually-hidden">: {role}</span>
      </ActionButton>
    </div>
  );
}

function AddMembership({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = useTranslations('adminAccounts');
  const a = useTranslations('admin');
  const f = useTranslations('form');
  const invalidate = useInvalidate();
  const report = useReport();
  const { roles } = useRoles();
  const [grant, setGrant] = useState<Grant>({ role: '' });
  const form = useForm({
    fields: {
      role: { required: a('roleMissing') },
      organization: { required: needsOrganization(roles, grant) ? a('organizationMissing') : undefined },
    },
    words: { conflict: { field: 'role', message: t('alreadyGranted') } },
    onSubmit: async () => {
      await call('POST', `/api/v1/accounts/${account.id}/memberships`, { body: grantBody(roles, grant) });
      await invalidate('/api/v1/accounts');
      onClose();
      report(t('membershipAdded'));
    },
  });
  return (
    <form {...form.props} className="admin__form admin__panel">
      <FormErrors form={form} />
      <MembershipFields
        roles={roles}
        value={grant}
        onChange={setGrant}
        roleField={form.field('role')}
        organizationField={form.field('organization')}
      />
      <RoleGuide roles={roles} />
      <div className="admin__buttons">
        <SubmitButton pending={form.pending}>{t('addMembership')}</SubmitButton>
        <Button variant="secondary" onClick={onClose}>
          {f('cancel')}
        </Button>
      </div>
    </form>
  );
}

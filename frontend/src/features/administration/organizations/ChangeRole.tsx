import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { call, isStale, useInvalidate } from '#/features/session/api';
import { ErrorNotice } from '#/features/session/form';
import { useSubmit } from '#/features/session/use-submit';
import { Button } from '#/ui/Button';
import { Dialog } from '#/ui/Dialog';
import { Notice } from '#/ui/Notice';
import { RoleField } from '../parts/RoleFields';
import { useReport } from '../parts/results';
import { useRoles } from '../parts/use-roles';
import type { Member, MemberChange, Role } from '../types';

/** Gives a colleague another role of the same organisation. */
export function ChangeRole({ member, path }: { member: Member; path: string }) {
  const t = useTranslations('adminOrganizations');
  const f = useTranslations('form');
  const invalidate = useInvalidate();
  const report = useReport();
  const { roles, label } = useRoles();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [role, setRole] = useState<Role>(member.role);
  const { name } = member.account;
  const change = useSubmit(async () => {
    try {
      await call('PATCH', path, { body: { role } satisfies MemberChange, version: member.version });
    } catch (error) {
      // The choice stays; below it stands what is saved now.
      if (isStale(error)) await invalidate('/api/v1/organizations');
      throw error;
    }
    await invalidate('/api/v1/organizations');
    setOpen(false);
    report(t('roleChanged'));
  });
  const stale = isStale(change.error);
  return (
    <>
      <Button
        variant="secondary"
        size="sm"
        onClick={() => {
          change.reset();
          setRole(member.role);
          setOpen(true);
        }}
      >
        {t('changeRole')}
        <span className="visually-hidden">: {name}</span>
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t('changeRoleTitle', { name })}
        footer={
          <>
            <Button aria-disabled={change.pending || undefined} onClick={() => void change.submit()}>
              {f('save')}
            </Button>
            <Button variant="secondary" onClick={() => setOpen(false)}>
              {f('cancel')}
            </Button>
          </>
        }
      >
        <div className="stack">
          {stale ? (
            <Notice tone="warning" role="alert" title={f('staleTitle')}>
              <p>{f('staleText')}</p>
              <p>{f('staleSaved', { value: label(member.role) })}</p>
            </Notice>
          ) : (
            <ErrorNotice error={change.error} key={change.attempt} />
          )}
          <RoleField
            field={{ id, name: 'role' }}
            roles={roles.filter(({ scope }) => scope === 'organization')}
            value={role}
            onChange={setRole}
          />
        </div>
      </Dialog>
    </>
  );
}

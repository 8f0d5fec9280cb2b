import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import { RoleName } from '#/features/session/RoleName';
import { useAccount } from '#/features/session/store';
import { AccountFrame, Section } from './AccountFrame';
import { EmailForm } from './EmailForm';
import { ProfileForm } from './ProfileForm';

/** The own profile: name, language, e-mail address, and what the account may do. */
export function AccountPage() {
  const t = useTranslations('account');
  return (
    <AccountFrame title={t('title')}>
      <Section id="profile" title={t('profile')}>
        <ProfileForm />
      </Section>
      <Section id="email" title={t('email')}>
        <EmailForm />
      </Section>
      <Section id="roles" title={t('roles')}>
        <Roles />
      </Section>
    </AccountFrame>
  );
}

function Roles() {
  const t = useTranslations('account');
  const format = useFormat();
  const { roles, createdAt } = useAccount();
  return (
    <>
      {roles.length === 0 ? (
        <p>{t('noRoles')}</p>
      ) : (
        <ul className="account__items">
          {roles.map(({ membership, role, organization }) => (
            <li key={membership} className="account__item">
              <span className="account__item-name">
                <RoleName role={role} />
              </span>
              <span>{organization ? <bdi>{organization.name}</bdi> : t('wholePortal')}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="small muted">{t('since', { date: format.date(createdAt) })}</p>
    </>
  );
}

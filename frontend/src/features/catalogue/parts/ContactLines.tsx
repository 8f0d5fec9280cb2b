import { useTranslations } from 'use-intl';
import type { ContactPoint } from '#/api/types';
import { Icon } from '#/ui/Icon';
import { ExternalLink } from '#/ui/Link';
import './contact-lines.css';

/** Phone first: a contact as links one can press. */
export function ContactLines({ contact }: { contact: ContactPoint }) {
  const t = useTranslations('contact');
  const { name, phone, email, url, hours } = contact;
  return (
    <div className="contact-lines">
      {name ? <p className="contact-lines__name">{name}</p> : null}
      {phone ? (
        <p className="contact-lines__line">
          <Icon name="phone" />
          <span className="visually-hidden">{t('phone')} </span>
          <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
            <bdi dir="ltr">{phone}</bdi>
          </a>
        </p>
      ) : null}
      {hours ? <p className="contact-lines__hours">{hours}</p> : null}
      {email ? (
        <p className="contact-lines__line">
          <Icon name="mail" />
          <span className="visually-hidden">{t('email')} </span>
          <a href={`mailto:${email}`}>{email}</a>
        </p>
      ) : null}
      {url ? (
        <p className="contact-lines__line">
          <Icon name="globe" />
          <ExternalLink href={url}>{t('website')}</ExternalLink>
        </p>
      ) : null}
    </div>
  );
}

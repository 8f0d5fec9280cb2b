import { useTranslations } from 'use-intl';
import type { Offer } from '#/api/types';
import { berlinDay, useFormat } from '#/app/format';
import { ContactLines } from '#/features/catalogue/parts/ContactLines';
import { usePriceText } from '#/features/catalogue/parts/price';
import { StatusBadge } from '#/features/catalogue/parts/StatusBadge';
import { ButtonAnchor } from '#/ui/Button';
import { relevantRun } from './KeyFacts';

/** How to get in: the booking page, the phone, the mailbox and until when; the contact where nothing else is known. */
export function RegistrationBox({ offer }: { offer: Offer }) {
  const t = useTranslations('offerPage');
  const format = useFormat();
  const priceText = usePriceText();
  const run = relevantRun(offer.runs, berlinDay(new Date()));
  const registration = offer.registration;
  const url = run?.url ?? registration?.url ?? undefined;
  const deadline = run?.deadline ?? registration?.deadline;
  const forms = registration?.forms ?? [];
  const cancelled = run?.status === 'cancelled';
  const contact = offer.contact;
  // What the contact says as well is said once.
  const direct = {
    phone: registration?.phone === contact?.phone ? undefined : registration?.phone,
    email: registration?.email === contact?.email ? undefined : registration?.email,
  };
  const anything = url || direct.phone || direct.email || contact || forms.length > 0 || registration?.note;

  return (
    <section className="registration" aria-labelledby="offer-registration">
      <h2 className="registration__title" id="offer-registration">
        {t('registration')}
      </h2>
      <p className="registration__price">
        <span>{priceText(run?.price ?? offer.price)}</span>
        {run ? <StatusBadge status={run.status} /> : null}
      </p>
      {forms.includes('not-required') ? <p>{t('form.not-required')}</p> : null}
      {url && !cancelled ? (
        <ButtonAnchor
          className="no-print"
          variant="accent"
          size="lg"
          block
          href={url}
          rel="external noopener"
          iconEnd="external"
        >
          {t('toRegistration')}
        </ButtonAnchor>
      ) : null}
      {url ? <p className="print-only small">{url}</p> : null}
      {deadline ? <p>{t('deadline', { date: format.date(deadline) })}</p> : null}
      {forms.some((form) => form !== 'not-required' && form !== 'online') ? (
        <p className="small">
          {t('forms', {
            forms: format.list(
              forms.filter((form) => form !== 'not-required').map((form) => t(`form.${form}`)),
            ),
          })}
        </p>
      ) : null}
      {registration?.note ? <p className="small">{registration.note}</p> : null}
      {direct.phone || direct.email ? <ContactLines contact={direct} /> : null}
      {contact ? <ContactLines contact={contact} /> : null}
      {anything ? null : <p className="muted">{t('registrationUnknown')}</p>}
    </section>
  );
}

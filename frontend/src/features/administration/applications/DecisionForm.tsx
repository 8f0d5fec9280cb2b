import { useTranslations } from 'use-intl';
import { call, useInvalidate } from '#/features/session/api';
import { keepInput, useDraft } from '#/features/session/drafts';
import { FormErrors, SubmitButton, useForm } from '#/features/session/form';
import { codeOf } from '#/features/session/problem';
import { RadioGroup } from '#/ui/RadioGroup';
import { TextArea } from '#/ui/TextArea';
import { OrganizationField } from '../parts/OrganizationField';
import { useReport } from '../parts/results';
import type { Application, Decision, OrganizationRef } from '../types';

interface Values {
  decision: 'approve' | 'reject' | '';
  how: 'link' | 'create' | '';
  organization?: OrganizationRef;
  reason: string;
}

/** Approve or reject an application. The form says what follows, so it asks no second time. */
export function DecisionForm({ application }: { application: Application }) {
  const t = useTranslations('adminApplications');
  const a = useTranslations('admin');
  const invalidate = useInvalidate();
  const report = useReport();
  const draft = useDraft<Values>(`decision:${application.id}`, { decision: '', how: '', reason: '' });
  const { values, keep } = draft;
  const { decision, how, organization } = values;
  const name = application.contactName;
  const linking = decision === 'approve' && how === 'link';

  const form = useForm({
    fields: {
      decision: { required: t('decisionMissing') },
      how: { required: decision === 'approve' ? t('howMissing') : undefined },
      organization: { required: linking ? a('organizationMissing') : undefined },
      reason: { required: decision === 'reject' ? t('reasonMissing') : undefined },
    },
    onSubmit: async ({ reason }) => {
      try {
        const body: Decision =
          decision === 'approve'
            ? { decision, organization: linking ? organization?.id : undefined }
            : { decision: 'reject', reason };
        const path = `/api/v1/applications/${application.id}/decision`;
        await call('POST', path, { body, version: application.version });
      } catch (error) {
        if (codeOf(error) !== 'already-decided') throw error;
        // The page shows what was decided in place of this form.
        await invalidate('/api/v1/applications');
        report(t('alreadyDecided'), 'warning');
        return;
      }
      draft.discard();
      await invalidate('/api/v1/applications');
      report(decision === 'approve' ? t('approved', { name }) : t('rejected'));
    },
  });

  return (
    <section className="admin__section" aria-labelledby="application-decision">
      <h2 id="application-decision">{t('decision')}</h2>
      <form {...form.props} onInput={keepInput(draft)} className="admin__form admin__panel">
        <FormErrors form={form} />
        <RadioGroup
          {...form.field('decision')}
          legend={t('decision')}
          value={decision || undefined}
          options={[
            { value: 'approve', label: t('approve'), explanation: t('approveExplanation', { name }) },
            { value: 'reject', label: t('reject'), explanation: t('rejectExplanation', { name }) },
          ]}
          onChange={(next) => keep({ ...values, decision: next })}
        />
        {decision === 'approve' ? (
          <RadioGroup
            {...form.field('how')}
            legend={t('how')}
            value={how || undefined}
            options={[
              { value: 'link', label: t('link'), explanation: t('linkExplanation') },
              {
                value: 'create',
                label: t('create'),
                explanation: t('createExplanation', { name: application.organizationName }),
              },
            ]}
            onChange={(next) => keep({ ...values, how: next })}
          />
        ) : null}
        {linking ? (
          <OrganizationField
            id={form.field('organization').id}
            name="organization"
            error={form.field('organization').error}
            label={a('organization')}
            suggestion={application.organizationName}
            value={organization}
            onChange={(next) => keep({ ...values, organization: next })}
          />
        ) : null}
        {decision === 'reject' ? (
          <TextArea
            {...form.field('reason')}
            label={t('reason')}
            hint={t('reasonHint')}
            maxLength={2000}
            defaultValue={values.reason}
          />
        ) : null}
        <SubmitButton pending={form.pending} variant={decision === 'reject' ? 'accent' : 'primary'}>
          {decision === 'approve'
            ? t('submitApprove')
            : decision === 'reject'
              ? t('submitReject')
              : t('submit')}
        </SubmitButton>
      </form>
    </section>
  );
}

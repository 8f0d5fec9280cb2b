import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { call, isStale, useInvalidate } from '#/features/session/api';
import { FormErrors, SubmitButton, useForm } from '#/features/session/form';
import { Notice } from '#/ui/Notice';
import { RadioGroup } from '#/ui/RadioGroup';
import type { PairDetail } from '../exchange';
import { useReport } from '../parts/results';

const choices = ['keepFirst', 'keepSecond', 'link', 'apart'] as const;
type Choice = (typeof choices)[number];

/** Which of the four it is. Every choice can be taken back later. */
export function DecisionForm({ pair, reload }: { pair: PairDetail; reload: () => Promise<unknown> }) {
  const t = useTranslations('adminDuplicates');
  const f = useTranslations('form');
  const report = useReport();
  const invalidate = useInvalidate();
  const [choice, setChoice] = useState<Choice>();
  const [stale, setStale] = useState(false);
  const { first, second } = pair;

  const body = (chosen: Choice) => {
    if (chosen === 'keepFirst') return { decision: 'merge', keep: first.id };
    if (chosen === 'keepSecond') return { decision: 'merge', keep: second.id };
    return { decision: chosen };
  };

  const form = useForm({
    fields: { choice: { required: t('choiceMissing'), pointer: '/decision' } },
    onSubmit: async () => {
      if (!choice) return;
      try {
        await call('POST', `/api/v1/duplicates/${encodeURIComponent(pair.id)}/decision`, {
          body: body(choice),
          version: pair.version,
        });
      } catch (error) {
        if (!isStale(error)) throw error;
        setStale(true);
        await reload();
        return;
      }
      report(t(`done.${choice}`));
      await reload();
      void invalidate('/api/v1/duplicates');
    },
  });

  return (
    <form {...form.props} className="admin__form admin__panel">
      <FormErrors form={form} />
      {stale ? (
        <Notice tone="warning" role="alert" title={f('staleTitle')}>
          <p>{t('stale')}</p>
        </Notice>
      ) : null}
      <RadioGroup
        {...form.field('choice')}
        legend={t('question')}
        value={choice}
        options={choices.map((code) => ({
          value: code,
          label: t(`choice.${code}`),
          explanation: t(`choiceText.${code}`, {
            first: t('offerName', { title: first.title, organization: first.organization.name }),
            second: t('offerName', { title: second.title, organization: second.organization.name }),
          }),
        }))}
        onChange={setChoice}
      />
      <SubmitButton pending={form.pending}>{t('decide')}</SubmitButton>
    </form>
  );
}

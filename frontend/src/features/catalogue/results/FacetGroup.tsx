import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useAreas, useVocabularies } from '#/api/hooks';
import type { FacetCount } from '#/api/types';
import { useFormat } from '#/app/format';
import type { MultiFilter } from '#/features/catalogue/offer-search';
import { useValueLabel, vocabularyOf } from '#/features/catalogue/parts/filter-labels';
import { Button } from '#/ui/Button';
import { Checkbox } from '#/ui/Checkbox';
import { cx } from '#/ui/cx';
import { arrangeChoices } from './facet-choices';

const shortLength = 7;

export interface FacetGroupProps {
  filter: MultiFilter;
  legend: string;
  counts: FacetCount[];
  chosen: readonly string[];
  idPrefix: string;
  onToggle: (value: string, on: boolean) => void;
}

/** The choices of one filter with the number of offers each would give. */
export function FacetGroup({ filter, legend, counts, chosen, idPrefix, onToggle }: FacetGroupProps) {
  const t = useTranslations('facet');
  const format = useFormat();
  const valueLabel = useValueLabel();
  const { concepts } = useVocabularies();
  const { areas } = useAreas();
  const [all, setAll] = useState(false);

  const parents =
    filter === 'area'
      ? areas.map((area) => ({
          code: area.key,
          broader: area.kind === 'municipality' ? area.parent : undefined,
        }))
      : concepts(vocabularyOf[filter]);
  const choices = arrangeChoices({
    counts,
    chosen,
    order: parents,
    // Areas are many: by number, the county itself says nothing. Vocabularies have an order of their own.
    by: filter === 'area' ? 'count' : 'order',
  });
  const shown =
    all || choices.length <= shortLength + 2
      ? choices
      : choices.filter((choice, i) => i < shortLength || choice.chosen);

  return (
    <fieldset className="facet">
      <legend className="visually-hidden">{legend}</legend>
      {shown.map((choice) => (
        <Checkbox
          key={choice.code}
          id={`${idPrefix}-${filter}-${choice.code}`}
          className={cx(
            choice.nested && 'facet__nested',
            choice.count === 0 && !choice.chosen && 'facet__empty',
          )}
          label={valueLabel(filter, choice.code)}
          count={format.number(choice.count)}
          checked={choice.chosen}
          onChange={(on) => onToggle(choice.code, on)}
        />
      ))}
      {choices.length > shown.length || all ? (
        <Button variant="quiet" size="sm" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('less') : t('all', { count: choices.length })}
        </Button>
      ) : null}
    </fieldset>
  );
}

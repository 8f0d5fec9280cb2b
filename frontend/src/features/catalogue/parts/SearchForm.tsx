import { useEffect, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useAreas } from '#/api/hooks';
import { Button } from '#/ui/Button';
import { announce } from '#/ui/LiveRegion';
import { WhatField } from './WhatField';
import { useNearLabel, WhereField } from './WhereField';
import { nearOfPosition, nearOfText } from './where';
import './search-form.css';

export interface SearchFormProps {
  q?: string;
  near?: string;
  onSearch: (wanted: { q?: string; near?: string }) => void;
  size?: 'md' | 'lg';
}

/** What and where, in one line on a desk and one below the other on a phone. */
export function SearchForm({ q, near, onSearch, size = 'md' }: SearchFormProps) {
  const t = useTranslations('search');
  const { areas } = useAreas();
  const nearLabel = useNearLabel();
  const errorId = useId();
  const currentPlace = near ? nearLabel(near) : '';
  const [words, setWords] = useState(q ?? '');
  const [place, setPlace] = useState(currentPlace);
  const [error, setError] = useState<string>();
  const [locating, setLocating] = useState(false);

  // The address is the truth: going back, or removing a filter, changes the fields.
  useEffect(() => setWords(q ?? ''), [q]);
  useEffect(() => setPlace(currentPlace), [currentPlace]);

  function fail(message: string) {
    setError(message);
    announce(message);
  }

  function search(wanted: { q?: string; near?: string }) {
    setError(undefined);
    onSearch({ q: wanted.q?.trim() || undefined, near: wanted.near });
  }

  function submit(withWords: string) {
    const unchanged = near !== undefined && place === currentPlace;
    const wantedNear = unchanged ? near : nearOfText(areas, place);
    if (wantedNear === null) fail(t('placeUnknown', { place }));
    else search({ q: withWords, near: wantedNear });
  }

  function locate() {
    if (!('geolocation' in navigator)) return fail(t('positionUnavailable'));
    setLocating(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setLocating(false);
        search({ q: words, near: nearOfPosition(coords.latitude, coords.longitude) });
      },
      () => {
        setLocating(false);
        fail(t('positionUnavailable'));
      },
      { timeout: 10_000, maximumAge: 300_000 },
    );
  }

  return (
    <search>
      <form
        className={`search-form search-form--${size}`}
        onSubmit={(event) => {
          event.preventDefault();
          submit(words);
        }}
      >
        <div className="search-form__fields">
          <WhatField value={words} onChange={setWords} onQuery={submit} />
          <WhereField
            value={place}
            onChange={setPlace}
            onChoose={(chosen, name) => {
              setPlace(name);
              search({ q: words, near: chosen });
            }}
          />
          <Button
            className="search-form__submit"
            type="submit"
            variant="accent"
            size={size === 'lg' ? 'lg' : 'md'}
            icon="search"
          >
            {t('submit')}
          </Button>
        </div>
        <p className="search-form__foot">
          <Button
            variant="quiet"
            size="sm"
            icon="locate"
            onClick={locate}
            aria-disabled={locating || undefined}
          >
            {locating ? t('locating') : t('nearMe')}
          </Button>
          <span id={errorId} className="search-form__error">
            {error}
          </span>
        </p>
      </form>
    </search>
  );
}

import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { cx } from '#/ui/cx';
import { Icon, type IconName } from '#/ui/Icon';
import { useAnnouncement } from '#/ui/LiveRegion';
import './style.css';

export interface ComboboxOption {
  id: string;
  label: string;
  /** A second, quieter text: what kind of thing this is. */
  detail?: string;
  icon?: IconName;
}

export interface ComboboxProps<Option extends ComboboxOption> {
  label: ReactNode;
  hideLabel?: boolean;
  name?: string;
  id?: string;
  value: string;
  options: Option[];
  placeholder?: string;
  icon?: IconName;
  onChange: (value: string) => void;
  onSelect: (option: Option) => void;
  className?: string;
}

/**
 * A text input with suggestions, after the ARIA APG pattern “editable combobox with list autocomplete”.
 * Enter without a chosen suggestion is left to the surrounding form.
 */
export function Combobox<Option extends ComboboxOption>(props: ComboboxProps<Option>) {
  const { label, hideLabel, name, value, options, placeholder, icon, onChange, onSelect, className } = props;
  const t = useTranslations('ui');
  const ownId = useId();
  const id = props.id ?? ownId;
  const listId = `${id}-list`;
  const input = useRef<HTMLInputElement>(null);
  const [wanted, setWanted] = useState(false);
  const [active, setActive] = useState(-1);

  const open = wanted && options.length > 0;
  const activeOption = open ? options[active] : undefined;
  const optionId = (index: number) => `${id}-option-${index}`;

  useAnnouncement(open ? t('suggestions', { count: options.length }) : undefined);

  function close() {
    setWanted(false);
    setActive(-1);
  }

  function choose(option: Option) {
    close();
    onSelect(option);
  }

  function move(step: 1 | -1) {
    setWanted(true);
    if (options.length === 0) return;
    const from = !open && active === -1 ? (step === 1 ? -1 : 0) : active;
    const start = from === -1 && step === -1 ? 0 : from;
    setActive((start + step + options.length) % options.length);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    switch (event.key) {
      case 'ArrowDown':
        event.preventDefault();
        if (event.altKey) setWanted(true);
        else move(1);
        break;
      case 'ArrowUp':
        event.preventDefault();
        if (event.altKey) close();
        else move(-1);
        break;
      case 'Enter':
        if (activeOption) {
          event.preventDefault();
          choose(activeOption);
        } else {
          close();
        }
        break;
      case 'Escape':
        if (open) {
          event.preventDefault();
          close();
        } else if (value) {
          event.preventDefault();
          onChange('');
        }
        break;
      case 'Tab':
        close();
        break;
      case 'Home':
      case 'End':
      case 'ArrowLeft':
      case 'ArrowRight':
        setActive(-1);
        break;
    }
  }

  return (
    <div className={cx('combobox', className)}>
      <label className={hideLabel ? 'visually-hidden' : 'combobox__label'} htmlFor={id}>
        {label}
      </label>
      <div className="combobox__frame">
        {icon ? <Icon name={icon} className="combobox__icon" /> : null}
        <input
          ref={input}
          id={id}
          name={name}
          className="combobox__input"
          type="text"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={open}
          aria-controls={listId}
          aria-activedescendant={activeOption ? optionId(active) : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="search"
          placeholder={placeholder}
          value={value}
          onChange={(event) => {
            setWanted(true);
            setActive(-1);
            onChange(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
          onBlur={close}
        />
        {value ? (
          <button
            type="button"
            className="combobox__clear"
            aria-label={t('clear')}
            onClick={() => {
              close();
              onChange('');
              input.current?.focus();
            }}
          >
            <Icon name="close" />
          </button>
        ) : null}
      </div>

      <div
        className="combobox__list"
        id={listId}
        role="listbox"
        aria-label={t('suggestionList')}
        hidden={!open}
      >
        {open
          ? options.map((option, index) => (
              // biome-ignore lint/a11y/useFocusableInteractive: see above.
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the input.
              <div
                key={option.id}
                id={optionId(index)}
                role="option"
                aria-selected={index === active}
                className={cx('combobox__option', index === active && 'combobox__option--active')}
                onMouseDown={(event) => event.preventDefault()}
                onMouseMove={() => setActive(index)}
                onClick={() => choose(option)}
              >
                {option.icon ? <Icon name={option.icon} className="combobox__option-icon" /> : null}
                <span className="combobox__option-label">{option.label}</span>
                {option.detail ? <span className="combobox__option-detail">{option.detail}</span> : null}
              </div>
            ))
          : null}
      </div>
    </div>
  );
}

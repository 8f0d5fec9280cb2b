import { type FormEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { statusOf } from '#/api/problem';
import { Button, type ButtonProps } from '#/ui/Button';
import { ErrorSummary } from '#/ui/ErrorSummary';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { codeOf, fieldProblem } from './problem';
import { isDismissed } from './webauthn';

export type Values<Name extends string> = Record<Name, string>;

export interface FieldRule<Name extends string> {
  /** Said when the field is left empty; without it the field may stay empty. */
  required?: string;
  /** Says what is wrong with the value, or nothing. */
  check?: (value: string, values: Values<Name>) => string | undefined;
  /** Where the server finds the field in the request; `/name` unless told otherwise. */
  pointer?: string;
}

export interface FormOptions<Name extends string> {
  fields: Record<Name, FieldRule<Name>>;
  /** Own words for codes of the server, at the field they belong to. */
  words?: Record<string, { field: NoInfer<Name>; message: string } | undefined>;
  onSubmit: (values: Values<NoInfer<Name>>) => Promise<unknown>;
}

export interface Form<Name extends string> {
  /** For the form element. */
  props: { noValidate: true; onSubmit: (event: FormEvent<HTMLFormElement>) => void };
  /** For a field of `src/ui`: id, name and what is wrong with it. */
  field: (name: Name) => { id: string; name: Name; error: string | undefined; required: boolean };
  pending: boolean;
  /** What the last attempt ended with, where it was no fault of a field. */
  error: unknown;
  errors: { fieldId: string; message: string }[];
  attempt: number;
  reset: () => void;
}

interface State<Name extends string> {
  pending: boolean;
  attempt: number;
  faults: Partial<Record<Name, string>>;
  error: unknown;
}

/** Values of the named controls of a form; text loses the white space around it, a password does not. */
function valuesOf<Name extends string>(form: HTMLFormElement, names: Name[]): Values<Name> {
  const data = new FormData(form);
  return Object.fromEntries(
    names.map((name) => {
      const value = String(data.get(name) ?? '');
      return [name, /password/i.test(name) ? value : value.trim()];
    }),
  ) as Values<Name>;
}

/** A form of native elements: checks what was entered, sends it once, and keeps what went wrong for the summary. */
export function useForm<Name extends string>({
  fields,
  words = {},
  onSubmit,
}: FormOptions<Name>): Form<Name> {
  const prefix = useId();
  const names = Object.keys(fields) as Name[];
  const nothing: State<Name> = { pending: false, attempt: 0, faults: {}, error: undefined };
  const [state, setState] = useState(nothing);
  const id = (name: Name) => `${prefix}-${name}`;

  function localFaults(values: Values<Name>): State<Name>['faults'] {
    const faults: State<Name>['faults'] = {};
    for (const name of names) {
      const { required, check } = fields[name];
      const message = values[name] === '' ? required : check?.(values[name], values);
      if (message) faults[name] = message;
    }
    return faults;
  }

  function faultsOf(error: unknown): State<Name>['faults'] {
    const known = words[codeOf(error) ?? ''];
    if (known) return { [known.field]: known.message } as State<Name>['faults'];
    const faults: State<Name>['faults'] = {};
    for (const name of names) {
      const message = fieldProblem(error, fields[name].pointer ?? `/${name}`);
      if (message) faults[name] = message;
    }
    return faults;
  }

  async function send(values: Values<Name>): Promise<void> {
    const faults = localFaults(values);
    if (Object.keys(faults).length > 0) {
      setState((was) => ({ pending: false, attempt: was.attempt + 1, faults, error: undefined }));
      return;
    }
    setState((was) => ({ ...was, pending: true }));
    try {
      await onSubmit(values);
      setState((was) => ({ ...nothing, attempt: was.attempt }));
    } catch (error) {
      const fromServer = faultsOf(error);
      const general = Object.keys(fromServer).length === 0 ? error : undefined;
      setState((was) => ({ pending: false, attempt: was.attempt + 1, faults: fromServer, error: general }));
    }
  }

  return {
    props: {
      noValidate: true,
      onSubmit: (event) => {
        event.preventDefault();
        // A form inside of a dialog is not one of the page below it.
        event.stopPropagation();
        if (!state.pending) void send(valuesOf(event.currentTarget, names));
      },
    },
    field: (name) => ({
      id: id(name),
      name,
      error: state.faults[name],
      required: fields[name].required !== undefined,
    }),
    pending: state.pending,
    error: state.error,
    errors: names.flatMap((name) => {
      const message = state.faults[name];
      return message ? [{ fieldId: id(name), message }] : [];
    }),
    attempt: state.attempt,
    reset: () => setState((was) => ({ ...nothing, attempt: was.attempt })),
  };
}

/** What went wrong, above the form: a summary with links to the fields, or the problem as a whole. */
export function FormErrors<Name extends string>({ form }: { form: Form<Name> }) {
  const t = useTranslations('form');
  if (form.errors.length > 0) {
    return <ErrorSummary key={form.attempt} title={t('summary')} errors={form.errors} />;
  }
  return <ErrorNotice key={form.attempt} error={form.error} />;
}

/** An error of an action. A closed window of the browser is none, and what the session asks for has words of its own. */
export function ErrorNotice({
  error,
  words = {},
}: {
  error: unknown;
  /** Own words for codes of the server. */
  words?: Record<string, string | undefined>;
}) {
  const t = useTranslations('form');
  if (error === undefined || isDismissed(error)) return null;
  const own =
    words[codeOf(error) ?? ''] ??
    (statusOf(error) === 429
      ? t('throttled')
      : codeOf(error) === 'step-up-required'
        ? t('notConfirmed')
        : statusOf(error) === 401
          ? t('notSignedIn')
          : undefined);
  return <ProblemNotice error={own ? { status: 422, code: 'own', title: own } : error} />;
}

/** Stays reachable while the form is sent, so that focus is not lost. */
export function SubmitButton({ pending, children, ...rest }: ButtonProps & { pending: boolean }) {
  const t = useTranslations('form');
  return (
    <Button type="submit" {...rest} aria-disabled={pending || undefined}>
      {pending ? t('pending') : children}
    </Button>
  );
}

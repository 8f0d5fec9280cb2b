import { useTranslations } from 'use-intl';
import { SubmitButton } from '#/features/session/form';
import { Button } from '#/ui/Button';

export interface FormButtonsProps {
  submit: string;
  pending: boolean;
  onCancel: () => void;
}

/** The end of a form that can be given up. */
export function FormButtons({ submit, pending, onCancel }: FormButtonsProps) {
  const f = useTranslations('form');
  return (
    <div className="admin__buttons">
      <SubmitButton pending={pending}>{submit}</SubmitButton>
      <Button variant="secondary" onClick={onCancel}>
        {f('cancel')}
      </Button>
    </div>
  );
}

import { useState } from 'react';
import { Button } from '#/ui/Button';
import type { ExampleSet } from '#/ui/examples';
import { ConfirmDialog, type ConfirmDialogProps } from '.';

function Opener(props: Pick<ConfirmDialogProps, 'danger' | 'reason' | 'error'>) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="secondary" onClick={() => setOpen(true)}>
        Quelle beenden
      </Button>
      <ConfirmDialog
        {...props}
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={() => setOpen(false)}
        title="Quelle beenden?"
        confirm="Quelle beenden"
      >
        <p>Ihre Partnersysteme verlieren den Zugang. Die Angebote bleiben.</p>
      </ConfirmDialog>
    </>
  );
}

export default {
  title: 'ConfirmDialog',
  examples: [
    { name: 'plain', render: () => <Opener /> },
    { name: 'cannot be undone', render: () => <Opener danger /> },
    {
      name: 'with reason',
      render: () => <Opener reason={{ label: 'Begründung', missing: 'Bitte geben Sie einen Grund an.' }} />,
    },
    { name: 'with error', render: () => <Opener error={new TypeError('offline')} /> },
  ],
} satisfies ExampleSet;

import { useState } from 'react';
import { Button } from '#/ui/Button';
import type { ExampleSet } from '#/ui/examples';
import { Dialog, type DialogProps } from '.';

function Opener({ variant }: { variant: DialogProps['variant'] }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Öffnen</Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Filter"
        variant={variant}
        footer={<Button onClick={() => setOpen(false)}>12 Angebote zeigen</Button>}
      >
        <p>Inhalt des Dialogs.</p>
      </Dialog>
    </>
  );
}

export default {
  title: 'Dialog',
  examples: [
    { name: 'modal', render: () => <Opener variant="modal" /> },
    { name: 'drawer', render: () => <Opener variant="drawer" /> },
  ],
} satisfies ExampleSet;

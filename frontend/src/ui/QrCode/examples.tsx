import type { ExampleSet } from '#/ui/examples';
import { QrCode } from '.';

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21"><path d="M0 0h7v7H0zM14 0h7v7h-7zM0 14h7v7H0zM9 9h3v3H9z"/></svg>';

export default {
  title: 'QrCode',
  examples: [
    { name: 'code', render: () => <QrCode svg={svg} alt="QR-Code für die Authentifizierungs-App" /> },
  ],
} satisfies ExampleSet;

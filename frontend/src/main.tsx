import './styles/index.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from '#/api/client';
import { createAppRouter } from '#/app/router';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const router = await createAppRouter();
const queryClient = createQueryClient();

// The server's own body stays readable until the first page can be drawn in its place.
await router.load();

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npm run dev:web` shows the page of a patrol that runs on this machine. */
const patrol = 'http://127.0.0.1:8420';

export default defineConfig({
  root: import.meta.dirname,
  // The page may stand below a path: its own `base` says where.
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // Inlined files would be data: URLs, which the content security policy does not admit.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': patrol } },
});

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** The table of keys beside the page: the server tells it in `/schema`. */
function keys(): Plugin {
  return {
    name: 'keys',
    apply: 'build',
    generateBundle() {
      const path = new URL('./src/lib/keys/keys.json', import.meta.url);
      this.emitFile({ type: 'asset', fileName: 'keys.json', source: readFileSync(path, 'utf8') });
    },
  };
}

// The page's policy is `script-src 'self'; style-src 'self'; font-src 'self'`: nothing may stand
// in the page itself. So no polyfill is injected, no asset becomes a data: address, and styles
// are files.
export default defineConfig({
  base: './',
  plugins: [svelte(), keys()],
  resolve: {
    alias: { $lib: fileURLToPath(new URL('./src/lib', import.meta.url)) },
  },
  build: {
    outDir: '../src/temoin/workbench/static',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: true,
    target: 'es2022',
    sourcemap: false,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
  server: {
    proxy: { '/api': 'http://127.0.0.1:8765', '/enter': 'http://127.0.0.1:8765' },
  },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
  },
});

// This is the Vite configuration, under the name the layout promises: every command is given `--config remix.config.js`.
// It holds the Remix plugin for the portal and, under VITEST, the test block without any plugin.
import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig } from 'vite'
import { pageScripts } from './app/cli/page-scripts.ts'
import { verifierScript } from './app/cli/verifier-script.ts'

const underTest = Boolean(process.env.VITEST)

/** The walks and the kills first: begun last, the longest of them would be waited for alone. */
async function longestFirst() {
  const { BaseSequencer } = await import('vitest/node')
  const isLong = ({ moduleId }) => /\/tests\/(e2e|flows)\//.test(moduleId)
  return class extends BaseSequencer {
    async sort(files) {
      const sorted = await super.sort(files)
      return [...sorted.filter(isLong), ...sorted.filter(file => !isLong(file))]
    }
  }
}

export default defineConfig({
  plugins: underTest
    ? []
    : [
        remix({
          serverModuleFormat: 'esm',
          ignoredRouteFiles: ['**/.*'],
          future: {
            v3_fetcherPersist: true,
            v3_lazyRouteDiscovery: true,
            v3_relativeSplatPath: true,
            v3_routeConfig: false,
            v3_singleFetch: true,
            v3_throwAbortReason: true,
            unstable_optimizeDeps: true,
          },
        }),
        verifierScript(),
        pageScripts(),
      ],
  build: { target: 'es2022' },
  optimizeDeps: { esbuildOptions: { target: 'es2022' } },
  server: { port: Number(process.env.PORT ?? 3000) },
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/bench/**', 'tests/conformance/**', 'node_modules/**'],
    globalSetup: ['tests/support/global-setup.ts'],
    setupFiles: ['tests/support/setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    ...(underTest && { sequence: { sequencer: await longestFirst() } }),
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})

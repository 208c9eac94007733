/** A process that serves pages which ask a native database, as `npm start` does, for tests that kill what it stands on. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Tx } from '#db'
import {
  endOnUncaughtDefect,
  isDatabaseReachable,
  openPortal,
  readSettings,
  startServer,
} from '#platform/process'

const directory = mkdtempSync(join(tmpdir(), 'mingzhang-served-'))
const settings = readSettings({
  DATABASE_URL: process.argv[2],
  PORTAL_DATA: directory,
  PORT: '0',
  LOG_LEVEL: 'silent',
})
if (!settings.ok) throw new Error('settings')
const portal = await openPortal(settings.value, { migrate: false })
endOnUncaughtDefect(portal.logger)
const server = await startServer({
  portal,
  pages: async request => {
    const read = (tx: Tx) => tx.selectFrom('community').select('slug').execute()
    const isAct = new URL(request.url).pathname === '/act'
    const rows = await (isAct ? portal.db.transaction().execute(read) : read(portal.db))
    return new Response(`${rows.length} communities`, { headers: { 'Content-Type': 'text/html' } })
  },
  staticDirectory: directory,
  readVersion: async () => '1',
  keptParameters: [],
  health: async () => ({ isHealthy: await isDatabaseReachable(portal), checks: {} }),
})
process.on('SIGTERM', () => {
  server
    .stop()
    .then(() => portal.close())
    .then(() => process.exit(0))
})
process.stdout.write(`${server.port}\n`)

/** A process that begins a job on a native database, says so, writes half of it outside its end, and waits to be killed. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPortal, readSettings, runNextJob } from '#platform/process'

const settings = readSettings({
  DATABASE_URL: process.argv[2],
  PORTAL_DATA: mkdtempSync(join(tmpdir(), 'mingzhang-killed-')),
  LOG_LEVEL: 'silent',
})
if (!settings.ok) throw new Error('settings')
const portal = await openPortal(settings.value, {
  migrate: false,
  clock: { now: () => new Date(process.argv[3]!) },
})
await runNextJob(portal, {
  [process.argv[4]!]: async run => {
    await run.progress(1, 2)
    await portal.db.transaction().execute(async tx => {
      await run.finish(tx, 'by the killed one')
      process.stdout.write('begun\n')
      await new Promise(() => {
        setInterval(() => {}, 1000)
      })
    })
    return { ok: true, value: 'never' }
  },
})

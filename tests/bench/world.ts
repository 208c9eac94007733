/** A portal on a native PostgreSQL of its own, with a sample community: what the benches work on. */
import postgres from 'postgres'
import { openDatabase } from '#db'
import { createLogKey } from '#tlog/server'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import { postgresBinaries, startNativeServer } from '../support/native-server.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

export interface BenchWorld {
  readonly portal: TestPortal
  readonly sample: SampleCommunity
  /** What a server's own housekeeping does a minute after many rows came; a bench does not wait for it. */
  gatherStatistics(): Promise<void>
  close(): Promise<void>
}

/** Opens the world. The server does not flush to disk: what is measured is the work, not the disk. */
export async function openWorld(): Promise<BenchWorld> {
  const bin = postgresBinaries()
  if (bin === null) throw new Error('the bench needs a native PostgreSQL: install the package postgresql')
  const server = await startNativeServer(bin)
  const url = `${server.url}/postgres`
  const database = await openDatabase({ url, ownerUrl: null, embeddedDirectory: null })
  const owner = postgres(url, { max: 1, onnotice: () => {} })
  const portal = openTestPortal(
    { ...database, url, asOwner: async () => [] },
    { now: new Date('2025-02-10T02:00:00Z'), env: { PORT: '0' } },
  )
  await createLogKey(portal)
  return {
    portal,
    sample: await openSampleCommunity(portal),
    async gatherStatistics() {
      await owner.unsafe('analyze')
    },
    async close() {
      await owner.end()
      await database.close()
      await server.stop()
    },
  }
}

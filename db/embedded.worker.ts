/**
 * The embedded database's own process: PGlite behind a local socket, spoken to by exactly one client. Started by
 * `embedded.server.ts` only. It holds the directory's lock, because two processes on one directory lose data silently.
 */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import type { EmbeddedOrder, EmbeddedReport } from './embedded.server.ts'

function report(message: EmbeddedReport): void {
  process.send?.(message)
}

/** Holds the lock as a listening socket: the kernel lets go of it however this process ends. */
function holdLock(lockPath: string): Promise<boolean> {
  return new Promise(resolve => {
    const lock = createServer()
    lock.once('error', () => resolve(false))
    lock.listen(lockPath, () => resolve(true))
  })
}

async function serve(order: EmbeddedOrder): Promise<void> {
  if (order.lockPath !== null && !(await holdLock(order.lockPath))) {
    report({ kind: 'in-use' })
    process.exit(3)
  }
  const template =
    order.templatePath === null ? undefined : new Blob([new Uint8Array(await readFile(order.templatePath))])
  const db = await PGlite.create({
    ...(order.directory === null ? {} : { dataDir: order.directory }),
    ...(template === undefined ? {} : { loadDataDir: template }),
  })
  const server = new PGLiteSocketServer({ db, path: order.socketPath, maxConnections: 1 })
  await server.start()
  const stop = async () => {
    await server.stop()
    await db.close()
    process.exit(0)
  }
  process.on('disconnect', stop)
  process.on('message', async (message: { kind: 'dump' }) => {
    if (message.kind !== 'dump') return
    await db.exec('checkpoint')
    const dump = await db.dumpDataDir('none')
    report({ kind: 'dumped', bytes: new Uint8Array(await dump.arrayBuffer()) })
  })
  report({ kind: 'ready' })
}

// Ctrl+C reaches the whole process group: the parent decides when the database stops.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})
process.once('message', (order: EmbeddedOrder) => {
  serve(order).catch(error => {
    report({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
    process.exit(1)
  })
})

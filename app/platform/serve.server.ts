/** Listens, and stops so that nobody's request is cut off. Ends the process on a defect that nobody caught. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHttpListener, type HttpParts } from './http.server.ts'
import type { Logger } from './logger.server.ts'

export interface Served {
  readonly port: number
  /** Accepts no more, lets running requests finish for the grace time, then ends them. */
  stop(graceMs?: number): Promise<void>
}

/** The port is taken: said to the operator in their words, not as a stack. */
export class PortInUse extends Error {
  constructor(readonly port: number) {
    super(`port ${port} is in use by another program: stop it, or set PORT to another number`)
    this.name = 'PortInUse'
  }
}

const GRACE_MS = 10_000

/** Starts to serve on the port and host of the settings. */
export async function startServer(parts: HttpParts): Promise<Served> {
  const { settings } = parts.portal
  const listener = createHttpListener(parts)
  const server = createServer(
    { keepAliveTimeout: 65_000, headersTimeout: 20_000, requestTimeout: 300_000, maxHeaderSize: 16_384 },
    (incoming, outgoing) => {
      listener(incoming, outgoing).catch((error: unknown) => {
        parts.portal.logger.error({ error }, 'connection failed')
        outgoing.destroy()
      })
    },
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortInUse(settings.port) : error),
    )
    server.listen(settings.port, settings.host ?? undefined, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    async stop(graceMs = GRACE_MS) {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      // Connections that are kept alive become idle one by one, as their last request is answered.
      const sweep = setInterval(() => server.closeIdleConnections(), 50)
      const force = setTimeout(() => server.closeAllConnections(), graceMs)
      await closed
      clearInterval(sweep)
      clearTimeout(force)
    },
  }
}

/**
 * Makes a defect that nobody caught end the process, after it is logged. postgres.js can throw from a socket's event when
 * its server is killed and leave its callers waiting for ever: a process that goes on would look alive and answer nobody.
 * Whoever supervises starts it again; every acknowledged act is in the database.
 */
export function endOnUncaughtDefect(
  logger: Logger,
  end: (code: number) => void = code => process.exit(code),
): void {
  const die = (error: unknown) => {
    logger.fatal({ error }, 'uncaught defect: the process ends')
    end(70)
  }
  process.on('uncaughtException', die)
  process.on('unhandledRejection', die)
}

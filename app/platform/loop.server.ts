/** A small act repeated as long as the portal runs, one at a time, stopped gracefully. Its failures are logged, never fatal. */
import type { Logger } from './logger.server.ts'

export interface Loop {
  /** Milliseconds since the act last succeeded; null when it never has. */
  sinceSuccessMs(): number | null
  /** Lets the running act finish and begins no other. */
  stop(): Promise<void>
}

export interface LoopOrder {
  /** For the log. */
  readonly name: string
  /** Pause between the end of one act and the beginning of the next. */
  readonly everyMs: number
  readonly logger: Logger
}

/** Repeats the act. A throw is a failure; the same failure again and again is logged once until it changes or ends. */
export function startLoop(order: LoopOrder, act: () => Promise<void>): Loop {
  let isStopping = false
  let succeededAt: number | null = null
  let failure: string | null = null
  let endPause = () => {}
  const pause = () =>
    new Promise<void>(resolve => {
      const timer = setTimeout(resolve, order.everyMs)
      endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const once = async () => {
    try {
      await act()
      succeededAt = performance.now()
      if (failure !== null) order.logger.info({ loop: order.name }, 'loop works again')
      failure = null
    } catch (error) {
      const seen = error instanceof Error ? `${error.name} ${error.message}` : 'unknown'
      if (seen !== failure) order.logger.error({ error, loop: order.name }, 'loop failed')
      failure = seen
    }
  }
  const ended = (async () => {
    while (!isStopping) {
      await once()
      if (!isStopping) await pause()
    }
  })()
  return {
    sinceSuccessMs: () => (succeededAt === null ? null : Math.floor(performance.now() - succeededAt)),
    async stop() {
      isStopping = true
      endPause()
      await ended
    },
  }
}

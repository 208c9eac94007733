/**
 * Work that outlives a request: one table, leases, one runner. A job may be begun again after a crash, so its effect and
 * its end are written in one transaction (`finish`): begun twice perhaps, done once always.
 */

import type { Tx } from '#db'
import {
  insertJobOnce,
  type JobRow,
  leaseDueJob,
  readJobRow,
  readNewestJobRow,
  reopenFailedJob,
  updateLeasedJob,
} from '#db/platform'
import { type CanonicalValue, canonicalText, type Result } from '#kernel'
import type { Portal } from './portal.server.ts'

export interface JobOrder {
  readonly communityId: number
  readonly kind: string
  /** One job per community, kind and key: asking twice gives the same job. */
  readonly key: string
  readonly payload: CanonicalValue
  readonly requestedBy: string
  /** Not before; at once when not given. */
  readonly runAfter?: Date
}

export interface Job {
  readonly jobId: string
  readonly communityId: number
  readonly kind: string
  readonly key: string
  readonly payload: CanonicalValue
  readonly state: 'waiting' | 'running' | 'done' | 'failed'
  readonly attempts: number
  readonly progressDone: number
  readonly progressTotal: number
  /** What a done job gave, or the code a failed one ended with. */
  readonly outcome: string | null
  readonly requestedBy: string
  readonly requestedAt: Date
  readonly finishedAt: Date | null
}

export interface JobRun {
  readonly portal: Portal
  readonly job: Job
  /** Aborted when the lease was lost or the portal stops: end soon, the job will be taken up again. */
  readonly signal: AbortSignal
  /** Shows how far the work is. */
  progress(done: number, total: number): Promise<void>
  /** Ends the job in the transaction that writes its effect. Throws, and so undoes the effect, when another runner has taken the job over. */
  finish(tx: Tx, outcome: string): Promise<void>
}

/** Does one kind of job. `ok` is its outcome (when `finish` has not given one), `err` a code that trying again cannot help; a throw is tried again. */
export type JobHandler = (run: JobRun) => Promise<Result<string, string>>
/** Every kind this process can do, composed at the start from what the rooms offer. */
export type JobHandlers = Readonly<Record<string, JobHandler>>

export interface JobRunner {
  /** Takes no more jobs, tells the running one to end, and waits for it. */
  stop(): Promise<void>
}

const LEASE_MS = 30_000
const HEARTBEAT_MS = 10_000
const POLL_MS = 1_000
const ATTEMPTS_MAX = 5
const BACKOFF_FIRST_MS = 5_000

const WAKE = Symbol.for('mingzhang.job-runner.wake')
type Global = typeof globalThis & { [WAKE]?: () => void }

class LeaseLost extends Error {
  constructor(jobId: string) {
    super(`job ${jobId} was taken over by another runner`)
    this.name = 'LeaseLost'
  }
}

/** How often a job was tried since it was asked for or reopened (which begins the next hundred). */
function triesOf(row: JobRow): number {
  return row.attempts % 100
}

function jobOf(row: JobRow): Job {
  return {
    jobId: row.job_id,
    communityId: row.community_id,
    kind: row.kind,
    key: row.job_key,
    payload: JSON.parse(row.payload) as CanonicalValue,
    state: row.state,
    attempts: triesOf(row),
    progressDone: row.progress_done,
    progressTotal: row.progress_total,
    outcome: row.outcome,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    finishedAt: row.finished_at,
  }
}

/** Asks for a job within the caller's transaction; it runs after the commit. */
export async function enqueueJob(portal: Portal, tx: Tx, order: JobOrder): Promise<Job> {
  const now = portal.clock.now()
  const { row } = await insertJobOnce(tx, {
    job_id: portal.random.id(),
    community_id: order.communityId,
    kind: order.kind,
    job_key: order.key,
    payload: canonicalText(order.payload),
    requested_by: order.requestedBy,
    requested_at: now,
    run_after: order.runAfter ?? now,
  })
  // The pages are another module graph than the runner; its poll would find the job anyway, this is only sooner.
  setTimeout(() => (globalThis as Global)[WAKE]?.(), 20).unref()
  return jobOf(row)
}

/** A job of the community, to show its progress; null when there is none. */
export async function readJob(tx: Tx, communityId: number, jobId: string): Promise<Job | null> {
  const row = await readJobRow(tx, communityId, jobId)
  return row === null ? null : jobOf(row)
}

/** The job of a kind asked for last whose key begins so; null when there is none. */
export async function readNewestJob(
  tx: Tx,
  communityId: number,
  kind: string,
  keyStart: string,
): Promise<Job | null> {
  const row = await readNewestJobRow(tx, communityId, kind, keyStart)
  return row === null ? null : jobOf(row)
}

/** Lets a failed job run once more; false when it has not failed. */
export async function retryFailedJob(
  portal: Portal,
  tx: Tx,
  communityId: number,
  jobId: string,
): Promise<boolean> {
  return reopenFailedJob(tx, communityId, jobId, portal.clock.now())
}

function after(portal: Portal, milliseconds: number): Date {
  return new Date(portal.clock.now().getTime() + milliseconds)
}

/** Renews the lease until told to stop; aborts the run when the lease is another's or the database does not answer for a whole lease. */
function keepLease(portal: Portal, row: JobRow, lost: AbortController): () => void {
  let renewedAt = performance.now()
  const timer = setInterval(() => {
    updateLeasedJob(portal.db, row, { leased_until: after(portal, LEASE_MS) }).then(
      ours => {
        if (ours) renewedAt = performance.now()
        else lost.abort(new LeaseLost(row.job_id))
      },
      () => {
        if (performance.now() - renewedAt > LEASE_MS) lost.abort(new LeaseLost(row.job_id))
      },
    )
  }, HEARTBEAT_MS)
  timer.unref()
  return () => clearInterval(timer)
}

async function settle(portal: Portal, row: JobRow, outcome: Result<string, string>): Promise<void> {
  await updateLeasedJob(portal.db, row, {
    state: outcome.ok ? 'done' : 'failed',
    outcome: outcome.ok ? outcome.value : outcome.error,
    leased_until: null,
    finished_at: portal.clock.now(),
  })
}

async function postpone(portal: Portal, row: JobRow, error: unknown): Promise<void> {
  portal.logger.warn(
    { error, jobId: row.job_id, kind: row.kind, attempt: triesOf(row) },
    'job attempt failed',
  )
  if (triesOf(row) >= ATTEMPTS_MAX) return settle(portal, row, { ok: false, error: 'gave-up' })
  await updateLeasedJob(portal.db, row, {
    state: 'waiting',
    leased_until: null,
    run_after: after(portal, BACKOFF_FIRST_MS * 4 ** (triesOf(row) - 1)),
  })
}

/** Gives the lease back untouched, so that the next start takes the job up at once. */
async function giveBack(portal: Portal, row: JobRow): Promise<void> {
  await updateLeasedJob(portal.db, row, {
    state: 'waiting',
    leased_until: null,
    run_after: portal.clock.now(),
  })
}

async function runLeased(
  portal: Portal,
  row: JobRow,
  handler: JobHandler,
  stopping: AbortSignal,
): Promise<void> {
  const lost = new AbortController()
  const endLease = keepLease(portal, row, lost)
  const run: JobRun = {
    portal,
    job: jobOf(row),
    signal: AbortSignal.any([lost.signal, stopping]),
    async progress(done, total) {
      const ours = await updateLeasedJob(portal.db, row, { progress_done: done, progress_total: total })
      if (!ours) throw new LeaseLost(row.job_id)
    },
    async finish(tx, outcome) {
      const change = { state: 'done', outcome, leased_until: null, finished_at: portal.clock.now() } as const
      if (!(await updateLeasedJob(tx, row, change))) throw new LeaseLost(row.job_id)
    },
  }
  try {
    // After `finish` the job is no longer running, and settling it again changes nothing.
    await settle(portal, row, await handler(run))
  } catch (error) {
    if (error instanceof LeaseLost || lost.signal.aborted) {
      portal.logger.warn({ jobId: row.job_id, kind: row.kind }, 'job taken over by another runner')
    } else if (stopping.aborted) await giveBack(portal, row)
    else await postpone(portal, row, error)
  } finally {
    endLease()
  }
}

/** Takes the next due job and does it; false when none is due. The runner's one step, and the tests' and commands' way to work without a loop. */
export async function runNextJob(
  portal: Portal,
  handlers: JobHandlers,
  stopping: AbortSignal = new AbortController().signal,
): Promise<boolean> {
  const kinds = Object.keys(handlers)
  if (kinds.length === 0) return false
  const row = await leaseDueJob(portal.db, kinds, portal.clock.now(), after(portal, LEASE_MS))
  if (row === null) return false
  // A job that took its process down every time must not do so for ever.
  if (triesOf(row) > ATTEMPTS_MAX) await settle(portal, row, { ok: false, error: 'gave-up' })
  else await runLeased(portal, row, handlers[row.kind]!, stopping)
  return true
}

/** Runs due jobs one after another until stopped. A database that does not answer is waited for. */
export function startJobRunner(portal: Portal, handlers: JobHandlers): JobRunner {
  const stopping = new AbortController()
  let wake = () => {}
  const pause = () =>
    new Promise<void>(resolve => {
      const timer = setTimeout(resolve, POLL_MS)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const wakeRunner = () => wake()
  ;(globalThis as Global)[WAKE] = wakeRunner
  const loop = async () => {
    while (!stopping.signal.aborted) {
      const worked = await runNextJob(portal, handlers, stopping.signal).catch((error: unknown) => {
        portal.logger.error({ error }, 'job runner could not take a job')
        return false
      })
      if (!worked && !stopping.signal.aborted) await pause()
    }
  }
  const ended = loop()
  return {
    async stop() {
      stopping.abort(new Error('the portal stops'))
      wake()
      await ended
      if ((globalThis as Global)[WAKE] === wakeRunner) delete (globalThis as Global)[WAKE]
    },
  }
}

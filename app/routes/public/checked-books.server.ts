/**
 * The health of the books for pages. Re-deriving a whole ledger for every reader would let anybody stop the server, so it is
 * done once per size of the log (and again after some hours, to find what was changed without the log), one community at a
 * time, and readers wait a moment at most. Never writes.
 */
import { checkLedger, LEDGER_INVARIANTS, type LedgerCommunity } from '#ledger/server'
import type { Portal } from '#platform'
import { checkLog, type LogFinding, openLogSigner, openSignGuard, readCheckpoint } from '#tlog/server'

/** Checks of the log, as the page names them. */
export const LOG_CHECKS = ['entries', 'tiles', 'head', 'checkpoints'] as const
export type LogCheck = (typeof LOG_CHECKS)[number]
export type LedgerCheckName = (typeof LEDGER_INVARIANTS)[number]

/** A row at fault. */
export interface Fault {
  readonly place: string
  readonly found: string
}

export interface CheckedBooks {
  readonly checkedAt: Date
  readonly logSize: number
  readonly vouchers: number
  readonly ledger: readonly { readonly name: LedgerCheckName; readonly faults: readonly Fault[] }[]
  readonly log: readonly { readonly name: LogCheck; readonly faults: readonly Fault[] }[]
}

export interface BooksHealth {
  /** `pending` while the first check of this size runs, `failed` when it could not be done. */
  readonly state: 'checked' | 'pending' | 'failed'
  /** The newest finished check, perhaps of a smaller log. */
  readonly last: CheckedBooks | null
}

interface Slot {
  last: CheckedBooks | null
  running: Promise<void> | null
  failedAt: Date | null
}

/** So long may a check be old although the log has not grown. */
export const CHECK_AGE_HOURS_MAX = 6
const HOUR_MS = 3_600_000
const RETRY_AFTER_MS = 300_000
const PATIENCE_MS = 2_000

const slots = new WeakMap<Portal['db'], Map<number, Slot>>()
/** The end of the queue: one re-derivation at a time in this process. */
let queue: Promise<unknown> = Promise.resolve()

function checkOf(finding: LogFinding): LogCheck {
  if (finding.code.startsWith('tile-')) return 'tiles'
  if (finding.code.startsWith('head-')) return 'head'
  if (finding.code.startsWith('checkpoint-') || finding.code === 'signed-head-missing') return 'checkpoints'
  return 'entries'
}

function placeOf(finding: LogFinding): string {
  if ('level' in finding) return `${finding.level}/${finding.index}`
  if ('index' in finding) return String(finding.index)
  if ('size' in finding) return String(finding.size)
  return 'count' in finding ? String(finding.count) : ''
}

async function checkBooks(
  portal: Portal,
  community: LedgerCommunity,
  logSize: number,
): Promise<CheckedBooks> {
  const ledger = await checkLedger(portal, community)
  const signer = await openLogSigner(portal, community.logOrigin)
  const signed = await openSignGuard(portal).last(community.logOrigin)
  const log = await checkLog(portal.db, community.communityId, [signer.key], signed)
  return {
    checkedAt: portal.clock.now(),
    logSize,
    vouchers: ledger.vouchers,
    ledger: LEDGER_INVARIANTS.map(name => ({
      name,
      faults: ledger.findings
        .filter(finding => finding.invariant === name)
        .map(finding => ({ place: finding.reference, found: finding.found })),
    })),
    log: LOG_CHECKS.map(name => ({
      name,
      faults: log
        .filter(finding => checkOf(finding) === name)
        .map(finding => ({ place: placeOf(finding), found: finding.code })),
    })),
  }
}

function slotOf(portal: Portal, communityId: number): Slot {
  const ofPortal = slots.get(portal.db) ?? new Map<number, Slot>()
  slots.set(portal.db, ofPortal)
  const slot = ofPortal.get(communityId) ?? { last: null, running: null, failedAt: null }
  ofPortal.set(communityId, slot)
  return slot
}

function isFresh(slot: Slot, logSize: number, now: Date): boolean {
  const { last } = slot
  if (last === null || last.logSize !== logSize) return false
  return now.getTime() - last.checkedAt.getTime() < CHECK_AGE_HOURS_MAX * HOUR_MS
}

/** Starts a check unless one runs or is fresh; after a failure it waits before the next. */
function begin(portal: Portal, community: LedgerCommunity, slot: Slot, logSize: number): void {
  const now = portal.clock.now()
  if (slot.running !== null || isFresh(slot, logSize, now)) return
  if (slot.failedAt !== null && now.getTime() - slot.failedAt.getTime() < RETRY_AFTER_MS) return
  const run = queue.then(async () => {
    try {
      slot.last = await checkBooks(portal, community, logSize)
      slot.failedAt = null
    } catch (error) {
      slot.failedAt = portal.clock.now()
      portal.logger.error({ error }, 'the check of the books did not finish')
    } finally {
      slot.running = null
    }
  })
  slot.running = run
  queue = run
}

async function waitFor(running: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([
    running,
    new Promise(resolve => {
      timer = setTimeout(resolve, PATIENCE_MS)
    }),
  ])
  clearTimeout(timer)
}

/** The health of a community's books as of its newest checkpoint. Starts a check when one is due and waits a moment for it. */
export async function readBooksHealth(portal: Portal, community: LedgerCommunity): Promise<BooksHealth> {
  const logSize = (await readCheckpoint(portal.db, community.communityId))?.size ?? 0
  const slot = slotOf(portal, community.communityId)
  begin(portal, community, slot, logSize)
  if (slot.running !== null) await waitFor(slot.running)
  const isChecked = slot.last !== null && slot.last.logSize >= logSize
  if (isChecked) return { state: 'checked', last: slot.last }
  return { state: slot.failedAt === null ? 'pending' : 'failed', last: slot.last }
}

/** Posting a voucher with its leaf in the log, against one bare INSERT of the same database through the same driver. */
import { civilDate, fen } from '#kernel'
import { approveVoucher, draftVoucher } from '#ledger/server'
import { type Comparison, timeInTurns, timeTogether } from './measure.ts'
import type { BenchWorld } from './world.ts'

const VOUCHERS = 300
const CALLERS = 8
/** Acts of all callers in one turn. */
const TURN = 75

async function draftReceipt({ portal, sample }: BenchWorld, index: number) {
  const amountFen = fen(BigInt(10_000 + index))
  const drafted = await draftVoucher(portal, sample.bookkeeper, sample.community, {
    occurredOn: civilDate(`2025-01-${String(1 + (index % 28)).padStart(2, '0')}`),
    narration: '收物业服务费',
    postings: [
      { fund: 'trust', account: '100201', side: 'debit', amountFen },
      { fund: 'trust', account: '410101', side: 'credit', amountFen },
    ],
    documents: [],
    bankLines: [],
    replaces: null,
  })
  if (!drafted.ok) throw new Error(drafted.error.code)
  return drafted.value
}

export async function benchPosting(world: BenchWorld): Promise<Comparison[]> {
  const { portal, sample } = world
  const drafts: Awaited<ReturnType<typeof draftReceipt>>[] = []
  for (let index = 0; index < VOUCHERS + 5 + 4 * TURN; index++) drafts.push(await draftReceipt(world, index))
  const post = async () => {
    const draft = drafts.pop()!
    const posted = await approveVoucher(portal, sample.reviewer, sample.community, {
      draftId: draft.draftId,
      step: 'review',
      seenDigest: draft.contentDigest,
    })
    if (!posted.ok || posted.value === null) throw new Error('not posted')
  }
  const insert = (index: number) =>
    portal.db
      .insertInto('audit_event')
      .values({
        community_id: sample.community.communityId,
        audit_event_id: `bench-${index}`,
        at: new Date(0),
        actor_user_id: 'bench',
        act: 'bench',
        subject: 'bench',
        detail: '{}',
      })
      .execute()
  const one = await timeInTurns(VOUCHERS, post, insert)
  // In four turns each, for the same reason; each turn inserts under names of its own.
  const together = await timeInTurns(
    3,
    () => timeTogether(TURN, CALLERS, post),
    turn => timeTogether(TURN, CALLERS, index => insert((turn + 1) * 10_000 + index)),
    1,
  )
  const perAct = { oursMs: together.oursMs / TURN, bareMs: together.bareMs / TURN }
  const bare = 'a bare INSERT'
  return [
    { name: 'posting a voucher with its leaf', ...one, bare, timesAtMost: 60 },
    { name: `posting, ${CALLERS} callers at once`, ...perAct, bare, timesAtMost: 150 },
  ]
}

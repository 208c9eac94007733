/** One receipt of the reader's own, as it is shown and as it is kept. Throws 404 for anybody else's. Never writes. */
import { assert, fromBase64 } from '#kernel'
import { parseVoteLeaf } from '#votes'
import { type MyPoll, type Receipt, readReceipt } from '#votes/server'
import { type OwnerVisit, readOwnPoll } from './owner-visit.server.ts'

/** The receipt that an address names, with the reader's side of its poll. */
export async function readOwnReceipt(
  visit: OwnerVisit,
  params: { readonly poll?: string; readonly seq?: string },
): Promise<{ readonly mine: MyPoll; readonly receipt: Receipt; readonly commitment: string }> {
  const mine = await readOwnPoll(visit, params.poll)
  const seq = /^[1-9]\d{0,8}$/.test(params.seq ?? '') ? Number(params.seq) : null
  const request = { pollId: mine.poll.pollId, seq: seq ?? 0 }
  const receipt = seq === null ? null : await readReceipt(visit.portal, visit.actor, visit.community, request)
  if (receipt === null) throw new Response(null, { status: 404 })
  return { mine, receipt, commitment: commitmentIn(receipt) }
}

function commitmentIn(receipt: Receipt): string {
  const bytes = fromBase64(receipt.leaf)
  const leaf = bytes === null ? null : parseVoteLeaf(bytes)
  assert(
    leaf?.ok === true && leaf.value.t === 'vote.ballot',
    'a receipt of our own holds the leaf of a ballot',
  )
  return leaf.value.cc
}

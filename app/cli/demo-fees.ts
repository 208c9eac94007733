/** The demo's standards of service fees: set by the contract before the books begin, raised once, each proposed by one side and confirmed by the other. */
import { assert, type CivilDate, fen, instantOf, type Period, period } from '#kernel'
import type { FeeRate, FeeStandard } from '#ledger'
import {
  attachSourceDocument,
  decideControlChange,
  proposeControlChange,
  publishRedactedCopy,
  readControlChanges,
  readFeeStandards,
} from '#ledger/server'
import { seededRandom } from '#platform/process'
import { renderNotice } from '#statements/server'
import { DEMO_FEE_PRICES } from './demo-community.ts'
import { type Demo, must } from './demo-officers.ts'

/** Chance of its own: what the standards draw does not change the figures of the months. */
function withOwnChance(demo: Demo): Demo {
  return {
    ...demo,
    portal: { ...demo.portal, random: seededRandom(`demo fees ${demo.portal.clock.now().getTime()}`) },
  }
}

/** The contract's clause about fees as a published paper; gives the digest of its public copy. */
async function publishContract({ portal, community, officers }: Demo): Promise<string> {
  const subject = '物业服务合同：收费条款'
  const bytes = await renderNotice({
    title: subject,
    lines: [
      { label: '委托方', value: `${community.name}业主大会` },
      { label: '收费', value: '按建筑面积逐月计收，单价以业主大会通过的为准' },
    ],
    remark: '演示用原始凭证：单位与内容均为虚构。',
    lang: 'zh-CN',
    createdAt: portal.clock.now(),
  })
  const file = { name: `${subject}.pdf`, bytes }
  const original = must(await attachSourceDocument(portal, officers.bookkeeper, community, file), subject)
  const copy = await publishRedactedCopy(portal, officers.bookkeeper, community, original.sha256, { bytes })
  return must(copy, subject).sha256
}

/** The treasurer proposes, the manager confirms. */
async function adopt(demo: Demo, standard: FeeStandard, reason: string): Promise<void> {
  const { portal, community, officers } = demo
  const before = (await readFeeStandards(portal.db, community.communityId)).at(-1)?.standard ?? null
  const change = { kind: 'fee-standard', reason, before, standard } as const
  const changeId = must(await proposeControlChange(portal, officers.treasurer, community, change), reason)
  const changes = await readControlChanges(portal, officers.manager, community)
  const waiting = changes?.find(each => each.changeId === changeId)
  assert(waiting !== undefined, 'what was proposed waits')
  portal.clock.advance(600_000)
  const decision = { changeId, seenDigest: waiting.contentDigest, decision: 'confirmed' } as const
  must(await decideControlChange(portal, officers.manager, community, decision), reason)
}

const byArea = (unitKind: FeeRate['unitKind'], priceFen: bigint): FeeRate => ({
  unitKind,
  per: 'm2',
  priceFen: fen(priceFen),
})

/** The first standard of the first community, with its contract, in force from the first month of the books. */
export async function adoptFirstFees(seed: Demo, from: Period): Promise<void> {
  const demo = withOwnChance(seed)
  const document = await publishContract(demo)
  const rates = [byArea('residence', DEMO_FEE_PRICES.first), byArea('commercial', 240n)]
  await adopt(demo, { from, rates, poll: '', document }, '2024 年 12 月业主大会通过的物业服务合同第六条')
}

/** Raised from 2026 on. */
export async function raiseFees(seed: Demo): Promise<void> {
  seed.portal.clock.moveTo(instantOf('2025-12-28' as CivilDate, 10 * 3600))
  const rates = [byArea('residence', DEMO_FEE_PRICES.second), byArea('commercial', 260n)]
  const reason = '2025 年 12 月业主大会通过：保洁、保安人工上涨，住宅每平方米每月加一角'
  await adopt(withOwnChance(seed), { from: period('2026-01'), rates, poll: '', document: '' }, reason)
}

/** The standard of the second community: one price for its flats. */
export async function adoptSecondFees(seed: Demo, from: Period, priceFen: bigint): Promise<void> {
  const rates = [byArea('residence', priceFen)]
  await adopt(
    withOwnChance(seed),
    { from, rates, poll: '', document: '' },
    '2026 年 9 月业主大会决定的服务费标准',
  )
}

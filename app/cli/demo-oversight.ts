/**
 * Who oversees the demo and what they wrote: its district, subdistrict and neighbourhood, micro-grids, an overseer of the
 * subdistrict, an auditor for three months, a comment that was answered, two findings, and the first nightly check.
 */
import { civilDate, instantOf, period } from '#kernel'
import { formatVoucherKey } from '#ledger'
import { readVouchersOfPeriod } from '#ledger/server'
import { checkCommunityNow, replyToEntry, writeEntry } from '#oversight/server'
import type { Actor } from '#people'
import { addJurisdiction, addUser, appointLevelOverseer, placeCommunity, setMicroGrid } from '#people/server'
import { DEMO_AUDITOR, DEMO_LEVEL_OVERSEER, DEMO_PASSWORD, type Demo, must } from './demo-officers.ts'
import { checkCommunity } from './fsck.ts'

const LEVELS = [
  { code: 'wuhou', level: 'district', name: '武侯区', nameEn: 'Wuhou District', parent: null },
  {
    code: 'qinghe-street',
    level: 'subdistrict',
    name: '清河街道',
    nameEn: 'Qinghe Subdistrict',
    parent: 'wuhou',
  },
  {
    code: 'qinghe',
    level: 'neighbourhood',
    name: '清和社区',
    nameEn: 'Qinghe Neighbourhood',
    parent: 'qinghe-street',
  },
] as const

const GRIDS = [
  ['G1', '第一微网格', ['1栋', '2栋']],
  ['G2', '第二微网格', ['3栋', '4栋']],
  ['G3', '第三微网格', ['5栋', '6栋', '7栋']],
] as const

/** Levels, micro-grids and the two accounts that no office of the community appoints; gives both, and the auditor as who acts. */
async function addOverseers({ portal, community }: Demo) {
  const { communityId } = community
  for (const level of LEVELS) must(await addJurisdiction(portal, level), level.code)
  must(await placeCommunity(portal, communityId, 'qinghe'), 'place')
  for (const [gridId, name, buildings] of GRIDS) {
    const places = buildings.map(building => ({ building, entrance: '' }))
    must(await setMicroGrid(portal, communityId, { gridId, name, places }), gridId)
  }
  const userOf = ({ login, name }: { readonly login: string; readonly name: string }) => ({
    login,
    displayName: name,
    password: DEMO_PASSWORD,
  })
  const { login } = DEMO_LEVEL_OVERSEER
  const overseerId = must(await addUser(portal, userOf(DEMO_LEVEL_OVERSEER), []), login)
  const term = {
    code: 'qinghe-street',
    login,
    title: '街道社区发展办',
    from: civilDate('2025-01-01'),
    until: null,
  }
  must(await appointLevelOverseer(portal, term), login)
  const role = 'auditor' as const
  const months = { from: civilDate('2026-10-01'), until: civilDate('2026-12-31') }
  const userId = must(
    await addUser(portal, userOf(DEMO_AUDITOR), [{ communityId, role, ...months }]),
    'auditor',
  )
  const auditor: Actor = {
    userId,
    displayName: DEMO_AUDITOR.name,
    roles: [{ communityId, role }],
    sessionId: 'demo',
  }
  return {
    auditor,
    users: [
      { login, userId: overseerId },
      { login: DEMO_AUDITOR.login, userId },
    ],
  }
}

/** Writes what the demo's page of oversight shows; gives the accounts that want authenticators. Called when everything else is seeded. */
export async function seedOversight(demo: Demo) {
  const { portal, community, officers } = demo
  portal.clock.moveTo(instantOf(civilDate('2026-11-16'), 14 * 3600))
  const { auditor, users } = await addOverseers(demo)
  const write = async (actor: Actor, kind: 'comment' | 'finding', about: string, words: string) => {
    portal.clock.advance(61_000)
    return must(await writeEntry(portal, actor, community, { kind, about, words }), kind)
  }
  const reply = async (actor: Actor, entryId: string, kind: 'answer' | 'settle', words: string) => {
    portal.clock.advance(47_000)
    must(await replyToEntry(portal, actor, community, { entryId, kind, words }), kind)
  }
  const comment = await write(
    officers.overseer,
    'comment',
    '2026-10',
    '十月的绿化养护比九月多，居民在议事会上问过。请说明多在哪里。',
  )
  await reply(officers.manager, comment, 'answer', '十月补种了东门被踩坏的草坪，合同和验收照片都在凭证后面。')
  await reply(officers.overseer, comment, 'settle', '看过现场，属实。')
  const vouchers = await readVouchersOfPeriod(portal.db, community.communityId, period('2026-09'))
  const payment = vouchers.find(voucher => voucher.kind === 'payment')!
  const finding = await write(
    auditor,
    'finding',
    formatVoucherKey(payment.key),
    '抽查到这张付款凭证：后面有合同，没有当月的验收单。请补上，或者说明为什么不需要。',
  )
  await reply(officers.manager, finding, 'answer', '当月的验收单已补扫上传，以后和发票一起附。')
  await write(auditor, 'finding', '2026-10', '十月有两笔收入先记错科目再更正。请说明以后怎么避免。')
  return users
}

/** Does the nightly check once, so that the pages have its result; after everything is published. */
export async function checkDemo({ portal, community }: Demo): Promise<void> {
  await checkCommunityNow(portal, community, async (own, each) => (await checkCommunity(own, each)).findings)
}

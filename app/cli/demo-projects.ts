/**
 * The residents' proposals of the demo, through the doors that owners and officers use: a contest that is over with a project that
 * was built, one that is being paid, one that was declined; a contest that is open; and volunteer points given, redeemed and given away.
 */
import { dateOf, type Period } from '#kernel'
import {
  decidePoints,
  proposePoints,
  readOwnPoints,
  readPointDesk,
  registerPartner,
  spendOwnPoints,
} from '#ledger/server'
import type { Actor } from '#people'
import { seededRandom } from '#platform/process'
import {
  actOnProposal,
  type NewProposal,
  openRound,
  type ProposalRequest,
  proposeProject,
  readOwnSupport,
} from '#projects/server'
import { type Demo, must } from './demo-officers.ts'

type Act = Omit<ProposalRequest, 'proposalId'>
type Written = Pick<NewProposal, 'title' | 'text' | 'place' | 'wanted'>

const BENCH: Written = {
  title: '3栋门口装两张带靠背的长椅',
  text: '等车、歇脚的老人多，门口只有台阶可坐。想装两张带靠背和扶手的长椅，靠墙放，不挡路。',
  place: '3栋1单元门口东侧',
  wanted: '3600',
}
const RAMP: Written = {
  title: '活动室门口修一条轮椅坡道',
  text: '活动室门口有三级台阶，坐轮椅和推婴儿车的进不去。想修一条缓坡，两边装扶手。',
  place: '活动室北门',
  wanted: '18000',
}
const TREES: Written = {
  title: '消防通道旁种一排桂花',
  text: '这一段夏天太晒，种几棵树遮阴。',
  place: '5栋南侧',
  wanted: '5000',
}
const GARDEN: Written = {
  title: '车棚后的空地改成共享菜园',
  text: '车棚后面一块空地长年堆杂物。想清出来分成小块，愿意种的人家登记轮流种。',
  place: '2栋车棚后',
  wanted: '2400',
}
const CHARGER: Written = {
  title: '门岗旁加一个快递车充电插座',
  text: '快递员常从楼道里拉线充电，不安全。装一个带计量的插座，谁用谁付。',
  place: '东门门岗',
  wanted: '',
}

/** A contest with its proposals, kept from month to month. */
interface Kept {
  bench: string
  ramp: string
  trees: string
}

/** What the demo does, in one place: chance of its own, so that nothing before it changes. */
function scriptOf(seed: Demo, owners: readonly Actor[]) {
  const random = seededRandom('demo projects')
  const demo: Demo = { ...seed, portal: { ...seed.portal, random } }
  const { portal, community, officers } = demo
  const act = async (actor: Actor, proposalId: string, request: Act) => {
    portal.clock.advance(600_000)
    must(await actOnProposal(portal, actor, community, { proposalId, ...request }), request.act)
  }
  return {
    demo,
    officers,
    act,
    round: async (title: string, opensOn: string, closesOn: string) => {
      const days = { title, opensOn, closesOn }
      return must(await openRound(portal, officers.residents, community, days), title).roundId
    },
    propose: async (owner: Actor, written: Written, roundId: string | null) => {
      portal.clock.advance(600_000)
      const proposal = { ...written, roundId, documents: [] }
      return must(await proposeProject(portal, owner, community, proposal), written.title).proposalId
    },
    /** The homes of some owners, each once; of those of several homes the first few. */
    support: async (proposalId: string, homesOfEach: number, ...some: readonly number[]) => {
      for (const index of some) {
        const owner = owners[index]!
        const homes = await readOwnSupport(portal, owner, community, proposalId)
        for (const { home } of homes.filter(each => !each.supports).slice(0, homesOfEach))
          await act(owner, proposalId, { act: 'support', home })
      }
    },
  }
}

type Script = ReturnType<typeof scriptOf>

async function firstContest({ round, propose, support }: Script, owners: readonly Actor[]): Promise<Kept> {
  const roundId = await round('2026 年秋季提案大赛', '2026-08-06', '2026-08-31')
  const bench = await propose(owners[0]!, BENCH, roundId)
  const ramp = await propose(owners[1]!, RAMP, roundId)
  const trees = await propose(owners[3]!, TREES, roundId)
  await support(bench, 3, 0, 1, 3)
  await support(ramp, 5, 0, 2, 3)
  return { bench, ramp, trees }
}

async function judge({ act, officers }: Script, { bench, ramp, trees }: Kept): Promise<void> {
  const { chair, residents, treasurer } = officers
  await act(residents, bench, {
    act: 'shortlist',
    text: '议事会看过现场：位置合适，不占消防通道，花钱不多，支持的人家多。',
  })
  await act(residents, ramp, { act: 'shortlist', text: '无障碍改造确有需要，先报街道争取补助。' })
  await act(chair, trees, {
    act: 'decline',
    text: '这一段是消防通道，5 米内不能种树。已请物业先装遮阳棚。',
  })
  await act(treasurer, bench, {
    act: 'fund',
    source: 'community',
    amount: '2600',
    text: '公共收益使用方案 2026 年第 3 号，业委会 9 月会议通过。',
  })
  await act(treasurer, bench, {
    act: 'fund',
    source: 'enterprise',
    amount: '1000',
    text: '清河便民超市捐赠，捐赠书存业委会。',
  })
}

async function build({ act, officers }: Script, { bench, ramp }: Kept): Promise<void> {
  const { chair, residents, treasurer } = officers
  await act(chair, bench, {
    act: 'report',
    amount: '3480',
    text: '两张长椅装好了，改用防腐木，比原来的铁椅冬天不凉。省下 120 元留在社区基金。',
  })
  await act(residents, bench, { act: 'accept', text: '居委会和三位老人一起试坐，螺丝牢固，高度合适。' })
  await act(treasurer, ramp, {
    act: 'fund',
    source: 'government',
    amount: '12000',
    text: '街道无障碍改造补助，批复 2026-41 号。',
  })
}

async function secondContest({ round, propose, support }: Script, owners: readonly Actor[]): Promise<void> {
  const roundId = await round('2026 年冬季提案大赛', '2026-11-01', '2026-12-20')
  const garden = await propose(owners[3]!, GARDEN, roundId)
  await support(garden, 2, 0, 1, 3)
  const charger = await propose(owners[0]!, CHARGER, null)
  await support(charger, 1, 1)
}

/** Points for three homes, a redemption and a gift to the pool. */
async function givePoints({ demo, officers }: Script, owners: readonly Actor[]): Promise<void> {
  const { portal, community } = demo
  const name = '清河便民超市'
  const { partnerId } = must(await registerPartner(portal, officers.residents, community, { name }), name)
  const grants = [
    ['1栋-1单元-102', '60', '重阳节给独居老人送餐两次', '2026-10-18'],
    ['2栋-1单元-101', '40', '清理 2 栋楼道杂物', '2026-10-25'],
    ['3栋-1单元-101', '30', '秋季提案大赛现场登记', '2026-08-29'],
  ] as const
  for (const [home, points, activity, happenedOn] of grants) {
    portal.clock.advance(600_000)
    const wish = { kind: 'grant', home, partnerId: '', points, activity, happenedOn } as const
    const { requestId } = must(await proposePoints(portal, officers.residents, community, wish), activity)
    const desk = await readPointDesk(portal, officers.chair, community)
    const seenDigest = desk?.requests.find(each => each.requestId === requestId)?.contentDigest ?? ''
    const decision = { requestId, decision: 'confirmed', seenDigest } as const
    must(await decidePoints(portal, officers.chair, community, decision), activity)
  }
  for (const [owner, points, at] of [
    [owners[0]!, '20', partnerId],
    [owners[1]!, '10', null],
  ] as const) {
    portal.clock.advance(600_000)
    const own = await readOwnPoints(portal, owner, community)
    const [home] = own?.homes ?? []
    const formKey = own?.formKey ?? ''
    const use = { home: home?.home ?? '', points, partnerId: at, formKey }
    must(await spendOwnPoints(portal, owner, community, use), points)
  }
  const waiting = {
    kind: 'grant',
    home: '5栋-2单元-902',
    partnerId: '',
    points: '15',
    activity: '照看公共菜园一周',
    happenedOn: dateOf(portal.clock.now()),
  } as const
  must(await proposePoints(portal, officers.treasurer, community, waiting), waiting.activity)
}

/** What is done about proposals after some months of the demo were closed. */
export function demoProjects(seed: Demo, owners: readonly Actor[]): (month: Period) => Promise<void> {
  const script = scriptOf(seed, owners)
  const kept: Kept = { bench: '', ramp: '', trees: '' }
  const steps: Readonly<Record<string, () => Promise<void>>> = {
    '2026-07': async () => void Object.assign(kept, await firstContest(script, owners)),
    '2026-08': () => judge(script, kept),
    '2026-09': () => build(script, kept),
    '2026-10': async () => {
      await secondContest(script, owners)
      await givePoints(script, owners)
    },
  }
  return async month => steps[month]?.()
}

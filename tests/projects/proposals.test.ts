/** Proposals through the doors of the room, on both databases: the whole course, who may not, what two at once cannot do, and what fsck names. */
import { beforeAll, expect, it } from 'vitest'
import type { Actor, Role } from '#people'
import {
  actOnProposal,
  checkProjects,
  draftMotion,
  openRound,
  type ProposalRequest,
  proposeProject,
  readOwnSupport,
  readProposal,
  readProposalDocument,
  readProposals,
  readRounds,
} from '#projects/server'
import { parseSearch } from '#search'
import { indexCommunity, searchCommunity } from '#search/server'
import { attachCaseDocument } from '#voice/server'
import { readPoll } from '#votes/server'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'
import { pngOf } from '../support/pictures.ts'
import { unit } from '../votes/polls.ts'
import { draftOf, freshVillage, must, refusalOf, type Village } from '../votes/village.ts'

const UNITS = [
  unit('U1'),
  unit('U2', { owners: ['P-U2', 'P-U2b'] }),
  unit('U3'),
  unit('U4', { owners: ['P-U1'] }),
  unit('B1', { kind: 'parking', owners: ['P-U3'] }),
]
const NEW = {
  roundId: null,
  title: '3栋门口加长椅',
  text: '老人等车没有地方坐',
  place: '3栋门口',
  wanted: '3200',
  documents: [],
}

describeOnEachDatabase('proposals', open => {
  let database: TestDatabase
  let village: Village
  let proposalId: string
  const officer = (role: Role, name: string = role): Actor => ({
    userId: `user-${name}`,
    displayName: name,
    roles: [{ communityId: village.community.communityId, role }],
    sessionId: `s-${name}`,
  })
  const owner = (person: string) => village.owner(person)
  const act = (actor: Actor, request: Omit<ProposalRequest, 'proposalId'>, id = proposalId) =>
    actOnProposal(village.portal, actor, village.community, { proposalId: id, ...request })
  const code = async (...taken: Parameters<typeof act>) => {
    const done = await act(...taken)
    return done.ok ? done.value.state : done.error.code
  }
  const propose = (actor: Actor, changes: Partial<typeof NEW> = {}) =>
    proposeProject(village.portal, actor, village.community, { ...NEW, ...changes })
  const view = async (id = proposalId) =>
    (await readProposal(village.portal, village.community, null, id))!.view
  const findings = async () => (await checkProjects(village.portal, village.community)).findings

  beforeAll(async () => {
    database = await open()
    village = await freshVillage(database, UNITS)
  })

  it('are made in an open contest or at any time, by owners, redacted first', async () => {
    const { portal, community, chair } = village
    const days = { title: '2026 春季提案大赛', opensOn: '2026-03-01', closesOn: '2026-03-31' }
    expect(refusalOf(await openRound(portal, owner('P-U1'), community, days)).code).toBe('not-permitted')
    for (const wrong of [
      { ...days, closesOn: '2026-02-28' },
      { ...days, closesOn: '2026-12-31' },
      { ...days, opensOn: '' },
    ])
      expect(refusalOf(await openRound(portal, chair, community, wrong)).code).toBe('round-days-malformed')
    const { roundId } = must(await openRound(portal, chair, community, days))
    const coming = must(
      await openRound(portal, chair, community, { ...days, opensOn: '2026-03-20', title: '下一届' }),
    )
    expect((await readRounds(portal, community)).map(round => round.isOpen).sort()).toEqual([false, true])
    expect(refusalOf(await propose(chair)).code).toBe('not-permitted')
    expect(refusalOf(await propose(owner('P-U1'), { title: ' ' })).code).toBe('title-missing')
    expect(refusalOf(await propose(owner('P-U1'), { wanted: '-1' })).code).toBe('amount-malformed')
    expect(refusalOf(await propose(owner('P-U1'), { text: '找我 13812345678' }))).toMatchObject({
      code: 'text-private',
      redacted: { text: '找我 ****', title: NEW.title },
    })
    const late = { ...NEW, roundId: coming.roundId }
    expect(refusalOf(await proposeProject(portal, owner('P-U1'), community, late)).code).toBe(
      'round-not-open',
    )
    const made = must(await proposeProject(portal, owner('P-U1'), community, { ...NEW, roundId }))
    expect(made.number).toBe(1)
    proposalId = made.proposalId
    expect(await view()).toMatchObject({ state: 'proposed', title: NEW.title, wantedFen: 320_000n, roundId })
    const second = must(await propose(owner('P-U3'), { title: '补一块绿地', wanted: '' }))
    expect(await view(second.proposalId)).toMatchObject({ number: 2, wantedFen: 0n, roundId: null })
  })

  it('are supported once by each home, also when two ask at once, and counted without a name', async () => {
    const { portal, community } = village
    const support = { act: 'support', home: 'U2' } as const
    const both = await Promise.all([code(owner('P-U2'), support), code(owner('P-U2b'), support)])
    expect(both.sort()).toEqual(['already-supported', 'proposed'])
    expect(await code(owner('P-U2'), { ...support, home: 'U1' })).toBe('home-not-yours')
    expect(await code(owner('P-U3'), { ...support, home: 'B1' })).toBe('home-not-yours')
    expect(await code(owner('P-U3'), { ...support, home: 'U3' })).toBe('proposed')
    expect(await code(village.chair, support)).toBe('not-permitted')
    expect(await readOwnSupport(portal, owner('P-U1'), community, proposalId)).toEqual([
      { home: 'U1', supports: false },
      { home: 'U4', supports: false },
    ])
    expect((await view()).supports).toBe(2)
    expect(
      JSON.stringify(await view(), (_, each) => (typeof each === 'bigint' ? `${each}` : each)),
    ).not.toMatch(/U2|P-U/)
    expect(await code(owner('P-U2b'), { act: 'unsupport', home: 'U2' })).toBe('proposed')
    expect(await code(owner('P-U2'), { act: 'unsupport', home: 'U2' })).toBe('not-supported')
    expect((await view()).supports).toBe(1)
    expect(await findings()).toEqual([])
  })

  it('of another community are none of theirs', async () => {
    const other = await freshVillage(database, UNITS)
    const foreign = other.owner('P-U1')
    expect(await code(foreign, { act: 'support', home: 'U1' })).toBe('not-permitted')
    const through = await actOnProposal(other.portal, foreign, other.community, {
      proposalId,
      act: 'support',
      home: 'U1',
    })
    expect(refusalOf(through).code).toBe('proposal-unknown')
    expect(await readProposal(other.portal, other.community, null, proposalId)).toBeNull()
    expect((await view()).supports).toBe(1)
  })

  it('are judged with a reason, by an officer who did not make them', async () => {
    const { chair, community } = village
    const { communityId } = community
    const atHome: Actor = {
      ...owner('P-U1'),
      roles: [
        { communityId, role: 'owner' },
        { communityId, role: 'committee_member' },
      ],
    }
    expect(await code(atHome, { act: 'shortlist', text: '我看行' })).toBe('own-proposal')
    expect(await code(owner('P-U3'), { act: 'shortlist', text: '我看行' })).toBe('not-permitted')
    expect(await code(chair, { act: 'shortlist', text: ' ' })).toBe('text-missing')
    expect(await code(chair, { act: 'fund', text: 'a', amount: '1', source: 'community' })).toBe(
      'proposal-state',
    )
    expect(await code(owner('P-U3'), { act: 'withdraw' })).toBe('not-your-proposal')
    expect(await code(chair, { act: 'shortlist', text: '位置合适，老人多' })).toBe('shortlisted')
    const [, second] = (await readProposals(village.portal, community)).toReversed()
    expect(await code(chair, { act: 'decline', text: '消防通道，不能种树' }, second!.proposalId)).toBe(
      'declined',
    )
    expect(await code(owner('P-U3'), { act: 'withdraw' }, second!.proposalId)).toBe('proposal-state')
  })

  it('become the draft of a motion in one transaction, or not at all', async () => {
    const { portal, community, chair, branch } = village
    const make = (actor: Actor, draft = draftOf()) =>
      draftMotion(portal, actor, community, { proposalId, draft })
    expect(refusalOf(await make(branch))).toEqual({ of: 'proposal', error: { code: 'not-permitted' } })
    const unfit = draftOf({ title: '' })
    expect(refusalOf(await make(chair, unfit))).toMatchObject({
      of: 'draft',
      error: { code: 'motion-unfit' },
    })
    expect((await view()).state).toBe('shortlisted')
    const { pollId } = must(await make(chair))
    expect(await view()).toMatchObject({ state: 'in-motion', pollId })
    expect(await readPoll(portal, community, chair, pollId)).toMatchObject({ state: 'draft' })
    expect(await code(owner('P-U1'), { act: 'support', home: 'U1' })).toBe('proposal-state')
  })

  it('get money from four sources, cost no more than that, and are accepted by another', async () => {
    const { portal, community, chair } = village
    const member = officer('committee_member', 'member')
    const { sha256 } = must(await attachCaseDocument(portal, chair, community, { bytes: pngOf() }))
    const fund = { act: 'fund', text: '公共收益第3季度方案', source: 'community', amount: '2000' } as const
    expect(await code(chair, { ...fund, amount: '0' })).toBe('amount-malformed')
    expect(await code(chair, { ...fund, source: 'loan' })).toBe('source-unknown')
    expect(await code(chair, fund)).toBe('funded')
    const report = { act: 'report', text: '装了两张', amount: '2600.50', documents: [sha256] } as const
    expect(await code(chair, report)).toBe('cost-not-covered')
    expect(await code(member, { ...fund, source: 'enterprise', amount: '1000', text: '超市捐赠' })).toBe(
      'funded',
    )
    expect(await code(member, report)).toBe('document-unknown')
    expect(await code(chair, report)).toBe('done')
    expect(await code(chair, { act: 'accept', text: '看过了' })).toBe('second-needed')
    expect(await code(member, { act: 'refuse', text: '螺丝松' })).toBe('funded')
    expect(await code(chair, report)).toBe('done')
    expect(await code(member, { act: 'accept', text: '看过了' })).toBe('accepted')
    expect(await view()).toMatchObject({ state: 'accepted', costFen: 260_050n })
    const wish = { proposalId, sha256 }
    expect((await readProposalDocument(portal, community, wish))?.mediaType).toBe('image/png')
    expect(await readProposalDocument(portal, community, { ...wish, sha256: 'f'.repeat(64) })).toBeNull()
    expect(await findings()).toEqual([])
  })

  it('are found by their words, and by nothing once their text is hidden', async () => {
    const { portal, community, branch, chair } = village
    const found = async () => {
      await indexCommunity(portal, community)
      const wish = { search: parseSearch('长椅')!, kinds: ['proposal'], after: null, limit: 5 } as const
      return (await searchCommunity(portal, community, wish)).found.map(each => each.key)
    }
    expect(await found()).toEqual([proposalId])
    expect(await code(chair, { act: 'hide', text: '不当' })).toBe('not-permitted')
    expect(await code(branch, { act: 'hide', text: '点名骂人' })).toBe('accepted')
    expect(await code(branch, { act: 'hide', text: '点名骂人' })).toBe('already-hidden')
    expect(await view()).toMatchObject({ title: null, text: null, hiddenBecause: '点名骂人' })
    expect(await found()).toEqual([])
    expect(await code(branch, { act: 'show', text: '复核' })).toBe('accepted')
    expect(await found()).toEqual([proposalId])
  })

  it('are named by fsck when a row is not what the log says', async () => {
    const named = async () => (await findings()).map(each => each.invariant)
    const { communityId } = village.community
    const asOwner = (statement: string) => database.asOwner(statement)
    const where = `where community_id = ${communityId} and proposal_id = '${proposalId}'`
    await expect(asOwner(`update project_event set detail = '{}' ${where}`)).rejects.toThrow()
    await asOwner(`update project_state set state = 'funded' ${where}`)
    expect(await named()).toEqual(['state-is-of-the-acts'])
    await asOwner(`update project_state set state = 'accepted' ${where}`)
    await asOwner(`insert into project_support values (${communityId}, '${proposalId}', 'U1', 1)`)
    expect(await named()).toEqual(['supports-are-of-the-acts'])
    await asOwner(`delete from project_support ${where} and unit_id = 'U1'`)
    await asOwner(`update project_text set value = '{"text":"另一句"}' ${where} and event_no = 1`)
    expect(await named()).toEqual(['text-matches-log'])
    await asOwner('alter table project_event disable trigger project_event_is_appended')
    await asOwner(`update project_event set detail = '{"fen":"1"}' ${where} and act = 'report'`)
    await asOwner('alter table project_event enable trigger project_event_is_appended')
    expect(await named()).toContain('act-matches-log')
  })
})

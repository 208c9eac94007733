/** A year's budget from the owners' vote to the page: two sides, the vote looked at twice, and never above what was voted. */
import { beforeAll, expect, it } from 'vitest'
import { civilDate, fen, period } from '#kernel'
import type { BudgetLine, VoteReference } from '#ledger'
import {
  adoptBudget,
  type BudgetInput,
  checkLedger,
  decideControlChange,
  proposeBudget,
  readBudgetAdoption,
  readControlChange,
  readFund,
} from '#ledger/server'
import type { Actor, Role } from '#people'
import { finalizePoll, readResult, recordPosting, SIGN_OFF_STEPS, signOffTally } from '#votes/server'
import { passedVotes, voteReference } from '../../app/routes/office/budget-vote.server.ts'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'
import { unit } from '../votes/polls.ts'
import {
  announce,
  CLOSES,
  cast,
  draftOf,
  freshVillage,
  moveTo,
  must,
  OPENS,
  type Village,
} from '../votes/village.ts'

const UNITS = ['A', 'B', 'C'].map(id => unit(id))
const MONEY = { amountFen: '30000', payer: '共有基金', projectText: '预算支出', budgetLine: '全部' }
const line = (account: string, amount: bigint): BudgetLine => ({
  fiscalYear: 2027,
  fund: 'trust',
  account,
  direction: 'out',
  amountFen: fen(amount),
})
const LINES = [line('5103', 20_000n), line('5104', 10_000n)]

describeOnEachDatabase('a budget by a vote', openDatabase => {
  let database: TestDatabase
  let village: Village
  let manager: Actor
  let passed: string
  let failed: string

  const officer = (name: string, role: Role): Actor => ({
    userId: `user-${name}`,
    displayName: name,
    roles: [{ communityId: village.community.communityId, role }],
    sessionId: `s-${name}`,
  })
  const reference = (poll: string, question = 'q1') =>
    voteReference(village.portal, village.community, poll, question)
  const propose = async (poll: string | VoteReference | null, changes: Partial<BudgetInput> = {}) => {
    const vote = typeof poll === 'string' ? await reference(poll) : poll
    const done = await proposeBudget(village.portal, village.chair, village.community, {
      fiscalYear: 2027,
      lines: LINES,
      reason: '业主大会表决通过',
      basis: { kind: 'vote', vote },
      ...changes,
    })
    return done.ok ? done.value : done.error.code
  }
  const decide = async (actor: Actor, changeId: string, vote: VoteReference | null) => {
    const shown = await readControlChange(village.portal, manager, village.community, changeId)
    const done = await decideControlChange(village.portal, actor, village.community, {
      changeId,
      decision: 'confirmed',
      seenDigest: shown?.contentDigest ?? '',
      vote,
    })
    return done.ok ? 'done' : done.error.code
  }
  const adoption = () => readBudgetAdoption(village.portal.db, village.community.communityId, 2027)
  const finish = async (pollId: string) => {
    const { portal, community, tellers, branch, chair } = village
    const { digest } = (await readResult(portal.db, community, pollId))!
    for (const [index, step] of SIGN_OFF_STEPS.entries()) {
      const by = step === 'party-branch' ? branch : tellers[index]!
      must(await signOffTally(portal, by, community, { pollId, step, seenDigest: digest }))
    }
    must(await recordPosting(portal, chair, community, { pollId, place: 'lobby' }))
  }

  beforeAll(async () => {
    database = await openDatabase()
    village = await freshVillage(database, UNITS)
    manager = officer('manager', 'manager')
    const { portal, community, chair } = village
    passed = await announce(village, draftOf({ title: '2027 年度预算', money: MONEY }))
    failed = await announce(village, draftOf({ title: '没有通过的预算', money: MONEY }))
    await moveTo(village, OPENS)
    for (const id of ['A', 'B', 'C']) {
      must(await cast(village, passed, `P-${id}`, id, 'FOR'))
      must(await cast(village, failed, `P-${id}`, id, 'AGAINST'))
    }
    await moveTo(village, new Date(CLOSES.getTime() + 1000))
    await finish(passed)
    await finish(failed)
    expect(await propose(passed)).toBe('vote-not-final')
    portal.clock.moveTo(new Date('2026-04-20T01:00:00Z'))
    must(await finalizePoll(portal, chair, community, { pollId: passed }))
    must(await finalizePoll(portal, chair, community, { pollId: failed }))
  }, 60_000)

  it('is not proposed by a vote that failed, that is not there, or that names another sum', async () => {
    expect(await propose(failed)).toBe('vote-not-passed')
    expect(await reference('no-such-poll')).toBe(null)
    expect(await reference(passed, 'q9')).toBe(null)
    expect(await propose(null)).toBe('vote-unknown')
    expect(await propose(passed, { lines: [line('5103', 29_999n)] })).toBe('vote-sum-differs')
    expect(await propose(passed, { lines: [line('5103', 30_001n)] })).toBe('vote-sum-differs')
    expect(await passedVotes(village.portal, village.community)).toEqual([
      { value: `${passed}/q1`, label: '2027 年度预算' },
    ])
    const elsewhere = await freshVillage(database, UNITS)
    expect(await voteReference(elsewhere.portal, elsewhere.community, passed, 'q1')).toBe(null)
  })

  it('holds once the other side confirms it, on the vote as it is then', async () => {
    const vote = await reference(passed)
    const changeId = await propose(passed)
    expect(await decide(village.chair, changeId, vote)).toBe('second-needed')
    expect(await decide(officer('treasurer', 'committee_treasurer'), changeId, vote)).toBe('second-needed')
    expect(await decide(manager, changeId, null)).toBe('vote-unknown')
    expect(await decide(manager, changeId, { ...vote!, digest: 'f'.repeat(64) })).toBe('vote-unknown')
    expect(await decide(manager, changeId, { ...vote!, isFinal: false })).toBe('vote-unknown')
    expect(await adoption()).toBe(null)
    const rival = await propose(passed)
    const both = await Promise.all([decide(manager, changeId, vote), decide(manager, rival, vote)])
    expect(both.sort()).toEqual(['budget-moved-on', 'done'])
    const result = (await readResult(village.portal.db, village.community, passed))!
    expect(await adoption()).toMatchObject({
      version: 1,
      basis: { kind: 'vote', poll: passed, digest: result.questions[0]!.digest, votedFen: 30_000n },
    })
    village.portal.clock.moveTo(new Date('2027-01-05T01:00:00Z'))
    const fund = await readFund(village.portal, village.community, period('2027-01'))
    expect(fund.adoption?.basis).toMatchObject({ title: '2027 年度预算' })
    expect(fund.budget.map(each => [each.account, each.amountFen])).toEqual([
      ['5103', 20_000n],
      ['5104', 10_000n],
    ])
    expect((await checkLedger(village.portal, village.community)).findings).toEqual([])
  })

  it('is changed within the voted sum by that vote, and beyond it by a new one only', async () => {
    const vote = await reference(passed)
    expect(await propose(passed, { lines: [...LINES, line('5105', 1n)] })).toBe('vote-sum-differs')
    const basis = {
      kind: 'outside',
      words: '口头同意',
      decidedOn: civilDate('2026-12-20'),
      document: '会议记录',
    } as const
    expect(await propose(passed, { basis })).toBe('vote-needed')
    const moved = await propose(passed, { lines: [line('5103', 5_000n), line('5105', 25_000n)] })
    expect(await decide(manager, moved, vote)).toBe('done')
    expect(await adoption()).toMatchObject({ version: 2 })
    expect((await checkLedger(village.portal, village.community)).findings).toEqual([])
  })

  it('outside the portal says so in words; before the portal asked, it says that nobody said', async () => {
    const { portal, community } = village
    const spent = [{ ...line('5103', 500n), fiscalYear: 2026 }]
    const basis = {
      words: '业主大会通过',
      decidedOn: civilDate('2025-12-20'),
      document: '2025 年第 3 号决议',
    }
    await adoptBudget(portal, community.communityId, 2026, 1, spent, basis)
    expect(await readBudgetAdoption(portal.db, community.communityId, 2026)).toMatchObject({
      basis: { kind: 'outside', ...basis },
    })
    await adoptBudget(portal, community.communityId, 2025, 1, [{ ...line('5103', 5n), fiscalYear: 2025 }])
    expect(await readBudgetAdoption(portal.db, community.communityId, 2025)).toMatchObject({ basis: null })
    await expect(adoptBudget(portal, community.communityId, 2026, 2, spent)).rejects.toThrow(/takes a vote/)
  })

  it('is refused by the database above the voted sum, without a basis, and for another community’s poll', async () => {
    const { communityId } = village.community
    const lines = {
      community_id: communityId,
      fiscal_year: 2027,
      fund_code: 'trust',
      direction: 'out' as const,
    }
    const insert = (changes: { version: number; account_code: string; amount_fen: bigint }) =>
      village.portal.db
        .insertInto('budget_line')
        .values({ ...lines, ...changes })
        .execute()
    await expect(insert({ version: 2, account_code: '5104', amount_fen: 1n })).rejects.toThrow(
      /above what was voted/,
    )
    await expect(insert({ version: 3, account_code: '5103', amount_fen: 1n })).rejects.toThrow(
      /budget_line_is_adopted/,
    )
    const elsewhere = await freshVillage(database, UNITS)
    const stolen = database.asOwner(
      `insert into budget_adoption select ${elsewhere.community.communityId}, fiscal_year, 1, basis, poll_id, question_id,
         poll_title, tally_digest, voted_fen, words, decided_on, document, change_id, adopted_at
       from budget_adoption where community_id = ${communityId} and version = 2`,
    )
    await expect(stolen).rejects.toThrow(/foreign key/)
  })

  it.each([
    [
      'a line raised',
      `update budget_line set amount_fen = amount_fen + 1 where version = 2 and account_code = '5103'`,
    ],
    ['another result', `update budget_adoption set tally_digest = '${'0'.repeat(64)}' where version = 2`],
    ['a version gone', `delete from budget_adoption where version = 2`],
  ])('%s in the database is named by the check', async (_, change) => {
    const { communityId } = village.community
    await database.asOwner(`
      set session_replication_role = replica; ${change} and community_id = ${communityId};
      set session_replication_role = origin`)
    const { findings } = await checkLedger(village.portal, village.community)
    expect(findings.map(finding => finding.invariant)).toContain('budget-by-vote')
  })
})

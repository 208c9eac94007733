/** The re-deriver: one tampering for every invariant, done past every guard, and each is named where it was done. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { civilDate, period } from '#kernel'
import {
  checkLedger,
  closePeriod,
  decideControlChange,
  draftReversal,
  LEDGER_INVARIANTS,
  type LedgerFinding,
  proposeControlChange,
  readControlChanges,
  readControls,
} from '#ledger/server'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { approveAll, attach, benchOf, entry, expectSound, must, post, statementOf, takeIn } from './office.ts'

type Invariant = LedgerFinding['invariant']

/** What is done, and what must be named: every invariant it breaks, with the row. */
interface Tampering {
  readonly what: string
  readonly sql: (community: number) => string
  readonly breaks: readonly (readonly [Invariant, string])[]
}

const TAMPERINGS: readonly Tampering[] = [
  {
    what: 'a posting raised by one fen',
    sql: () => `update posting set amount_fen = amount_fen + 1 where number = 1 and line = 2`,
    breaks: [
      ['voucher-balances', '2025-0001'],
      ['voucher-matches-draft', '2025-0001'],
      ['turnover-adds-up', '2025-01 trust 410101'],
      ['trial-balance-zero', '2025-01'],
      ['trial-balance-zero', '2025-02'],
      ['closed-period-unchanged', '2025-01'],
    ],
  },
  {
    what: 'both sides of a voucher raised, with its roll-ups: the books balance, and still it is not what was approved',
    sql: () => `do $$ begin
      update posting set amount_fen = amount_fen + 1 where number = 1;
      update voucher set amount_fen = amount_fen + 1 where number = 1;
      update account_turnover set debit_fen = debit_fen + 1 where period = '2025-01' and account_code = '100201';
      update account_turnover set credit_fen = credit_fen + 1 where period = '2025-01' and account_code = '410101'; end $$`,
    breaks: [
      ['voucher-matches-draft', '2025-0001'],
      ['bank-lines-add-up', '2025-0001'],
      ['closed-period-unchanged', '2025-01'],
    ],
  },
  {
    what: 'a headline amount',
    sql: () => `update voucher set amount_fen = 1 where number = 1`,
    breaks: [['voucher-balances', '2025-0001']],
  },
  {
    what: 'a number that is skipped',
    sql: () => `do $$ begin
      update voucher set number = 9 where number = 6; update posting set number = 9 where number = 6; end $$`,
    breaks: [
      ['voucher-numbers-continuous', '2025-0009'],
      ['voucher-in-log', '2025-0009'],
      ['voucher-in-log', '2025-0006'],
    ],
  },
  {
    what: 'a narration',
    sql: () => `update voucher set narration = '付别人' where number = 2`,
    breaks: [['voucher-matches-draft', '2025-0002']],
  },
  {
    what: 'a source document exchanged',
    sql: () => `update voucher_document set sha256 = repeat('0', 64) where number = 2`,
    breaks: [['voucher-matches-draft', '2025-0002']],
  },
  {
    what: 'a draft and its voucher together: only the log knows better',
    sql: () => `do $$ begin
      update voucher set narration = '付别人' where number = 2;
      update voucher_draft_revision r set
        content = convert_to(replace(convert_from(content, 'UTF8'), '付保洁费', '付别人'), 'UTF8'),
        content_digest = encode(sha256(convert_to(replace(convert_from(content, 'UTF8'), '付保洁费', '付别人'), 'UTF8')), 'hex')
        from voucher v where v.number = 2 and r.draft_id = v.draft_id; end $$`,
    breaks: [
      ['voucher-approved', '2025-0002'],
      ['voucher-in-log', '2025-0002'],
    ],
  },
  {
    what: 'a draft whose bytes are none of ours',
    sql: () => `update voucher_draft_revision r set content = 'x', content_digest = encode(sha256('x'), 'hex')
      from voucher v where v.number = 2 and r.draft_id = v.draft_id`,
    breaks: [['voucher-matches-draft', '2025-0002']],
  },
  {
    what: 'a draft that is gone',
    sql: () =>
      `delete from voucher_draft_revision r using voucher v where v.number = 2 and r.draft_id = v.draft_id`,
    breaks: [['voucher-matches-draft', '2025-0002']],
  },
  {
    what: 'a release that is gone',
    sql: () => `delete from voucher_approval where step = 'release_committee'`,
    breaks: [
      ['voucher-approved', '2025-0002'],
      ['voucher-in-log', '2025-0002'],
    ],
  },
  {
    what: 'a release put in another name',
    sql: () => `update leaf_secret set value = 'somebody else' where name = 'by/release_committee'`,
    breaks: [['voucher-in-log', '2025-0002']],
  },
  {
    what: 'a reversal moved to another voucher',
    sql: () => `update voucher set reverses_number = 1 where kind = 'reversal'`,
    breaks: [
      ['voucher-matches-draft', '2025-0004'],
      ['reversal-mirrors', '2025-0004'],
    ],
  },
  {
    what: 'a roll-up',
    sql: () =>
      `update account_turnover set debit_fen = debit_fen + 1 where period = '2025-02' and account_code = '100201'`,
    breaks: [['turnover-adds-up', '2025-02 trust 100201']],
  },
  {
    what: 'a roll-up of nothing',
    sql: community => `insert into account_turnover values (${community}, '2025-01', 'trust', '4199', 5, 5)`,
    breaks: [['turnover-adds-up', '2025-01 trust 4199']],
  },
  {
    what: 'a bank line in two vouchers',
    sql: () =>
      `insert into voucher_bank_line select community_id, bank_line_id, 2025, 6 from voucher_bank_line where number = 1`,
    breaks: [
      ['bank-line-held-once', '*'],
      ['bank-lines-add-up', '2025-0006'],
      ['voucher-matches-draft', '2025-0006'],
    ],
  },
  {
    what: 'a bank line’s amount',
    sql: () =>
      `update bank_line b set amount_fen = amount_fen + 1 from voucher_bank_line v where v.number = 1 and v.bank_line_id = b.bank_line_id`,
    breaks: [['bank-lines-add-up', '2025-0001']],
  },
  {
    what: 'the trial balance of a closed month',
    sql: () => `update period_close set trial_balance = '[]'`,
    breaks: [['closed-period-unchanged', '2025-01']],
  },
  {
    what: 'the day a month was closed',
    sql: () => `update period_close set closed_at = closed_at - interval '1 day'`,
    breaks: [['closed-period-unchanged', '2025-01']],
  },
  {
    what: 'a change of the rules that another office confirmed',
    sql: () => `update control_decision set decided_role = 'overseer'`,
    breaks: [['control-in-log', '*']],
  },
  {
    what: 'a signal that became another',
    sql: () => `update payment_signal set kind = 'price' where kind = 'hasty'`,
    breaks: [['payment-note-in-log', '2025-0002']],
  },
  {
    what: 'a voucher removed with all that hung on it: its leaf is still there',
    sql: () => `do $$ begin
      delete from posting where number = 6; delete from voucher where number = 6;
      update account_turnover set debit_fen = debit_fen - 77 where period = '2025-02' and account_code = '100201';
      update account_turnover set credit_fen = credit_fen - 77 where period = '2025-02' and account_code = '410101'; end $$`,
    breaks: [['voucher-in-log', '2025-0006']],
  },
]

describeOnEachDatabase('checking the books', open => {
  let database: TestDatabase
  let portal: TestPortal
  let sample: SampleCommunity
  let document: string

  /** Six vouchers in two months, one of them closed: a receipt at the bank, a payment, one taken back and booked again, one more. */
  beforeAll(async () => {
    database = await open()
    portal = openTestPortal(database, { now: new Date('2025-02-10T02:00:00Z') })
    sample = await openSampleCommunity(portal)
    await takeIn(portal, sample, statementOf([['2025-01-05', '100.00', '100.00', '王小明', '物业费']]))
    await watchPayments()
    const [line] = (await benchOf(portal, sample)).lines
    document = await attach(portal, sample)
    await post(portal, sample, entry(10_000n, { bankLines: [line!.bankLine] }))
    await post(portal, sample, entry(-3_000n, { documents: [document] }))
    const wrong = await post(portal, sample, entry(55n))
    const red = { reverses: wrong, occurredOn: civilDate('2025-01-31'), narration: '冲销' }
    await approveAll(
      portal,
      sample,
      must(await draftReversal(portal, sample.bookkeeper, sample.community, red)),
    )
    await post(portal, sample, entry(56n, { replaces: wrong }))
    const unanswered = { leavesUnanswered: true }
    must(await closePeriod(portal, sample.manager, sample.community, period('2025-01'), unanswered))
    await post(portal, sample, entry(77n, { occurredOn: civilDate('2025-02-03') }))
  })

  /** Two sides agree that payments are looked at: from here on they have signals, because the clock stands still. */
  async function watchPayments(): Promise<void> {
    const before = (await readControls(portal.db, sample.community)).controls
    const change = {
      kind: 'controls',
      reason: '先看',
      before,
      controls: { ...before, showsSignals: true },
    } as const
    const changeId = must(await proposeControlChange(portal, sample.treasurer, sample.community, change))
    const [waiting] = (await readControlChanges(portal, sample.manager, sample.community)) ?? []
    const decision = { changeId, decision: 'confirmed', seenDigest: waiting!.contentDigest } as const
    must(await decideControlChange(portal, sample.manager, sample.community, decision))
  }

  const found = async () => (await checkLedger(portal, sample.community)).findings

  /** Does it, looks, and undoes it: a copy of every table is kept aside. */
  async function tampered(sql: string): Promise<readonly LedgerFinding[]> {
    const tables = [
      'posting',
      'voucher',
      'account_turnover',
      'voucher_document',
      'voucher_draft_revision',
      'voucher_approval',
      'leaf_secret',
      'voucher_bank_line',
      'bank_line',
      'period_close',
      'control_decision',
      'payment_signal',
    ]
    await database.asOwner(`set session_replication_role = replica`)
    for (const table of tables) await database.asOwner(`create table kept_${table} as select * from ${table}`)
    await database.asOwner(sql)
    const findings = await found().catch(error => error as Error)
    for (const table of tables) {
      await database.asOwner(`delete from ${table}`)
      await database.asOwner(`insert into ${table} select * from kept_${table}`)
      await database.asOwner(`drop table kept_${table}`)
    }
    await database.asOwner(`set session_replication_role = origin`)
    if (findings instanceof Error) throw findings
    return findings
  }

  it('finds nothing in sound books', async () => {
    await expectSound(portal, sample)
    expect((await checkLedger(portal, sample.community)).vouchers).toBe(6)
    expect(await tampered('select 1')).toEqual([])
  })

  it.each(TAMPERINGS)('names $what', async ({ sql, breaks }) => {
    const findings = await tampered(sql(sample.community.communityId))
    const named = new Set(
      // Lines and changes have names of chance.
      findings.map(
        f => `${f.invariant} ${/^(?:bank-line-held|control-in)/.test(f.invariant) ? '*' : f.reference}`,
      ),
    )
    expect(named).toEqual(new Set(breaks.map(([invariant, reference]) => `${invariant} ${reference}`)))
    expect(await found()).toEqual([])
  })

  describe('source documents', () => {
    it('that are gone from the store are named, and are well again when they are back', async () => {
      const { objects } = portal
      const without = {
        ...portal,
        objects: {
          ...objects,
          read: async (digest: string) => (digest === document ? null : objects.read(digest)),
        },
      }
      expect((await checkLedger(without, sample.community)).findings).toEqual([
        { invariant: 'document-intact', reference: document, found: 'missing' },
      ])
      expect(await found()).toEqual([])
    })

    it('that are damaged on disk are named', async () => {
      const directory = portal.settings.dataDirectory
      const path = readdirSync(directory, { recursive: true, encoding: 'utf8' }).find(name =>
        name.endsWith(document),
      )
      const file = join(directory, path!)
      const bytes = readFileSync(file)
      writeFileSync(
        file,
        bytes.map((byte, index) => (index === 9 ? byte ^ 1 : byte)),
      )
      expect((await found()).map(f => [f.invariant, f.reference])).toEqual([['document-intact', document]])
      writeFileSync(file, bytes)
      expect(await found()).toEqual([])
    })
  })

  it('has a tampering for every invariant', () => {
    const covered = new Set<string>([
      'document-intact',
      // Tampered with where they are agreed: tests/ledger/map-bank-columns and adopt-budget.
      'columns-by-two',
      'budget-by-vote',
      ...TAMPERINGS.flatMap(t => t.breaks.map(([invariant]) => invariant)),
    ])
    expect(covered).toEqual(new Set(LEDGER_INVARIANTS))
  })

  it('says nothing of an erased person: without the salt the leaf is found by its digest', async () => {
    await database.asOwner(`delete from leaf_secret`)
    expect(await found()).toEqual([])
  })
})

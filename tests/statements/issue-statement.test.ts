import { beforeAll, expect, it } from 'vitest'
import { civilDate, fen, period } from '#kernel'
import {
  attachSourceDocument,
  checkLedger,
  closePeriod,
  decideControlChange,
  draftVoucher,
  proposeControlChange,
  readControlChanges,
  readControls,
} from '#ledger/server'
import { runNextJob } from '#platform/process'
import { verifyStatement } from '#statements'
import {
  createStatementKeys,
  ISSUE_STATEMENT,
  issueStatementJob,
  openSigner,
  readStatementFile,
  readStatements,
  readSupersedingList,
  requestStatement,
} from '#statements/server'
import { formatVkey } from '#tlog'
import { checkLog, createLogKey, openLogSigner } from '#tlog/server'
import { documentTexts } from '../../app/cli/document-texts.ts'
import { certificatePem } from '../../app/statements/create-sealing-keys.server.ts'
import { parseSupersedingList } from '../../app/statements/log-inclusion.ts'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import { describeOnOneDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { approveWithFactor } from '../support/second-factor.ts'

describeOnOneDatabase('issuing a statement', open => {
  let portal: TestPortal
  let sample: SampleCommunity
  const january = period('2025-01')
  const handlers = { [ISSUE_STATEMENT]: issueStatementJob(documentTexts) }

  async function verified(
    pdf: Uint8Array,
    knownLeaves: ReturnType<typeof parseSupersedingList> | null = null,
  ) {
    const signer = await openSigner(portal)
    const log = await openLogSigner(portal, sample.community.logOrigin)
    return verifyStatement(pdf, {
      trustAnchors: [certificatePem(signer.certificateChain.at(-1)!)],
      vkeys: [formatVkey(log.key)],
      now: portal.clock.now(),
      ...(knownLeaves === null ? {} : { knownLeaves: knownLeaves.ok ? knownLeaves.value : [] }),
    })
  }

  /** A payment that the bank has not shown by the month's end: an outstanding item of the statement. */
  async function payForCleaning() {
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1])
    const document = await attachSourceDocument(portal, sample.bookkeeper, sample.community, {
      name: 'a.png',
      bytes: png,
    })
    if (!document.ok) throw new Error(document.error.code)
    const draft = await draftVoucher(portal, sample.bookkeeper, sample.community, {
      occurredOn: civilDate('2025-01-30'),
      narration: '付一月保洁费',
      postings: [
        { fund: 'trust', account: '5103', side: 'debit', amountFen: fen(40_000n) },
        { fund: 'trust', account: '100201', side: 'credit', amountFen: fen(40_000n) },
      ],
      payee: '净邻保洁服务有限公司',
      documents: [document.value.sha256],
      bankLines: [],
      replaces: null,
    })
    if (!draft.ok) throw new Error(draft.error.code)
    const { draftId, contentDigest: seenDigest } = draft.value
    const steps = [
      ['review', sample.reviewer],
      ['release_company', sample.manager],
      ['release_committee', sample.treasurer],
    ] as const
    for (const [step, actor] of steps) {
      const done = await approveWithFactor(portal, actor, sample.community, { draftId, step, seenDigest })
      expect(done.ok).toBe(true)
    }
  }

  beforeAll(async () => {
    portal = openTestPortal(await open(), { now: new Date('2025-02-10T02:00:00Z') })
    await createLogKey(portal)
    await createStatementKeys(portal, documentTexts)
    sample = await openSampleCommunity(portal)
    const draft = await draftVoucher(portal, sample.bookkeeper, sample.community, {
      occurredOn: civilDate('2025-01-10'),
      narration: '收广告费',
      postings: [
        { fund: 'trust', account: '100201', side: 'debit', amountFen: fen(150_000n) },
        { fund: 'trust', account: '410401', side: 'credit', amountFen: fen(150_000n) },
      ],
      documents: [],
      bankLines: [],
      replaces: null,
    })
    if (!draft.ok) throw new Error(draft.error.code)
    const posted = await approveWithFactor(portal, sample.reviewer, sample.community, {
      draftId: draft.value.draftId,
      step: 'review',
      seenDigest: draft.value.contentDigest,
    })
    expect(posted.ok).toBe(true)
    await payForCleaning()
  })

  it('is refused before the month is closed and to those who may not', async () => {
    const input = { period: january, reason: null }
    expect(await requestStatement(portal, sample.manager, sample.community, input)).toMatchObject({
      error: { code: 'period-not-closed' },
    })
    expect(await requestStatement(portal, sample.treasurer, sample.community, input)).toEqual({
      ok: false,
      error: { code: 'not-permitted' },
    })
    const closed = await closePeriod(portal, sample.manager, sample.community, january)
    expect(closed).toMatchObject({ ok: true, value: { lockedThrough: '2025-01-31' } })
  })

  it('issues once, however often it is asked for or killed, and the file verifies with all facts', async () => {
    const input = { period: january, reason: null }
    const first = await requestStatement(portal, sample.manager, sample.community, input)
    const second = await requestStatement(portal, sample.manager, sample.community, input)
    expect(second).toEqual(first)
    // A kill between the record and the file: the object store fails once, the job is tried again.
    const broken = {
      ...portal,
      objects: { ...portal.objects, put: () => Promise.reject(new Error('disk full')) },
    }
    expect(await runNextJob(broken, handlers)).toBe(true)
    expect((await readStatements(portal, sample.community)).map(s => [s.version, s.file])).toEqual([
      [1, null],
    ])
    portal.clock.advance(60_000)
    expect(await runNextJob(portal, handlers)).toBe(true)
    const issued = await readStatements(portal, sample.community)
    expect(issued.map(s => [s.version, s.file?.level])).toEqual([[1, 'B-B']])
    const file = await readStatementFile(portal, sample.community, january, null)
    const report = await verified(file!.pdf)
    expect(report.facts.filter(fact => !fact.ok)).toEqual([])
    expect(report.verdict).toBe('valid')
    const statement = report.document?.kind === 'fund-statement' ? report.document.model : null
    expect(statement?.total.month.closingFen).toBe('110000')
    expect(statement?.reconciliation[0]?.items.map(item => [item.kind, item.amountFen])).toEqual([
      ['booked-received-not-banked', '150000'],
      ['booked-paid-not-banked', '40000'],
    ])
    const flipped = Uint8Array.from(file!.pdf)
    flipped[1000] = flipped[1000]! ^ 1
    expect((await verified(flipped)).verdict).toBe('invalid')
  })

  it('supersedes with a reason, and the old file then verifies as superseded', async () => {
    const again = { period: january, reason: null }
    expect(await requestStatement(portal, sample.manager, sample.community, again)).toEqual({
      ok: false,
      error: { code: 'reason-missing' },
    })
    const reason = '补充未达账项说明'
    expect(
      await requestStatement(portal, sample.manager, sample.community, { ...again, reason }),
    ).toMatchObject({
      ok: true,
      value: { version: 2 },
    })
    expect(await runNextJob(portal, handlers)).toBe(true)
    const issued = await readStatements(portal, sample.community)
    expect(issued.map(s => [s.version, s.isSuperseded, s.reason])).toEqual([
      [2, false, reason],
      [1, true, null],
    ])
    const list = parseSupersedingList(await readSupersedingList(portal, sample.community))
    const old = await readStatementFile(portal, sample.community, january, 1)
    const oldReport = await verified(old!.pdf, list)
    expect(oldReport.verdict).toBe('invalid')
    expect(oldReport.facts.filter(fact => !fact.ok).map(fact => fact.code)).toEqual(['superseded'])
    const fresh = await readStatementFile(portal, sample.community, january, null)
    expect((await verified(fresh!.pdf, list)).verdict).toBe('valid')
  })

  it('takes two people for a new version where the community says so, and each agreement makes one', async () => {
    const { community, manager, treasurer } = sample
    const confirm = async (changeId: string, by: typeof manager) => {
      const waiting = (await readControlChanges(portal, by, community))?.find(
        each => each.changeId === changeId,
      )
      const decision = { changeId, decision: 'confirmed', seenDigest: waiting!.contentDigest } as const
      expect(await decideControlChange(portal, by, community, decision)).toEqual({ ok: true, value: null })
    }
    const before = (await readControls(portal.db, community)).controls
    const controls = { ...before, pairedChanges: true }
    const rules = { kind: 'controls', reason: '两人办', before, controls } as const
    const proposed = await proposeControlChange(portal, treasurer, community, rules)
    await confirm(proposed.ok ? proposed.value : '', manager)
    const ask = async (reason: string) => {
      const asked = await requestStatement(portal, manager, community, { period: january, reason })
      return asked.ok ? asked.value.version : asked.error
    }
    const waits = await ask('附注有误')
    expect(waits).toMatchObject({ code: 'second-needed' })
    expect(await ask('再问一次')).toEqual(waits)
    await confirm((waits as { changeId: string }).changeId, treasurer)
    expect(await ask('说另一个原因')).toBe(3)
    while (await runNextJob(portal, handlers));
    const [newest] = await readStatements(portal, community)
    expect([newest?.version, newest?.reason]).toEqual([3, '附注有误'])
    expect(await ask('又要改')).toMatchObject({ code: 'second-needed' })
  })

  it('leaves books and log clean', async () => {
    expect((await checkLedger(portal, sample.community)).findings).toEqual([])
    const { key } = await openLogSigner(portal, sample.community.logOrigin)
    expect(await checkLog(portal.db, sample.community.communityId, [key])).toEqual([])
  })
})

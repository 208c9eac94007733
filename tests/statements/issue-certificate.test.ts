/** A vote of the database becomes a certificate that verifies with public keys alone; a recount supersedes it; fsck sees both. */
import { beforeAll, expect, it } from 'vitest'
import { utf8 } from '#kernel'
import { runNextJob } from '#platform/process'
import { parseTallyCertificate, verifyStatement } from '#statements'
import {
  checkStatements,
  createStatementKeys,
  ISSUE_CERTIFICATE,
  issueCertificateJob,
  openSigner,
  readCertificateFile,
  readCertificateModel,
  readCertificates,
  readSupersedingList,
  requestCertificate,
  resumeTimestamps,
} from '#statements/server'
import { formatVkey } from '#tlog'
import { createLogKey, openLogSigner } from '#tlog/server'
import { DEFAULT_COURSE } from '#votes'
import { extendPoll, readReceipt, readResult, SIGN_OFF_STEPS, signOffTally } from '#votes/server'
import { documentTexts } from '../../app/cli/document-texts.ts'
import { certificatePem } from '../../app/statements/create-sealing-keys.server.ts'
import { parseSupersedingList } from '../../app/statements/log-inclusion.ts'
import { checkReceipt } from '../../app/statements/receipt.ts'
import { describeOnOneDatabase } from '../support/database.ts'
import { openTestPortal } from '../support/portal.ts'
import { unit } from '../votes/polls.ts'
import {
  CLOSES,
  cast,
  DRAFTED,
  draftOf,
  moveTo,
  must,
  open,
  openVillage,
  question,
  refusalOf,
  type Village,
} from '../votes/village.ts'

const AFTER = new Date(CLOSES.getTime() + 3_600_000 + 1000)
const UNITS = Array.from({ length: 24 }, (_, index) =>
  unit(`U${index + 1}`, { building: String(1 + (index % 2)), area: 9_000n + BigInt(index) }),
)

describeOnOneDatabase('a certificate', openDatabase => {
  let village: Village
  let pollId: string
  const handlers = { [ISSUE_CERTIFICATE]: issueCertificateJob(documentTexts) }

  async function verified(pdf: Uint8Array, list: Uint8Array | null = null) {
    const { portal, community } = village
    const signer = await openSigner(portal)
    const log = await openLogSigner(portal, community.logOrigin)
    const known = list === null ? null : parseSupersedingList(list)
    return verifyStatement(pdf, {
      trustAnchors: [certificatePem(signer.certificateChain.at(-1)!)],
      vkeys: [formatVkey(log.key)],
      now: portal.clock.now(),
      knownLeaves: known?.ok ? known.value : [],
    })
  }

  const minutes = {
    place: '会所',
    startedAt: AFTER,
    endedAt: AFTER,
    persons: [{ office: '计票', name: '吴敏' }],
    remarks: '',
  }
  const request = (reason: string | null = null, actor = village.chair) =>
    requestCertificate(village.portal, actor, village.community, { pollId, reason, minutes })

  beforeAll(async () => {
    const portal = openTestPortal(await openDatabase(), { now: DRAFTED })
    await createLogKey(portal)
    await createStatementKeys(portal, documentTexts)
    village = await openVillage(portal, UNITS)
    const draft = draftOf({
      title: '消防设施改造\t与门禁',
      questions: [
        question('q1', { title: '消防设施改造', text: '第一行\r\n第二行' }),
        question('q2', {
          form: 'plans',
          plans: [
            { id: 'PLAN-A', label: '刷卡' },
            { id: 'PLAN-B', label: '人脸' },
          ],
        }),
      ],
      course: { ...DEFAULT_COURSE, extensionAllowed: true },
    })
    pollId = await open(village, draft)
  })

  it('is refused before the count, to those who may not, and for a poll that is none', async () => {
    expect(refusalOf(await request())).toEqual({ code: 'poll-not-counted', poll: pollId })
    expect(refusalOf(await request(null, village.tellers[0]))).toEqual({ code: 'not-permitted' })
    const { portal, chair, community } = village
    const none = await requestCertificate(portal, chair, community, { pollId: 'x', reason: null, minutes })
    expect(refusalOf(none)).toEqual({ code: 'poll-not-counted', poll: 'x' })
  })

  it('says what was counted: figures, small sides together, the extension, refused papers, sign-offs', async () => {
    const { portal, chair, community, tellers, branch } = village
    for (const [index, each] of UNITS.entries()) {
      if (index >= 20) continue
      const q1 = index < 14 ? 'FOR' : index < 18 ? 'AGAINST' : 'ABSTAIN'
      must(await cast(village, pollId, `P-${each.id}`, each.id, { q1, q2: index < 13 ? 'PLAN-A' : 'NONE' }))
    }
    const closesAt = new Date(CLOSES.getTime() + 3_600_000)
    must(await extendPoll(portal, chair, community, { pollId, closesAt, decision: '下雨' }))
    await moveTo(village, AFTER)
    const { digest } = (await readResult(portal.db, community, pollId))!
    for (const [index, step] of SIGN_OFF_STEPS.entries()) {
      const by = step === 'party-branch' ? branch : tellers[index]!
      must(await signOffTally(portal, by, community, { pollId, step, seenDigest: digest }))
    }
    expect(must(await request())).toMatchObject({ version: 1 })
    expect(must(await request())).toEqual(must(await request()))
    // A kill between the record and the file: the object store fails once, the job is tried again.
    const broken = {
      ...portal,
      objects: { ...portal.objects, put: () => Promise.reject(new Error('disk full')) },
    }
    expect(await runNextJob(broken, handlers)).toBe(true)
    expect((await readCertificates(portal, community, pollId)).map(each => each.file)).toEqual([null])
    portal.clock.advance(60_000)
    expect(await runNextJob(portal, handlers)).toBe(true)
    const stored = await readCertificateModel(portal, community, pollId, null)
    const parsed = parseTallyCertificate(stored!.model)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
    const [first, second] = parsed.value.questions
    expect(first).toMatchObject({
      text: '第一行\n第二行',
      total: { heads: '24', units: '24' },
      participating: { heads: '20' },
      options: [{ outcome: 'PASSED', inFavour: { heads: '14' } }],
    })
    expect(first!.others).toMatchObject([{ of: ['AGAINST', 'ABSTAIN'], heads: '6' }])
    expect(second).toMatchObject({ adopted: 'PLAN-A', others: [{ of: ['NONE'] }, { of: ['ABSTAIN'] }] })
    expect(parsed.value).toMatchObject({
      title: '消防设施改造 与门禁',
      turnout: { online: 20, paper: 0, proxy: 0 },
      minutes: { place: '会所' },
      signOffs: [{ step: 'teller-1' }, { step: 'teller-2' }, { step: 'party-branch', digest }],
      digests: { tally: digest },
    })
    expect(parsed.value.course.extensions).toHaveLength(1)
    expect(parsed.value.notContained).not.toContain('sign-offs-missing')
  })

  it('verifies with nothing but public keys, and not with a byte changed', async () => {
    const { portal, community } = village
    const [issued] = await readCertificates(portal, community, null)
    const file = await readCertificateFile(portal, community, pollId, null)
    const report = await verified(file!.pdf)
    expect(report.facts.filter(fact => !fact.ok)).toEqual([])
    expect(report).toMatchObject({ kind: 'tally-certificate', statementId: issued!.certificateId })
    const flipped = Uint8Array.from(file!.pdf)
    flipped[1000] = flipped[1000]! ^ 1
    expect((await verified(flipped)).verdict).toBe('invalid')
  })

  it('goes with receipts that each owner can check without the server', async () => {
    const { portal, community, owner } = village
    const log = await openLogSigner(portal, community.logOrigin)
    const receipt = await readReceipt(portal, owner('P-U1'), community, { pollId, seq: 1 })
    const given = utf8(JSON.stringify(receipt))
    expect(checkReceipt(given, [formatVkey(log.key)])).toMatchObject({
      verdict: 'valid',
      facts: { length: 4 },
    })
    const forged = utf8(JSON.stringify({ ...receipt, answers: 'q1=AGAINST;q2=PLAN-A' }))
    expect(checkReceipt(forged, [formatVkey(log.key)]).verdict).toBe('invalid')
  })

  it('is superseded by a recount with its reason, and the old file then says so', async () => {
    const { portal, community } = village
    expect(refusalOf(await request())).toEqual({ code: 'reason-missing' })
    expect(must(await request('计票记录补正'))).toMatchObject({ version: 2 })
    expect(await runNextJob(portal, handlers)).toBe(true)
    const issued = await readCertificates(portal, community, pollId)
    expect(issued.map(each => [each.version, each.isSuperseded, each.reason])).toEqual([
      [2, false, '计票记录补正'],
      [1, true, null],
    ])
    const list = await readSupersedingList(portal, community)
    const old = await readCertificateFile(portal, community, pollId, 1)
    expect((await verified(old!.pdf, list)).facts.filter(fact => !fact.ok).map(fact => fact.code)).toEqual([
      'superseded',
    ])
    const fresh = await readCertificateFile(portal, community, pollId, null)
    expect((await verified(fresh!.pdf, list)).verdict).toBe('valid')
  })

  it('is found sound by fsck, and named when its file is gone', async () => {
    const { portal, community } = village
    await resumeTimestamps(portal)
    expect(await checkStatements(portal, community)).toEqual({ statements: 2, findings: [] })
    const emptied = { ...portal, objects: { ...portal.objects, read: () => Promise.resolve(null) } }
    const { findings } = await checkStatements(emptied, community)
    expect(findings.map(each => [each.invariant, each.found])).toEqual([
      ['statement-file-verifies', 'missing'],
      ['statement-file-verifies', 'missing'],
    ])
  })
})

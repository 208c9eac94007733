/** A small fictional archive with a log, a ledger and a poll, from which the tests' archives are made and bent. */
import { civilDate, fen, type Period, period, sha256Hex, utf8 } from '#kernel'
import { encodeTrialBalance, type Posting, trialBalance } from '#ledger'
import { formatCheckpoint, formatVkey } from '#tlog'
import { createLogSigner } from '#tlog/server'
import { type ArchiveFiles, type ArchiveSource, archiveFilesOf } from '../../app/archive/archive-file.ts'
import { ledgerRecordText, type SourceVoucher } from '../../app/archive/ledger-record.ts'
import { rootOfLeaves } from '../../app/archive/log-facts.ts'
import { type CanonicalValue, canonicalBytes } from '../../app/kernel/canonical.ts'
import { periodClosedLeaf, voucherLeaf } from '../../app/ledger/leaf.ts'
import { formatNote } from '../../app/tlog/note.ts'
import { type PollArchive, publicRollBytes } from '../../app/votes/archive-poll.ts'
import type { CountedQuestion } from '../../app/votes/board-count.ts'
import { DEFAULT_POLICY, policyBytes } from '../../app/votes/policy.ts'
import { tallyPlans } from '../../app/votes/question.ts'
import { publicRoll } from '../../app/votes/roll.ts'
import { canonicalRecord, type Poll, tally } from '../../app/votes/tally.ts'
import { ACCOUNTS, contentOf, credit, debit, FUNDS } from '../ledger/books.ts'
import { ballot, poll, unit } from '../votes/polls.ts'
import { POLL, publicCountOf } from '../votes/public-counts.ts'

export const ORIGIN = 'log.example.org/c/demo'
const SEED = new Uint8Array(32).fill(7)
export const VKEY = formatVkey(createLogSigner(SEED, ORIGIN).key)

/** What an archive is made from, before it is put together: everything here may be bent. */
export interface Draft {
  leaves: Uint8Array[]
  vouchers: SourceVoucher[]
  statements: { statementId: string; digest: string; leafIndex: number; issuedAt: Date }[]
  polls: PollArchive[]
  ledger: ((text: string) => string) | null
  seed: Uint8Array
}

const at = new Date('2026-02-01T00:00:00Z')
const VOUCHERS: readonly [string, 'opening' | 'receipt' | 'payment' | 'reversal', readonly Posting[]][] = [
  ['2026-01-01', 'opening', [debit('100201', 900_000n), credit('3101', 900_000n)]],
  ['2026-01-10', 'receipt', [debit('100201', 150_000n), credit('410101', 150_000n)]],
  ['2026-01-20', 'payment', [debit('5103', 40_000n), credit('100201', 40_000n)]],
  ['2026-02-03', 'reversal', [debit('5103', -40_000n), credit('100201', -40_000n)]],
]

/** Appends the ledger: four vouchers, a closed month, a statement. */
function keepBooks(draft: Draft): void {
  VOUCHERS.forEach(([day, kind, postings], i) => {
    const key = { fiscalYear: 2026, number: i + 1 }
    const month = period(day.slice(0, 7))
    const reverses = kind === 'reversal' ? { fiscalYear: 2026, number: 3 } : null
    const content = contentOf({ kind, occurredOn: civilDate(day), narration: `n${i}`, postings, reverses })
    const leaf = voucherLeaf(ORIGIN, key, month, content, [], at)
    draft.vouchers.push({
      key,
      kind,
      period: month,
      occurredOn: day,
      narration: `n${i}`,
      amountFen: postings.reduce((sum, each) => sum + (each.side === 'debit' ? each.amountFen : 0n), 0n),
      reverses,
      replaces: null,
      postedAt: at,
      leafIndex: draft.leaves.length,
      leafSha256: sha256Hex(leaf),
      postings,
    })
    draft.leaves.push(leaf)
  })
  const zero = fen(0n)
  const turnovers = VOUCHERS.flatMap(([day, , postings]) =>
    postings.map(({ fund, account, side, amountFen }) => ({
      period: day.slice(0, 7) as Period,
      fund,
      account,
      debitFen: side === 'debit' ? amountFen : zero,
      creditFen: side === 'credit' ? amountFen : zero,
    })),
  )
  const january = period('2026-01')
  const balance = sha256Hex(encodeTrialBalance(trialBalance(turnovers, january)))
  draft.leaves.push(periodClosedLeaf(ORIGIN, january, balance, 3, at))
  const statement = {
    statementId: 'FS-2026-01-1',
    digest: 'ab'.repeat(32),
    leafIndex: draft.leaves.length,
    issuedAt: at,
  }
  draft.statements.push(statement)
  draft.leaves.push(
    canonicalBytes({
      v: 1,
      t: 'statement',
      log: ORIGIN,
      statement: statement.statementId,
      sha256: statement.digest,
    }),
  )
}

/** Forty units; two questions, one of them with plans; a late ballot. */
export function questionsOf(inFavour = 24): readonly CountedQuestion[] {
  const units = Array.from({ length: 40 }, (_, i) =>
    unit(`1-1-${101 + i}`, { area: 8_000n + 11n * BigInt(i), owners: i < 2 ? ['TWO'] : [`P-${i}`] }),
  )
  const parking = unit('P-1', { kind: 'parking', area: 1_200n })
  const of = (clause: 4 | 8, yes: string, no: string) =>
    poll<string>(
      [...units, parking],
      units.slice(0, 33).map(({ id, owners }, i) =>
        ballot(`b${i}`, id, owners[0]!, (i < inFavour ? yes : no) as 'FOR', {
          atMicros: i === 32 ? 99 : 50,
        }),
      ),
      { matter: { clause, scope: null } },
    )
  return [
    { questionId: 'q1', form: 'plain', plans: [], poll: of(4, 'FOR', 'AGAINST') },
    { questionId: 'q2', form: 'plans', plans: ['PLAN-A', 'PLAN-B'], poll: of(8, 'PLAN-A', 'NONE') },
  ]
}

/** The result of a question as it is kept and posted. */
export function countBytes(
  { questionId, form, plans, poll: given }: CountedQuestion,
  digest: string,
): Uint8Array {
  const judged = form === 'plans' ? tallyPlans(given, plans) : null
  const { total, participating, inFavour, against, abstain, quorum, approval, outcome } =
    judged === null ? tally(given as Poll) : judged.plans[0]!
  const figures = { total, participating, inFavour, against, abstain, quorum, approval, outcome }
  return canonicalBytes({
    v: 1,
    question: questionId,
    outcome: judged?.adopted == null ? figures.outcome : 'PASSED',
    figures: canonicalRecord(figures),
    plans: judged === null ? [] : canonicalRecord(judged.plans),
    none: judged === null ? null : canonicalRecord(judged.none),
    digest,
  })
}

/** Appends a poll with all its leaves. */
function holdPoll(draft: Draft, questions: readonly CountedQuestion[]): void {
  const { board, evidence } = publicCountOf(questions)
  const motion = canonicalBytes({
    v: 1,
    poll: POLL,
    title: 'T',
    questions: questions.map(({ questionId, form, plans, poll: { matter } }) => ({
      questionId,
      title: questionId,
      text: '',
      form,
      plans: plans.map(id => ({ id, label: id })),
      matter: { clause: matter.clause, scope: null },
    })),
  })
  const policy = policyBytes(DEFAULT_POLICY, null)
  const leaf = (t: string, members: object) =>
    draft.leaves.push(canonicalBytes({ v: 1, t, log: ORIGIN, poll: POLL, ...members } as CanonicalValue))
  leaf('vote.notice', {
    motion: sha256Hex(motion),
    policy: sha256Hex(policy),
    roll: 'cd'.repeat(32),
    matter: 'ef'.repeat(32),
    weights: evidence.notice!.weights,
    opensAt: '2026-05-01T09:00:00+08:00',
    closesAt: '2026-05-31T18:00:00+08:00',
  })
  leaf('vote.open', {})
  for (const ballotLeaf of evidence.ballotLeaves) leaf('vote.ballot', { ...ballotLeaf, channel: 'online' })
  leaf('vote.seal', evidence.sealLeaf!)
  const digestOf = (question: string) => sha256Hex(utf8(`tally ${question}`))
  for (const tallied of evidence.tallyLeaves)
    leaf('vote.tally', { ...tallied, tally: digestOf(tallied.question) })
  draft.polls.push({
    pollId: POLL,
    motion,
    policy,
    publicRoll: publicRollBytes(POLL, publicRoll(questions[0]!.poll.roll)),
    weightRoll: evidence.weightRoll,
    board,
    counts: questions.map(question => countBytes(question, digestOf(question.questionId))),
  })
}

let honest: Draft | null = null

/** The honest draft, made once: the poll's proofs take their time. */
export function draftOf(): Draft {
  if (honest === null) {
    honest = { leaves: [], vouchers: [], statements: [], polls: [], ledger: text => text, seed: SEED }
    keepBooks(honest)
    holdPoll(honest, questionsOf())
  }
  return {
    ...honest,
    leaves: [...honest.leaves],
    vouchers: structuredClone(honest.vouchers),
    statements: structuredClone(honest.statements),
    polls: [...honest.polls],
  }
}

/** Puts an archive together, with a checkpoint that is signed over whatever the leaves are. */
export async function archiveOf(draft: Draft, changes: Partial<ArchiveSource> = {}): Promise<ArchiveFiles> {
  const signer = createLogSigner(draft.seed, ORIGIN)
  const text = formatCheckpoint({
    origin: ORIGIN,
    size: draft.leaves.length,
    root: rootOfLeaves(draft.leaves),
  })
  const record = ledgerRecordText({
    community: {
      slug: 'demo',
      name: '示例小区',
      nameEn: 'Sample Court',
      district: '示例区',
      logOrigin: ORIGIN,
      firstPeriod: '2026-01',
    },
    funds: FUNDS,
    accounts: ACCOUNTS,
    vouchers: draft.vouchers,
    statements: draft.statements,
  })
  return archiveFilesOf({
    community: 'demo',
    origin: ORIGIN,
    leaves: draft.leaves,
    checkpoint: formatNote(text, [await signer.sign(text)]),
    vkeys: [formatVkey(signer.key)],
    ledger: draft.ledger === null ? null : draft.ledger(record),
    polls: draft.polls,
    readme: 'read me\n',
    ...changes,
  })
}

/** A leaf with members changed. */
export function bentLeaf(leaf: Uint8Array, changes: object): Uint8Array {
  const members = JSON.parse(new TextDecoder().decode(leaf)) as object
  return canonicalBytes({ ...members, ...changes } as unknown as CanonicalValue)
}

/** The place of the first leaf of a type, `nth` of them. */
export function placeOf(draft: Draft, type: string, nth = 0): number {
  const places = draft.leaves.flatMap((leaf, index) =>
    new TextDecoder().decode(leaf).includes(`"t":"${type}"`) ? [index] : [],
  )
  return places[nth]!
}

/** Counted polls of a small fictional community, from which the certificates of these tests are made. */
import { civilDate, sha256Hex, utf8 } from '#kernel'
import { DEFAULT_POLICY } from '#votes'
import type { QuestionSource } from '../../app/statements/certified-question.ts'
import {
  buildTallyCertificate,
  type CertificateSource,
  encodeTallyCertificate,
} from '../../app/statements/tally-certificate.ts'
import { ORIGIN } from './statement-world.ts'

export const POLL = '01hq7fw9s2x4m8k3n5p6r7t8v9'
export const COUNT_DIGEST = sha256Hex(utf8('all tallies'))

const digestOf = (text: string) => sha256Hex(utf8(text))

const pile = (area: bigint, heads: bigint, units: bigint = heads) => ({ area, heads, units })

/** The fire retrofit of the worked flow: 439 units, an ordinary matter that passes. */
export function retrofit(changes: Partial<QuestionSource> = {}): QuestionSource {
  return {
    id: 'q1',
    title: '消防设施改造使用信托基金',
    text: '是否同意从信托基金支出 386,000.00 元，改造全小区消防水泵、喷淋和报警系统？',
    form: 'plain',
    matter: { clause: 9, scope: null },
    total: { area: 4_211_055n, heads: 427n, units: 439n },
    options: [{ choice: 'FOR', label: null, inFavour: { area: 2_284_310n, heads: 236n } }],
    others: [
      { of: ['AGAINST'], ...pile(421_100n, 43n) },
      { of: ['ABSTAIN'], ...pile(183_250n, 19n) },
    ],
    excluded: [
      { reason: 'CO_OWNER_CONFLICT', count: 4 },
      { reason: 'SUPERSEDED', count: 11 },
    ],
    tally: digestOf('tally q1'),
    ...changes,
  }
}

/** A lawn becomes parking: a special matter that takes part and fails by three quarters. */
export function lawn(changes: Partial<QuestionSource> = {}): QuestionSource {
  return {
    ...retrofit(),
    id: 'q2',
    title: '北门草坪改建停车位',
    text: '是否同意把北门草坪改建为 36 个停车位？',
    matter: { clause: 8, scope: null, parkingTariff: false },
    options: [{ choice: 'FOR', label: null, inFavour: { area: 2_000_000n, heads: 200n } }],
    others: [
      { of: ['AGAINST'], ...pile(900_000n, 95n) },
      { of: ['ABSTAIN'], ...pile(18_040n, 3n, 2n) },
    ],
    excluded: [],
    tally: digestOf('tally q2'),
    ...changes,
  }
}

/** Two plans and none of them. */
export function plans(changes: Partial<QuestionSource> = {}): QuestionSource {
  return {
    ...retrofit(),
    id: 'q3',
    title: '门禁系统选型',
    text: '选哪一种门禁？',
    form: 'plans',
    matter: { clause: 9, scope: { buildings: ['3栋'], entrances: [{ building: '5栋', entrance: '2单元' }] } },
    options: [
      { choice: 'PLAN-A', label: '刷卡门禁', inFavour: { area: 1_900_000n, heads: 201n } },
      { choice: 'PLAN-B', label: '人脸门禁', inFavour: { area: 800_000n, heads: 80n } },
    ],
    others: [
      { of: ['NONE'], ...pile(160_000n, 16n) },
      { of: ['ABSTAIN'], ...pile(120_000n, 12n) },
    ],
    excluded: [],
    tally: digestOf('tally q3'),
    ...changes,
  }
}

/** A candidate of an election. */
export function candidate(number: number, heads: bigint, area = heads * 9_000n): QuestionSource {
  return {
    ...retrofit(),
    id: `q${number}`,
    title: `候选人${'甲乙丙丁戊己'.charAt(number - 1)}`,
    text: '',
    form: 'candidate',
    matter: { clause: 3, scope: null },
    options: [{ choice: 'FOR', label: null, inFavour: { area, heads } }],
    others: [
      { of: ['AGAINST'], ...pile((300n - heads) * 9_500n, 300n - heads) },
      { of: ['ABSTAIN'], ...pile(90_000n, 10n) },
    ],
    excluded: [],
    tally: digestOf(`tally q${number}`),
  }
}

export function certificateSource(changes: Partial<CertificateSource> = {}): CertificateSource {
  const questions = changes.questions ?? [retrofit()]
  return {
    community: { slug: 'demo', name: '示范小区（虚构）', logOrigin: ORIGIN },
    poll: POLL,
    title: '2026 年第二次业主大会表决',
    version: 1,
    issuedAt: new Date('2026-07-05T10:00:00Z'),
    official: { voting: 'on', system: null, documentSha256: null },
    course: {
      noticeAt: new Date('2026-06-01T01:00:00Z'),
      opensAt: new Date('2026-06-17T00:00:00Z'),
      closesAt: new Date('2026-07-02T10:00:00Z'),
      extensions: [],
      sealedAt: new Date('2026-07-02T10:00:01Z'),
      countedAt: new Date('2026-07-03T06:30:00Z'),
      postBy: civilDate('2026-07-06'),
      objectionsUntil: civilDate('2026-07-18'),
    },
    policy: DEFAULT_POLICY,
    rulesVersion: '2025 年 3 月第三次修订',
    questions,
    election: null,
    turnout: { online: 201, paper: 112, proxy: 6 },
    refused: [{ reason: 'LATE', count: 46 }],
    delivery: { unitCount: 439, deliveredCount: 431 },
    objections: { made: 2, answered: 2, upheld: 0 },
    leaves: { notice: 812, seal: 1_166, tallies: questions.map((_, index) => 1_167 + index) },
    digests: {
      motion: digestOf('motion'),
      roll: digestOf('roll'),
      weightRoll: digestOf('weights'),
      ballots: digestOf('ballots'),
      board: digestOf('board'),
      tally: COUNT_DIGEST,
    },
    minutes: {
      place: '小区会所一楼活动室（坝坝会）',
      startedAt: new Date('2026-07-03T01:00:00Z'),
      endedAt: new Date('2026-07-03T06:20:00Z'),
      persons: [
        { office: '唱票', name: '周正' },
        { office: '计票', name: '吴敏' },
        { office: '监票', name: '郑和平' },
      ],
      remarks: '46 张纸质票在截止后交来，当场拒收并记下编号。',
    },
    signOffs: [
      { step: 'teller-1', name: '吴敏', at: new Date('2026-07-03T07:00:00Z'), digest: COUNT_DIGEST },
      { step: 'teller-2', name: '周正', at: new Date('2026-07-03T07:05:00Z'), digest: COUNT_DIGEST },
    ],
    ...changes,
  }
}

/** The canonical bytes; throws when the source cannot be certified. */
export function certificateBytes(source: CertificateSource = certificateSource()): Uint8Array {
  const built = buildTallyCertificate(source)
  if (!built.ok) throw new Error(JSON.stringify(built.error))
  return encodeTallyCertificate(built.value)
}

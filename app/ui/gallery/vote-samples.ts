/** Fictional polls for the component page: counts that pass, fail, decide nothing, and stand exactly on a mark. */
import { areaCentiM2, civilDate, instantOf } from '#kernel'
import { type ClauseResult, DEFAULT_POLICY, type Figures, type Measure } from '#votes'
import type { PollClocks } from '../votes/course.tsx'

const measure = (area: bigint, heads: bigint): Measure => ({ area: areaCentiM2(area), heads })

/** 439 units, an ordinary matter that passes. */
export const PASSED: Figures = {
  total: measure(4_686_580n, 439n),
  participating: measure(3_555_700n, 335n),
  inFavour: measure(3_053_100n, 290n),
  against: measure(434_500n, 40n),
  abstain: measure(68_100n, 5n),
  quorum: { area: true, heads: true },
  approval: { area: true, heads: true },
  outcome: 'PASSED',
}

/** Enough area, one head short: nothing is decided. */
export const NO_QUORUM: Figures = {
  total: measure(4_686_580n, 439n),
  participating: measure(3_196_712n, 292n),
  inFavour: measure(2_901_300n, 270n),
  against: measure(226_012n, 17n),
  abstain: measure(69_400n, 5n),
  quorum: { area: true, heads: false },
  approval: { area: true, heads: true },
  outcome: 'NO_QUORUM',
}

/** A special matter: exactly two thirds take part, a little under three quarters agree. */
export const NOT_PASSED: Figures = {
  total: measure(3_000_000n, 300n),
  participating: measure(2_000_000n, 200n),
  inFavour: measure(1_499_999n, 150n),
  against: measure(500_001n, 50n),
  abstain: measure(0n, 0n),
  quorum: { area: true, heads: true },
  approval: { area: false, heads: true },
  outcome: 'NOT_PASSED',
}

/** Exactly half of those taking part agree, which is not more than half. */
export const EXACTLY_HALF: Figures = {
  ...NOT_PASSED,
  inFavour: measure(1_000_000n, 100n),
  against: measure(900_000n, 90n),
  abstain: measure(100_000n, 10n),
  approval: { area: false, heads: false },
}

/** What the clause makes of the poll without a quorum. */
export const CLAUSE: ClauseResult = {
  ...NO_QUORUM,
  participating: measure(4_586_712n, 429n),
  inFavour: measure(4_291_300n, 407n),
  quorum: { area: true, heads: true },
  outcome: 'PASSED',
  majority: 'FOR',
  silentArea: areaCentiM2(1_390_000n),
  silentHeads: 137n,
}

export const POLICY_WITH_CLAUSE = { ...DEFAULT_POLICY, silentPolicy: 'follow_majority' } as const

const at = (day: string, second: number) => instantOf(civilDate(day), second)

const OPENED: PollClocks = {
  state: 'open',
  noticeAt: at('2026-05-08', 36_000),
  opensAt: at('2026-05-24', 32_400),
  closesAt: at('2026-06-14', 64_800),
  extensions: [],
  sealedAt: null,
  countedAt: null,
  objectionsUntil: null,
  finalAt: null,
  postedBy: null,
  postedAt: null,
  isPostingOverdue: false,
  annulmentUntil: null,
}

/** A poll that is open, one whose result is overdue on the notice board, and one that is final. */
export const CLOCKS: readonly PollClocks[] = [
  OPENED,
  {
    ...OPENED,
    state: 'objection',
    sealedAt: at('2026-06-14', 64_860),
    countedAt: at('2026-06-15', 36_000),
    objectionsUntil: civilDate('2026-06-30'),
    postedBy: civilDate('2026-06-18'),
    isPostingOverdue: true,
  },
  {
    ...OPENED,
    state: 'final',
    sealedAt: at('2026-06-14', 64_860),
    countedAt: at('2026-06-15', 36_000),
    objectionsUntil: civilDate('2026-06-30'),
    finalAt: at('2026-07-01', 36_000),
    postedBy: civilDate('2026-06-18'),
    postedAt: at('2026-06-16', 36_000),
    annulmentUntil: civilDate('2027-06-16'),
  },
]

export const CHANNELS = [
  { channels: ['online'], received: measure(1_924_310n, 181n) },
  { channels: ['paper', 'proxy'], received: measure(1_410_890n, 134n) },
] as const

export const BUILDINGS = [
  { key: 'buildingA', received: measure(1_213_300n, 114n), total: measure(1_562_193n, 146n) },
  { key: 'buildingB', received: measure(1_180_100n, 111n), total: measure(1_562_193n, 146n) },
  { key: 'buildingC', received: measure(1_162_300n, 110n), total: measure(1_562_194n, 147n) },
] as const

export const MY_HEAD = measure(22_480n, 1n)

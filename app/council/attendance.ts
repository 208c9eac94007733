/** Who was at the table, seat by seat, with declared interests; and how many residents signed in, never who. Canonical bytes. */
import { type CanonicalValue, canonicalBytes, err, ok, parseCanonical, type Result } from '#kernel'
import { cleanLine, type TextProblem } from './clean-text.ts'

export const PRESENCES = ['present', 'deputy', 'absent', 'observer'] as const
/** 出席, 由代理人出席, 缺席, 列席. */
export type Presence = (typeof PRESENCES)[number]

export interface SeatAttendance {
  readonly seat: string
  readonly presence: Presence
  /** What the seat declared an interest in; empty when nothing. */
  readonly interest: string
  /** True when it left the table for that topic (回避). */
  readonly isRecused: boolean
}

export interface Attendance {
  readonly v: 1
  readonly seats: readonly SeatAttendance[]
}

export type AttendanceProblem =
  | TextProblem
  | { readonly code: 'presence-missing'; readonly seat: string }
  /** Somebody leaves the table over an interest: it is said which. */
  | { readonly code: 'interest-missing'; readonly seat: string }

/** Judges what was entered for each seat. */
export function buildAttendance(
  seats: readonly string[],
  entered: readonly SeatAttendance[],
): Result<Attendance, AttendanceProblem> {
  const rows: SeatAttendance[] = []
  for (const seat of seats) {
    const row = entered.find(each => each.seat === seat)
    if (row === undefined || !PRESENCES.includes(row.presence)) return err({ code: 'presence-missing', seat })
    const interest = cleanLine(row.interest, `interest-${seat}`)
    if (!interest.ok) return interest
    if (row.isRecused && interest.value === '') return err({ code: 'interest-missing', seat })
    rows.push({ seat, presence: row.presence, interest: interest.value, isRecused: row.isRecused })
  }
  return ok({ v: 1, seats: rows })
}

/** The seats that take part: present themselves or by their deputy. */
export function takingPart(attendance: Attendance): readonly string[] {
  return attendance.seats
    .filter(row => row.presence === 'present' || row.presence === 'deputy')
    .map(row => row.seat)
}

export function encodeAttendance(attendance: Attendance): Uint8Array {
  return canonicalBytes(attendance as unknown as CanonicalValue)
}

/** Stored attendance; null for bytes that are none. */
export function parseAttendance(bytes: Uint8Array): Attendance | null {
  const json = parseCanonical(bytes)
  const attendance = json.ok ? (json.value as unknown as Attendance | null) : null
  return attendance !== null && attendance.v === 1 && Array.isArray(attendance.seats) ? attendance : null
}

/** How residents signed in to an open-air assembly. */
export interface SignInCounts {
  readonly byQr: number
  readonly byPaper: number
  readonly byVoice: number
}

/** Everybody who signed in, however. */
export function signedInTotal({ byQr, byPaper, byVoice }: SignInCounts): number {
  return byQr + byPaper + byVoice
}

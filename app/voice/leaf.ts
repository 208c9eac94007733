/**
 * The leaves of the voice: every act on a case as the exact bytes that are logged. A case stands as the digest of its
 * random identifier, a text as its salted digest, a person as an office: nothing in a leaf says who asked, nor lets anybody find a private request. Pure.
 */
import { type CanonicalValue, canonicalBytes, formatInstant, saltedDigest, sha256Hex, utf8 } from '#kernel'
import type { Act, CaseKind } from './course.ts'

/** What a leaf says besides who, when and which: days, verdicts, documents. Canonical, so that it is stored as it is hashed. */
export interface EventDetail {
  readonly [name: string]: CanonicalValue | undefined
  /** `voucher:2026-0412`. */
  readonly subject?: string
  readonly isPrivate?: boolean
  /** Of a public request. */
  readonly category?: string
  readonly dueOn?: string
  /** Present and false when the term ran into a year whose holidays are not known. */
  readonly isCalendarKnown?: boolean
  readonly documents?: readonly string[]
  readonly stars?: number
  /** Digest of the case that this one is part of now. */
  readonly into?: string
  /** Number of the event whose text is hidden or shown. */
  readonly target?: number
}

/** How a case stands in the log: whoever knows its identifier finds it, nobody else. */
export function caseDigest(caseId: string): string {
  return sha256Hex(utf8(`voice-case/v1\n${caseId}`))
}

/** A hidden text: what was written, and where; of a private case the photographs, too. */
export interface HiddenText {
  readonly text: string
  readonly place?: string
  readonly documents?: readonly string[]
}

/** The salted digest by which a text stands in a leaf. */
export function textDigest(salt: Uint8Array, hidden: HiddenText): string {
  return saltedDigest(salt, 'voice-text', { ...hidden })
}

export interface VoiceEvent {
  readonly log: string
  readonly caseId: string
  readonly kind: CaseKind
  readonly eventNo: number
  readonly act: Act
  readonly at: Date
  /** The office in which it was done; `owner` for askers, whether they own or rent: which of the two would say too much. */
  readonly office: string
  readonly detail: EventDetail
  readonly textDigest: string | null
}

/** An act on a case. */
export function eventLeaf(event: VoiceEvent): Uint8Array {
  return canonicalBytes({
    v: 1,
    t: `voice.${event.kind}`,
    log: event.log,
    case: caseDigest(event.caseId),
    n: event.eventNo,
    act: event.act,
    at: formatInstant(event.at),
    by: event.office,
    text: event.textDigest ?? undefined,
    ...event.detail,
  })
}

/** New clocks. */
export function clocksLeaf(
  log: string,
  clockNo: number,
  clocks: { readonly [name: string]: number },
  at: Date,
): Uint8Array {
  return canonicalBytes({ v: 1, t: 'voice.clocks', log, n: clockNo, days: clocks, at: formatInstant(at) })
}

/** What homes said after the services of some months was published: the figures by their digest. */
export function serviceLeaf(
  log: string,
  roundNo: number,
  through: string,
  result: string,
  at: Date,
): Uint8Array {
  return canonicalBytes({ v: 1, t: 'voice.service', log, n: roundNo, through, result, at: formatInstant(at) })
}

/** A survey was opened, or its result published: the figures by their digest. */
export function surveyLeaf(
  log: string,
  surveyId: string,
  said: { readonly [name: string]: CanonicalValue },
  at: Date,
): Uint8Array {
  return canonicalBytes({ v: 1, t: 'voice.survey', log, survey: surveyId, ...said, at: formatInstant(at) })
}

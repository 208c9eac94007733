/**
 * What the audit says: which acts are readings of personal data, which concern everybody on the roll, and the bytes by which a
 * batch of acts stands in the log. Pure.
 */
import {
  type CanonicalValue,
  canonicalBytes,
  canonicalText,
  formatInstant,
  saltedDigest,
  sha256Hex,
} from '#kernel'

/** Acts that are called by a name of their own, not by the permission they took. */
export const AUDIT_ACTS = [
  'read-roll',
  'read-unit',
  'read-roll-import',
  'read-voters',
  'export-own-data',
  'request-letters',
  'print-letters',
  'open-letters',
  'hand-over-letters',
  'choose-claim-proof',
  'request-owner-code',
  'confirm-owner-code',
  'refuse-owner-code',
  'issue-owner-code',
  'bind-owner',
  'enter-person',
  'confirm-roll',
  'discard-roll',
  'propose-merge',
  'confirm-merge',
  'refuse-merge',
  'invite-user',
  'erase-person',
  'erase-account',
  'apply-retention',
  'set-retention',
  'change-password',
  'add-second-factor',
  'remove-second-factor',
  'use-recovery-code',
  'add-sms-sign-in',
  'remove-sms-sign-in',
  'write-comment',
  'write-finding',
  'reply-answer',
  'reply-settle',
  'reply-insist',
  'propose-role-change',
  'decide-role-change',
  'place-community',
  'set-micro-grid',
  'appoint-level-overseer',
  'end-level-overseer',
  'renew-recovery-codes',
] as const
export type AuditAct = (typeof AUDIT_ACTS)[number]

/** True when the act has words of its own. */
export function isAuditAct(text: string): text is AuditAct {
  return (AUDIT_ACTS as readonly string[]).includes(text)
}

/** Readings of personal data. */
export const READING_ACTS: readonly AuditAct[] = [
  'read-roll',
  'read-unit',
  'read-roll-import',
  'read-voters',
  'open-letters',
]

/** Acts about the whole roll: they concern every owner. */
export const WHOLE_ROLL_ACTS: readonly AuditAct[] = [
  'read-roll-import',
  'read-voters',
  'print-letters',
  'open-letters',
  'confirm-roll',
]

/** Why names are looked at. */
export const READING_REASONS = ['delivery', 'correction', 'asked', 'check'] as const
export type ReadingReason = (typeof READING_REASONS)[number]

/** The reason that a text names; null for none. */
export function readingReasonOf(text: string | null): ReadingReason | null {
  return READING_REASONS.find(reason => reason === text) ?? null
}

/** From where a session was begun, as a class. */
export type AddressClass = 'loopback' | 'local' | 'ipv4' | 'ipv6' | 'unknown'

/** The class of a client's address; the address itself is kept nowhere. */
export function addressClassOf(address: string): AddressClass {
  const plain = address.replace(/^::ffff:/, '')
  if (plain === '::1' || /^127\./.test(plain)) return 'loopback'
  if (/^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|fe80:|f[cd])/i.test(plain)) return 'local'
  if (/^\d+\.\d+\.\d+\.\d+$/.test(plain)) return 'ipv4'
  return plain.includes(':') ? 'ipv6' : 'unknown'
}

/** An act as its digest is made. */
export interface AuditedAct {
  readonly id: string
  readonly at: Date
  readonly by: string
  readonly act: string
  readonly subject: string
  /** The canonical JSON that is stored. */
  readonly detail: string
  /** What it changed, as the database stored it; null for an act that changed nothing that is told. */
  readonly changes: string | null
}

/** The digest of an act: nobody without the salt can tell what it says. */
export function auditDigest(salt: Uint8Array, act: AuditedAct): string {
  return saltedDigest(salt, 'audit_event', {
    id: act.id,
    at: act.at.toISOString(),
    by: act.by,
    act: act.act,
    subject: act.subject,
    detail: act.detail,
    // Left out where there is none: acts of before changes were kept have the digest they had.
    ...(act.changes === null ? {} : { changes: act.changes }),
  })
}

/** The leaf of a batch: how many acts, and the digest over their digests in order. */
export function auditBatchLeaf(
  log: string,
  batch: { readonly no: number; readonly digests: readonly string[]; readonly sealedAt: Date },
): Uint8Array {
  return canonicalBytes({
    v: 1,
    t: 'people.audit',
    log,
    batch: batch.no,
    events: batch.digests.length,
    digest: sha256Hex(new TextEncoder().encode(canonicalText([...batch.digests]))),
    sealed_at: formatInstant(batch.sealedAt),
  })
}

/** A change in an act's detail: what was before, and after; null when it tells of none. */
export function changeIn(detail: string): { readonly before: string; readonly after: string } | null {
  const value = JSON.parse(detail) as { readonly before?: CanonicalValue; readonly after?: CanonicalValue }
  if (value.before === undefined || value.after === undefined) return null
  const text = (each: CanonicalValue) => (typeof each === 'string' ? each : canonicalText(each))
  return { before: text(value.before), after: text(value.after) }
}

/** What an act's detail says for reading, and the form that it was sent by; null for an act of no form. */
export function formIn(detail: string): { readonly form: string | null; readonly told: string } {
  const { form, ...told } = JSON.parse(detail) as { readonly [name: string]: CanonicalValue }
  return { form: typeof form === 'string' ? form : null, told: canonicalText(told) }
}

/** Acts that one form made one after another, together; any other alone. The order stays. */
export function byForm<Act extends { readonly form: string | null }>(
  acts: readonly Act[],
): readonly (readonly [Act, ...Act[]])[] {
  const groups: [Act, ...Act[]][] = []
  for (const act of acts) {
    const last = groups.at(-1)
    if (last !== undefined && act.form !== null && last[0].form === act.form) last.push(act)
    else groups.push([act])
  }
  return groups
}

/**
 * What a verification can find: every named fact with every answer, and the report that holds them. One table for sealed
 * documents and for ballot receipts, in Node and in the owner's browser; it checks nothing itself.
 */
import type { Result } from '#kernel'
import { DOCUMENT_KINDS, type DocumentKindName, type SealedDocument } from './document-kind.ts'
import type { LeafEvidence } from './log-inclusion.ts'
import type { Receipt } from './receipt-shape.ts'
import type { Place } from './seal-in-pdf.ts'

/** Every fact with every answer it can have; the ones before `|` are good. Texts: `verify.fact.<name>` and `verify.<name>.<code>`. */
export const FACTS = {
  file: {
    good: ['sound'],
    bad: [
      'not-a-pdf',
      'bytes-after-end',
      'end-missing',
      'cross-reference-malformed',
      'cross-reference-stream',
      'object-malformed',
      'key-twice',
      'stray-bytes',
      'encrypted',
    ],
  },
  seal: { good: ['present'], bad: ['missing', 'removed', 'kind-unknown', 'malformed'] },
  'seal-range': { good: ['whole'], bad: ['malformed', 'hole-moved', 'end-moved'] },
  'seal-content': { good: ['unchanged'], bad: ['changed'] },
  'seal-signature': {
    good: ['holds'],
    bad: [
      'does-not-hold',
      'certificate-missing',
      'attributes-malformed',
      'certificate-not-named',
      'signing-time-inside',
    ],
  },
  'seal-certificate': { good: ['may-seal'], bad: ['is-authority', 'timestamp-key', 'key-usage-wrong'] },
  'seal-trust': {
    good: ['anchored'],
    bad: [
      'no-anchor',
      'untrusted-root',
      'same-name-other-key',
      'issuer-is-no-authority',
      'critical-extension-unknown',
      'chain-too-long',
      'stray-certificate',
    ],
  },
  'seal-time': {
    good: ['within-validity'],
    bad: ['expired', 'not-yet-valid', 'claimed-after-timestamp', 'unclaimed'],
  },
  timestamp: {
    good: ['trusted', 'none', 'authority-unknown'],
    bad: [
      'token-malformed',
      'imprint-differs',
      'token-signature-invalid',
      'not-a-timestamp-key',
      'authority-expired',
    ],
  },
  'later-changes': {
    good: ['none', 'signatures-only'],
    bad: [
      'page-changed',
      'attachment-changed',
      'object-changed',
      'visible-mark-added',
      'not-certified',
      'signature-broken',
    ],
  },
  attachments: { good: ['complete'], bad: ['missing', 'unreadable', 'name-twice', 'two-kinds'] },
  figures: {
    good: ['add-up', 'judged-again', 'signed-text'],
    bad: ['malformed', 'do-not-add-up', 'cannot-be', 'disagree'],
  },
  sheet: { good: ['same-statement'], bad: ['other-statement'] },
  leaf: { good: ['commits'], bad: ['malformed', 'other-statement'] },
  log: {
    good: ['included'],
    bad: [
      'no-log-key',
      'proof-malformed',
      'log-unknown',
      'log-signature-missing',
      'log-signature-invalid',
      'not-in-log',
      'other-log',
      'other-place',
      'not-published-yet',
    ],
  },
  current: { good: ['none-newer-known'], bad: ['superseded', 'contradicted'] },
  receipt: { good: ['readable'], bad: ['malformed'] },
  ballot: { good: ['is-this-one'], bad: ['malformed', 'other-ballot'] },
  opening: { good: ['opens'], bad: ['does-not-open'] },
} as const satisfies Record<string, { good: readonly string[]; bad: readonly string[] }>

export type FactName = keyof typeof FACTS
export type GoodCode<Name extends FactName> = (typeof FACTS)[Name]['good'][number]
export type BadCode<Name extends FactName> = (typeof FACTS)[Name]['bad'][number]

/** One named fact. `code` says which answer, `detail` holds the values its text mentions. */
export interface Fact {
  readonly name: FactName
  readonly ok: boolean
  readonly code: string
  readonly place: Place
  readonly detail: Readonly<Record<string, string>>
}

/** What a valid verdict still does not prove, beside the open question of the document's kind. Texts: `verify.limit.<code>`. */
export const DOES_NOT_PROVE = [
  'sheet-looks-like-data',
  'key-is-theirs',
  'nothing-newer',
  'no-second-log',
] as const

/** What a receipt does not prove. */
export const RECEIPT_DOES_NOT_PROVE = ['ballot-was-counted', 'key-is-theirs', 'no-second-log'] as const

/** Every limit there is. */
export const LIMITS = [
  ...DOCUMENT_KINDS.map(kind => kind.openQuestion),
  ...DOES_NOT_PROVE,
  ...RECEIPT_DOES_NOT_PROVE,
] as const

export interface VerifyReport {
  readonly verdict: 'valid' | 'invalid'
  readonly facts: readonly Fact[]
  /** A receipt, or which kind of document the file holds data of; null when that cannot be told. */
  readonly kind: DocumentKindName | 'receipt' | null
  /** What it says, as far as it could be read; believe it only with `valid`. */
  readonly document: SealedDocument | null
  /** For a receipt: what it says. */
  readonly receipt: Receipt | null
  readonly statementId: string | null
  readonly digest: string | null
  readonly seal: SealSummary | null
  readonly log: { readonly origin: string; readonly index: number; readonly size: number } | null
  /** This document's own leaf and proof: shows an older one to be superseded. */
  readonly evidence: LeafEvidence | null
  readonly doesNotProve: readonly (typeof LIMITS)[number][]
}

/** Who sealed, by name and by the fingerprints to compare with the notice board (SHA-256 of the public key, hex). */
export interface SealSummary {
  readonly subject: string
  readonly keyFingerprint: string
  readonly authorityFingerprint: string | null
  readonly claimedAt: string | null
  readonly timestampedAt: string | null
}

/** Facts as they are found. */
export class Findings {
  readonly facts: Fact[] = []

  good<Name extends FactName>(
    name: Name,
    code: GoodCode<Name>,
    place: Place,
    detail: Fact['detail'] = {},
  ): void {
    this.facts.push({ name, ok: true, code, place, detail })
  }

  bad<Name extends FactName>(
    name: Name,
    code: BadCode<Name>,
    place: Place,
    detail: Fact['detail'] = {},
  ): void {
    this.facts.push({ name, ok: false, code, place, detail })
  }

  /** A check's result as a fact; false when it is bad. */
  check<Name extends FactName>(
    name: Name,
    result: Result<unknown, BadCode<Name>>,
    good: GoodCode<Name>,
    place: Place,
    detail: Fact['detail'] = {},
  ): boolean {
    if (result.ok) this.good(name, good, place, detail)
    else this.bad(name, result.error, place, detail)
    return result.ok
  }
}

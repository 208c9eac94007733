/**
 * Invitation letters: which unit gets one, for whom a code lies in it, and the proof that is asked of whoever uses the code.
 * Pure: persons are ids here, codes are made elsewhere.
 */
import { compareUnitIds, type RegisteredUnit } from './register.ts'

/** What somebody with a code must know besides: nothing, or the last four of a number in the register. */
export const CLAIM_PROOFS = ['none', 'phone', 'identity'] as const
export type ClaimProof = (typeof CLAIM_PROOFS)[number]

/** Why the desk issues a code. */
export const CODE_REASONS = ['lost', 'never-arrived', 'locked', 'new-owner', 'tenancy'] as const
export type CodeReason = (typeof CODE_REASONS)[number]

/** True when the text names a proof. */
export function isClaimProof(text: string): text is ClaimProof {
  return (CLAIM_PROOFS as readonly string[]).includes(text)
}

/** True when the text names a reason for a code of that kind. */
export function isCodeReason(text: string, kind: 'owner' | 'tenant'): text is CodeReason {
  return (CODE_REASONS as readonly string[]).includes(text) && (text === 'tenancy') === (kind === 'tenant')
}

/**
 * How often a proof may be wrong before the code is worth nothing: of ten thousand possible endings five are tried, and
 * whoever tries must hold the letter. The desk issues another code.
 */
export const CLAIM_TRIES = 5

/** The four characters of a proof as they were typed, full-width digits and spaces forgiven; null when there are not four. */
export function parseLastFour(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  return /^\d{3}[\dX]$/.test(plain) ? plain : null
}

/** A code as it was typed from paper: groups, capitals, full-width forms and look-alike letters forgiven. */
export function typedCode(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\-–—.]/g, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1')
}

/** A code as it is printed to be typed: groups of four. */
export function groupedCode(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1 ')
}

/** Longest line about where help is to be had. */
export const LONGEST_HELP = 60

/** What stands in a letter for one owner. */
export type LetterSlot =
  | { readonly personId: string; readonly kind: 'code' }
  /** The register lacks the number that the proof asks for: a code would open to anybody. The desk looks at the papers. */
  | { readonly personId: string; readonly kind: 'desk' }
  | { readonly personId: string; readonly kind: 'has-account' }

export interface PlannedLetter {
  readonly unitId: string
  readonly building: string
  readonly slots: readonly LetterSlot[]
}

/** What is known of the owners when letters are planned. */
export interface LetterFacts {
  /** Persons who sign in. */
  readonly withAccount: ReadonlySet<string>
  /** Persons who can give the proof that was chosen. */
  readonly provable: ReadonlySet<string>
}

/** The letters of the units in reading order: one for every unit in which somebody has no account yet. */
export function planLetters(
  units: readonly RegisteredUnit[],
  { withAccount, provable }: LetterFacts,
): readonly PlannedLetter[] {
  return units
    .toSorted((a, b) => compareUnitIds(a.unitId, b.unitId))
    .map(({ unitId, building, owners }) => ({
      unitId,
      building,
      slots: owners.map((personId): LetterSlot => {
        if (withAccount.has(personId)) return { personId, kind: 'has-account' }
        return { personId, kind: provable.has(personId) ? 'code' : 'desk' }
      }),
    }))
    .filter(({ slots }) => slots.some(slot => slot.kind !== 'has-account'))
}

/** A name inside a letter, told apart by the household and by nobody else: the first character and the last of three. */
export function maskedName(name: string): string {
  const characters = [...name]
  if (characters.length <= 1) return '*'
  if (characters.length === 2) return `${characters[0]}*`
  return `${characters[0]}${'*'.repeat(Math.min(characters.length - 2, 4))}${characters.at(-1)}`
}

/**
 * Who must keep out of a payment (回避): marks of an officer that are the payee's too. Pure; it compares keyed digests and
 * never knows what they stand for.
 */

/** What may tie a person to a payee: a phone, a bank account, a legal representative. */
export const MARK_KINDS = ['phone', 'bank-account', 'legal-person'] as const
export type MarkKind = (typeof MARK_KINDS)[number]

export interface Mark {
  readonly kind: MarkKind
  readonly digest: string
}

/** Somebody who keeps out, and why: by their own word, or by a mark. */
export interface Relation {
  readonly userId: string
  readonly kind: MarkKind | 'declared'
}

/** Officers who share a mark with the payee, each kind once, in the order of the officers. */
export function relatedOfficers(
  payee: readonly Mark[],
  officers: readonly (Mark & { readonly userId: string })[],
): Relation[] {
  const found = officers.filter(officer =>
    payee.some(mark => mark.kind === officer.kind && mark.digest === officer.digest),
  )
  const seen = new Set<string>()
  return found.flatMap(({ userId, kind }) => {
    const key = `${userId} ${kind}`
    if (seen.has(key)) return []
    seen.add(key)
    return [{ userId, kind }]
  })
}

/** A mark as it is compared: digits and letters only, width and case folded; of a name, without its spaces. */
export function plainMark(kind: MarkKind | 'invoice', text: string): string {
  const plain = text.normalize('NFKC').toLowerCase()
  return kind === 'legal-person'
    ? plain.replace(/\s/g, '')
    : plain.replace(/[^0-9a-z]/g, '').replace(kind === 'phone' ? /^86(?=1\d{10}$)/ : /^$/, '')
}

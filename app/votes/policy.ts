/**
 * The switches that a community's own rules of procedure (议事规则) may set, with the default of each. Published and
 * digested before a poll opens; the result names the digest. A switch that is not listed here is refused, never ignored.
 */
import { canonicalBytes, err, ok, type Result, sha256Hex } from '#kernel'

/** Every switch of the rules; the comment at each names its rule. */
export interface Policy {
  /** Rule 18: whether delivered and silent owners join the majority (contested; both results are published). */
  readonly silentPolicy: 'none' | 'follow_majority'
  /** Rule 11: a signed ballot without a mark. */
  readonly blankPolicy: 'abstain' | 'invalid'
  /** Rule 11: a ballot with more than one mark. */
  readonly overvotePolicy: 'invalid' | 'abstain'
  /** Rule 7: several ballots of one person for one unit. */
  readonly duplicatePolicy: 'latest_valid' | 'first_valid' | 'paper_prevails' | 'online_prevails'
  /** Rule 10: co-owners who disagree without a representative. */
  readonly coOwnerConflict: 'invalid' | 'abstain' | 'first_valid'
  /** Rule 13: a head whose units disagree. The law leaves no other reading that keeps the head indivisible. */
  readonly splitHead: 'abstain'
  /** Rule 2: whether parking spaces and storage count in the base. */
  readonly countSpecialSpaces: boolean
  /** Rule 9: how many owners one person may act for. */
  readonly proxyLimit: number
  /** Rule 8: whether a ballot can be withdrawn before close. */
  readonly withdrawAllowed: boolean
}

/** What holds where the rules of procedure are silent. */
export const DEFAULT_POLICY: Policy = {
  silentPolicy: 'none',
  blankPolicy: 'abstain',
  overvotePolicy: 'invalid',
  duplicatePolicy: 'latest_valid',
  coOwnerConflict: 'invalid',
  splitHead: 'abstain',
  countSpecialSpaces: false,
  proxyLimit: 3,
  withdrawAllowed: true,
}

/** The values that a switch of words may have; the other switches are a number and two booleans. */
export const POLICY_WORDS = {
  silentPolicy: ['none', 'follow_majority'],
  blankPolicy: ['abstain', 'invalid'],
  overvotePolicy: ['invalid', 'abstain'],
  duplicatePolicy: ['latest_valid', 'first_valid', 'paper_prevails', 'online_prevails'],
  coOwnerConflict: ['invalid', 'abstain', 'first_valid'],
  splitHead: ['abstain'],
} as const satisfies { readonly [Name in keyof Policy]?: readonly Policy[Name][] }

/** More owners than any one person will ever be let act for. */
const LARGEST_PROXY_LIMIT = 1_000_000

export interface PolicyProblem {
  /** The switch; null when the policy as a whole is not an object. */
  readonly name: string | null
  readonly code: 'policy-not-object' | 'policy-switch-unknown' | 'policy-value-unknown'
}

/**
 * Reads the switches that differ from `base`. Every unknown switch and every unknown value is a problem; there is no
 * partial policy.
 */
export function parsePolicy(value: unknown, base: Policy = DEFAULT_POLICY): Result<Policy, PolicyProblem[]> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return err([{ name: null, code: 'policy-not-object' }])
  }
  const problems: PolicyProblem[] = []
  for (const [name, given] of Object.entries(value)) {
    if (!Object.hasOwn(DEFAULT_POLICY, name)) problems.push({ name, code: 'policy-switch-unknown' })
    else if (!isValueOf(name as keyof Policy, given)) problems.push({ name, code: 'policy-value-unknown' })
  }
  return problems.length > 0 ? err(problems) : ok({ ...base, ...(value as Partial<Policy>) })
}

function isValueOf(name: keyof Policy, value: unknown): boolean {
  if (name === 'proxyLimit') {
    return (
      typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= LARGEST_PROXY_LIMIT
    )
  }
  if (name === 'countSpecialSpaces' || name === 'withdrawAllowed') return typeof value === 'boolean'
  return (POLICY_WORDS[name] as readonly unknown[]).includes(value)
}

/** The policy together with the version of the rules of procedure that it comes from, as it is published. */
export function policyBytes(policy: Policy, rulesVersion: string | null): Uint8Array {
  return canonicalBytes({ v: 1, rulesVersion, policy: { ...policy } })
}

/** Digest of the published policy. */
export function policyDigest(policy: Policy, rulesVersion: string | null): string {
  return sha256Hex(policyBytes(policy, rulesVersion))
}

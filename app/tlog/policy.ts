/**
 * Trust policies (c2sp.org/tlog-policy): which logs a reader knows, which witnesses, and how many of them must have
 * looked. The reader brings it; it is never taken from what is being verified.
 */
import { err, ok, type Result, toHex } from '#kernel'
import { ED25519_COSIGNATURE, ED25519_NOTE, parseVkey, type VerifierKey } from './note.ts'

/** Witnessed when the witness, or at least `threshold` of the members, have cosigned. */
export type Quorum =
  | { readonly witness: VerifierKey }
  | { readonly threshold: number; readonly members: readonly Quorum[] }

/** A checkpoint counts when any of these logs signed it and the quorum holds; `quorum: null` asks for no witness. */
export interface LogPolicy {
  /** Keys of accepted logs; the key's name is the origin it may speak for. */
  readonly logs: readonly VerifierKey[]
  readonly witnesses: readonly VerifierKey[]
  readonly quorum: Quorum | null
}

export interface PolicyProblem {
  readonly code: 'policy-malformed'
  /** Line of the policy file, from 1; 0 when the quorum line is missing altogether. */
  readonly line: number
}

/** The policy that trusts one log without witnesses. */
export function policyOfLog(key: VerifierKey): LogPolicy {
  return { logs: [key], witnesses: [], quorum: null }
}

/** True when the cosigners satisfy the quorum. */
export function isQuorum(quorum: Quorum | null, cosigners: readonly VerifierKey[]): boolean {
  if (quorum === null) return true
  if ('witness' in quorum) return cosigners.includes(quorum.witness)
  return quorum.members.filter(member => isQuorum(member, cosigners)).length >= quorum.threshold
}

interface Draft {
  logs: VerifierKey[]
  witnesses: VerifierKey[]
  named: Map<string, Quorum>
  grouped: Set<string>
  quorum: Quorum | null | undefined
}

function parseKey(vkey: string, type: number, known: readonly VerifierKey[]): VerifierKey | null {
  const key = parseVkey(vkey)
  if (!key.ok || key.value.type !== type) return null
  const material = toHex(key.value.publicKey)
  return known.some(other => toHex(other.publicKey) === material) ? null : key.value
}

function addGroup(draft: Draft, [name, rule, ...memberNames]: readonly string[]): boolean {
  if (!name || name === 'none' || draft.named.has(name) || memberNames.length === 0) return false
  const threshold =
    rule === 'all' ? memberNames.length : rule === 'any' ? 1 : /^[1-9]\d{0,3}$/.test(rule!) ? Number(rule) : 0
  if (threshold < 1 || threshold > memberNames.length) return false
  const members: Quorum[] = []
  for (const memberName of memberNames) {
    const member = draft.named.get(memberName)
    // Each name counts in one group only, so that no witness counts twice.
    if (member === undefined || draft.grouped.has(memberName)) return false
    draft.grouped.add(memberName)
    members.push(member)
  }
  draft.named.set(name, { threshold, members })
  return true
}

function addLine(draft: Draft, [word, ...rest]: readonly string[]): boolean {
  if (word === 'log' && (rest.length === 1 || rest.length === 2)) {
    const key = parseKey(rest[0]!, ED25519_NOTE, draft.logs)
    if (key) draft.logs.push(key)
    return key !== null
  }
  if (word === 'witness' && (rest.length === 2 || rest.length === 3)) {
    const [name, vkey] = [rest[0]!, rest[1]!]
    const key = parseKey(vkey, ED25519_COSIGNATURE, draft.witnesses)
    if (key === null || name === 'none' || draft.named.has(name)) return false
    draft.witnesses.push(key)
    draft.named.set(name, { witness: key })
    return true
  }
  if (word === 'group') return addGroup(draft, rest)
  if (word === 'quorum' && rest.length === 1 && draft.quorum === undefined) {
    draft.quorum = rest[0] === 'none' ? null : draft.named.get(rest[0]!)
    return draft.quorum !== undefined
  }
  return false
}

/** Parses a policy file; the first line that is wrong is named. Keys of types this verifier does not know are refused. */
export function parsePolicy(text: string): Result<LogPolicy, PolicyProblem> {
  const draft: Draft = {
    logs: [],
    witnesses: [],
    named: new Map(),
    grouped: new Set(),
    quorum: undefined,
  }
  for (const [i, line] of text.split('\n').entries()) {
    const words = line.split(/[ \t]+/).filter(word => word !== '')
    if (words.length === 0 || words[0]!.startsWith('#')) continue
    if (!addLine(draft, words)) return err({ code: 'policy-malformed', line: i + 1 })
  }
  if (draft.quorum === undefined) return err({ code: 'policy-malformed', line: 0 })
  return ok({ logs: draft.logs, witnesses: draft.witnesses, quorum: draft.quorum })
}

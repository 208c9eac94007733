/**
 * Checks the receipt of a ballot without the server that gave it: the leaf is of that ballot, opens to the answers on the
 * receipt, and is in the log that the reader knows. Pure; runs in the owner's browser with the network off.
 *
 * It proves what was received, not how it was counted: that is in the archive of the poll, under the same token.
 */
import { fromBase64 } from '#kernel'
import { isOpeningOf, parseVoteLeaf } from '#votes'
import { checkInLog, parseLogKeys } from './log-inclusion.ts'

/** What must hold of a receipt, in the order in which it is read. */
export const RECEIPT_FACTS = ['receipt', 'leaf', 'opening', 'log'] as const
export type ReceiptFactName = (typeof RECEIPT_FACTS)[number]

/** A fact and, where it does not hold, what was found: a code. Empty when it holds. */
export interface ReceiptFact {
  readonly name: ReceiptFactName
  readonly ok: boolean
  readonly detail: string
}

/** A receipt as it was read; nothing in it is proved until every fact holds. */
export interface ReadReceipt {
  readonly community: string
  readonly log: string
  readonly poll: string
  readonly seq: number
  readonly unit: string
  readonly answers: string
  readonly salt: string
  readonly token: string
  readonly leafIndex: number
  readonly leaf: Uint8Array
  readonly proof: string | null
}

export interface ReceiptReport {
  readonly facts: readonly ReceiptFact[]
  readonly receipt: ReadReceipt | null
}

const TEXTS = ['community', 'log', 'poll', 'unit', 'answers', 'salt', 'token'] as const

/** Checks a receipt's file. `vkeys` are texts of verifier keys that the reader brought. Nothing throws, whatever the bytes. */
export function checkReceipt(bytes: Uint8Array, vkeys: readonly string[]): ReceiptReport {
  const receipt = readReceiptFile(bytes)
  const fact = (name: ReceiptFactName, problem: string | null): ReceiptFact => ({
    name,
    ok: problem === null,
    detail: problem ?? '',
  })
  if (receipt === null) {
    const facts = RECEIPT_FACTS.map(name => fact(name, name === 'receipt' ? 'malformed' : 'unread'))
    return { facts, receipt }
  }
  return {
    receipt,
    facts: [
      fact('receipt', null),
      fact('leaf', leafProblem(receipt)),
      fact('opening', openingProblem(receipt)),
      fact('log', logProblem(receipt, vkeys)),
    ],
  }
}

function readReceiptFile(bytes: Uint8Array): ReadReceipt | null {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    const { v, seq, leafIndex, leaf, proof, ...texts } = (json ?? {}) as Readonly<Record<string, unknown>>
    const leafBytes = typeof leaf === 'string' ? fromBase64(leaf) : null
    const isGood =
      v === 1 &&
      TEXTS.every(name => typeof texts[name] === 'string') &&
      Number.isSafeInteger(seq) &&
      Number.isSafeInteger(leafIndex) &&
      leafBytes !== null &&
      (proof === null || typeof proof === 'string')
    return isGood ? ({ ...texts, seq, leafIndex, leaf: leafBytes, proof } as ReadReceipt) : null
  } catch {
    return null
  }
}

/** The leaf is of a ballot, and of this one. */
function leafProblem({ leaf, log, poll, seq, token }: ReadReceipt): string | null {
  const parsed = parseVoteLeaf(leaf)
  if (!parsed.ok || parsed.value.t !== 'vote.ballot') return 'no-ballot'
  const { value } = parsed
  const isSame = value.log === log && value.poll === poll && value.seq === seq && value.token === token
  return isSame ? null : 'other-ballot'
}

function openingProblem({ leaf, answers, salt }: ReadReceipt): string | null {
  const parsed = parseVoteLeaf(leaf)
  if (!parsed.ok || parsed.value.t !== 'vote.ballot') return 'no-ballot'
  return isOpeningOf(parsed.value, { choice: answers, saltHex: salt }) ? null : 'does-not-open'
}

function logProblem({ leaf, leafIndex, log, proof }: ReadReceipt, vkeys: readonly string[]): string | null {
  // Until a checkpoint covers the leaf there is nothing to prove it with: the receipt is to be fetched again.
  if (proof === null) return 'not-yet-published'
  const proven = checkInLog({ leaf, proof }, vkeys.flatMap(parseLogKeys))
  if (!proven.ok) return proven.error
  if (proven.value.origin !== log) return 'other-log'
  return proven.value.index === leafIndex ? null : 'other-place'
}

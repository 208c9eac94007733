/**
 * Checks a ballot's receipt without network, database or clock: the leaf is this ballot's, its commitment opens to the
 * answers that the owner gave, and the leaf is in the log. Whether the ballot was counted, the public board tells.
 */
import { fromBase64 } from '#kernel'
import { isOpeningOf, parseVoteLeaf } from '#votes'
import { Findings, RECEIPT_DOES_NOT_PROVE, type VerifyReport } from './facts.ts'
import { checkInLog, parseLogKeys } from './log-inclusion.ts'
import { parseReceipt, type Receipt } from './receipt-shape.ts'
import type { Place } from './seal-in-pdf.ts'

const PLACE: Place = { part: 'receipt' }

/** Verifies the bytes of a receipt with the verifier keys of the logs. Never throws for what is in them. */
export function checkReceipt(bytes: Uint8Array, vkeys: readonly string[]): VerifyReport {
  const findings = new Findings()
  const parsed = parseReceipt(bytes)
  if (!parsed.ok) {
    findings.bad('receipt', 'malformed', PLACE, { at: parsed.error.at })
    return reportOf(findings, null, null)
  }
  const receipt = parsed.value
  findings.good('receipt', 'readable', PLACE)
  const leafBytes = fromBase64(receipt.leaf)!
  checkBallot(findings, receipt, leafBytes)
  return reportOf(findings, receipt, checkInclusionOf(findings, receipt, leafBytes, vkeys))
}

function reportOf(findings: Findings, receipt: Receipt | null, log: VerifyReport['log']): VerifyReport {
  return {
    verdict: findings.facts.every(fact => fact.ok) ? 'valid' : 'invalid',
    facts: findings.facts,
    kind: 'receipt',
    document: null,
    receipt,
    statementId: null,
    digest: null,
    seal: null,
    log,
    evidence: null,
    doesNotProve: RECEIPT_DOES_NOT_PROVE,
  }
}

function checkBallot(findings: Findings, receipt: Receipt, leafBytes: Uint8Array): void {
  const parsed = parseVoteLeaf(leafBytes)
  if (!parsed.ok || parsed.value.t !== 'vote.ballot') {
    findings.bad('ballot', 'malformed', PLACE)
    return
  }
  const leaf = parsed.value
  const isSame =
    leaf.log === receipt.log &&
    leaf.poll === receipt.poll &&
    leaf.seq === receipt.seq &&
    leaf.token === receipt.token
  if (isSame) findings.good('ballot', 'is-this-one', PLACE, { seq: String(receipt.seq) })
  else findings.bad('ballot', 'other-ballot', PLACE)
  if (isOpeningOf(leaf, { choice: receipt.answers, saltHex: receipt.salt }))
    findings.good('opening', 'opens', PLACE)
  else findings.bad('opening', 'does-not-open', PLACE)
}

function checkInclusionOf(
  findings: Findings,
  receipt: Receipt,
  leaf: Uint8Array,
  vkeys: readonly string[],
): VerifyReport['log'] {
  const place: Place = { part: 'log' }
  if (receipt.proof === null) {
    findings.bad('log', 'not-published-yet', place)
    return null
  }
  const proven = checkInLog({ leaf, proof: receipt.proof }, vkeys.flatMap(parseLogKeys))
  if (!proven.ok) {
    findings.bad('log', proven.error, place)
    return null
  }
  const { origin, index, size } = proven.value
  const detail = { origin, index: String(index), size: String(size) }
  if (index !== receipt.leafIndex) {
    findings.bad('log', 'other-place', place, detail)
    return null
  }
  if (origin !== receipt.log) {
    findings.bad('log', 'other-log', place, detail)
    return null
  }
  findings.good('log', 'included', place, detail)
  return { origin, index, size }
}

/**
 * The verifier as the verify page loads it: files the reader chose go in, presented verdicts come out. Nothing leaves the
 * device, and nothing is asked of a network; the keys are part of the page.
 */
import type { VerifyReport } from './facts.ts'
import { type LeafEvidence, parseSupersedingList } from './log-inclusion.ts'
import type { SayVerdict } from './present-document.ts'
import { type PresentedVerdict, presentVerdict } from './present-verdict.ts'
import { checkReceipt } from './receipt.ts'
import { isReceiptFile } from './receipt-shape.ts'
import { verifyStatement } from './verify.ts'

/** The keys that the page brings, and words in the reader's language. */
export interface BrowserVerifier {
  readonly trustAnchors: readonly string[]
  readonly vkeys: readonly string[]
  readonly say: SayVerdict
}

export interface VerifiedFile {
  readonly name: string
  readonly report: VerifyReport
  readonly presented: PresentedVerdict
}

/**
 * Verifies every PDF and every ballot receipt among the chosen files. Each valid PDF, and a list of corrections (`.json`) if one is among them, is
 * evidence about the others: so an old statement chosen together with its correction is shown as superseded.
 */
export async function verifyChosenFiles(
  files: readonly File[],
  verifier: BrowserVerifier,
  now: Date,
): Promise<readonly VerifiedFile[]> {
  const read = await Promise.all(
    files.map(async file => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
  )
  const knownLeaves: LeafEvidence[] = []
  for (const { bytes } of read.filter(isList)) {
    const list = parseSupersedingList(bytes)
    if (list.ok) knownLeaves.push(...list.value)
  }
  const documents = read.filter(file => !isJson(file))
  const options = { trustAnchors: verifier.trustAnchors, vkeys: verifier.vkeys, now }
  for (const { bytes } of documents) {
    const { verdict, evidence } = await verifyStatement(bytes, options)
    if (verdict === 'valid' && evidence !== null) knownLeaves.push(evidence)
  }
  const verified: VerifiedFile[] = []
  for (const { name, bytes } of documents) {
    const report = await verifyStatement(bytes, { ...options, knownLeaves })
    verified.push({ name, report, presented: presentVerdict(report, verifier.say) })
  }
  for (const { name, bytes } of read.filter(isReceipt)) {
    const report = checkReceipt(bytes, verifier.vkeys)
    verified.push({ name, report, presented: presentVerdict(report, verifier.say) })
  }
  return verified
}

function isJson({ bytes }: { readonly bytes: Uint8Array }): boolean {
  return bytes[0] === 0x7b
}

function isReceipt(file: { readonly bytes: Uint8Array }): boolean {
  return isJson(file) && isReceiptFile(file.bytes)
}

function isList(file: { readonly bytes: Uint8Array }): boolean {
  return isJson(file) && !isReceiptFile(file.bytes)
}

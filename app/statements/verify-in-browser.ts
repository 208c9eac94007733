/**
 * The verifier as the verify page loads it: files the reader chose go in, presented verdicts come out. Nothing leaves the
 * device, and nothing is asked of a network; the keys are part of the page.
 */
import { type LeafEvidence, parseSupersedingList } from './log-inclusion.ts'
import type { SayVerdict } from './present-document.ts'
import { type PresentedVerdict, presentVerdict } from './present-verdict.ts'
import { type VerifyReport, verifyStatement } from './verify.ts'

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
 * Verifies every PDF among the chosen files. Each valid one, and a list of corrections (`.json`) if one is among them, is
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
  const documents = read.filter(file => !isList(file))
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
  return verified
}

function isList({ bytes }: { readonly bytes: Uint8Array }): boolean {
  return bytes[0] === 0x7b
}

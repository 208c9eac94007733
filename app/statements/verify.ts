/**
 * Verifies a sealed document of any kind without network, database or clock, in Node and in the owner's browser. The answer
 * is a list of named facts, each with its place; the verdict is `valid` only when all of them hold. It never says less
 * than it checked, and `DOES_NOT_PROVE` says what nobody can check here.
 */
import { concatBytes, equalBytes } from '#kernel'
import type { VerifiedProof, VerifierKey } from '#tlog'
import { checkSealCertificate, checkValidity, findChain } from './certificate-chain.ts'
import {
  type CmsSignature,
  certificatesOfPem,
  digestOf,
  isCmsSignatureValid,
  isEssFor,
  OID,
  parseCertificate,
  parseCms,
  type X509,
} from './cms.ts'
import { DOCUMENT_KINDS, type DocumentKind, LEAF_FILE, type OpenedDocument } from './document-kind.ts'
import { type BadCode, DOES_NOT_PROVE, Findings, type SealSummary, type VerifyReport } from './facts.ts'
import { statementDigestOf } from './fund-statement.ts'
import { checkInLog, findSupersession, type LeafEvidence, parseLogKeys, proofText } from './log-inclusion.ts'
import { type PdfFile, readPdf } from './pdf-file.ts'
import {
  checkRange,
  coveredBytes,
  findSeals,
  forbiddenChange,
  isCertifying,
  type Place,
  readAttachment,
  readInformation,
  type SealInPdf,
} from './seal-in-pdf.ts'
import { parseStatementLeaf, type StatementLeaf } from './statement-leaf.ts'
import { type CheckedTimestamp, checkTimestampToken } from './timestamp-token.ts'

export interface VerifyOptions {
  /** PEM texts of trusted authorities, for seals and timestamps alike. */
  readonly trustAnchors: readonly string[]
  /** Verifier keys of logs, one per line of each text. */
  readonly vkeys: readonly string[]
  /** Leaves of other statements with their proofs: from newer PDFs, or from the portal's list. */
  readonly knownLeaves?: readonly LeafEvidence[]
  /** The present: decides about certificates of seals that have no timestamp. */
  readonly now: Date
}

/** A timestamp's clock may be behind ours by this much. */
const CLOCK_TOLERANCE_MS = 600_000

/** Verifies the bytes of a file. Never throws for what is in them. */
export async function verifyStatement(bytes: Uint8Array, options: VerifyOptions): Promise<VerifyReport> {
  const findings = new Findings()
  const anchors = options.trustAnchors
    .flatMap(certificatesOfPem)
    .map(parseCertificate)
    .filter((anchor): anchor is X509 => anchor !== null)
  const file = readPdf(bytes)
  if (!file.ok) {
    findings.bad('file', file.error.code, { part: 'file', offset: file.error.offset })
    return reportOf(findings, null, null)
  }
  findings.good('file', 'sound', { part: 'file' }, { revisions: String(file.value.revisions.length) })
  const seals = findSeals(file.value)
  if (!seals.ok) {
    findings.bad('seal', seals.error, { part: 'seal' })
    return reportOf(findings, null, null)
  }
  const [seal, ...later] = seals.value as readonly [SealInPdf, ...SealInPdf[]]
  const summary = await checkSeal(findings, file.value, seal, anchors, options.now)
  await checkLaterChanges(findings, file.value, seal, later)
  const content = checkContent(findings, file.value, seal, options)
  return reportOf(findings, summary, content)
}

function reportOf(findings: Findings, seal: SealSummary | null, content: Content | null): VerifyReport {
  return {
    verdict: findings.facts.every(fact => fact.ok) && content !== null ? 'valid' : 'invalid',
    facts: findings.facts,
    kind: content?.kind.kind ?? null,
    document: content?.opened?.document ?? null,
    receipt: null,
    statementId: content?.opened?.id ?? null,
    digest: content?.digest ?? null,
    seal,
    log: content?.proof
      ? { origin: content.proof.origin, index: content.proof.index, size: content.proof.size }
      : null,
    evidence: content?.evidence ?? null,
    doesNotProve: [(content?.kind ?? DOCUMENT_KINDS[0]!).openQuestion, ...DOES_NOT_PROVE],
  }
}

// ---- the seal ---------------------------------------------------------------------------------------------------

function placeOf(seal: SealInPdf): Place {
  return { part: 'seal', revision: seal.revision + 1, object: seal.object.id, offset: seal.object.from }
}

async function checkSeal(
  findings: Findings,
  file: PdfFile,
  seal: SealInPdf,
  anchors: readonly X509[],
  now: Date,
): Promise<SealSummary | null> {
  const place = placeOf(seal)
  const cms = parseCms(seal.contents.bytes)
  if (!cms?.isPlain) findings.bad('seal', 'malformed', place)
  else findings.good('seal', 'present', place, { signer: cms.signer?.subject ?? '' })
  findings.check('seal-range', checkRange(file, seal), 'whole', place)
  if (cms === null) return null
  const isUnchanged = await isContentUnchanged(file, seal, cms)
  if (isUnchanged) findings.good('seal-content', 'unchanged', place)
  else findings.bad('seal-content', 'changed', place)
  const problem = await signatureProblem(cms)
  if (problem === null) findings.good('seal-signature', 'holds', place)
  else findings.bad('seal-signature', problem, place)
  if (cms.signer === null) return null
  const detail = { signer: cms.signer.subject, fingerprint: cms.signer.keyFingerprint }
  findings.check('seal-certificate', checkSealCertificate(cms.signer), 'may-seal', place, detail)
  const chain = await findChain(cms.signer, cms.certificates, anchors)
  if (anchors.length === 0) findings.bad('seal-trust', 'no-anchor', place, detail)
  else if (chain.ok && !isChainOnly(cms, chain.value))
    findings.bad('seal-trust', 'stray-certificate', place, detail)
  else findings.check('seal-trust', chain, 'anchored', place, detail)
  const timestamp = await checkTimestamp(findings, cms, anchors, place)
  checkTime(findings, seal, chain.ok ? chain.value : [cms.signer], timestamp, now)
  return {
    subject: cms.signer.subject,
    keyFingerprint: cms.signer.keyFingerprint,
    authorityFingerprint: chain.ok ? chain.value.at(-1)!.keyFingerprint : null,
    claimedAt: seal.claimedAt?.toISOString() ?? null,
    timestampedAt: timestamp?.at.toISOString() ?? null,
  }
}

/** Certificates beside the chain are covered by nothing and prove nothing: none may be carried along. */
function isChainOnly(cms: CmsSignature, chain: readonly X509[]): boolean {
  return cms.certificates.every(carried => chain.some(link => equalBytes(link.der, carried.der)))
}

async function isContentUnchanged(file: PdfFile, seal: SealInPdf, cms: CmsSignature): Promise<boolean> {
  const { digestAlgorithm, attributes } = cms
  if (digestAlgorithm === null || digestAlgorithm === 'SHA-1' || !attributes?.messageDigest) return false
  // Over the bytes that the seal must cover, whatever its /ByteRange claims.
  return equalBytes(
    attributes.messageDigest,
    await digestOf(digestAlgorithm, concatBytes(...coveredBytes(file, seal))),
  )
}

async function signatureProblem(cms: CmsSignature): Promise<BadCode<'seal-signature'> | null> {
  if (cms.signer === null) return 'certificate-missing'
  const { attributes } = cms
  const isFormed =
    attributes?.isWellFormed &&
    attributes.contentType === OID.data &&
    cms.contentType === OID.data &&
    !cms.content
  if (!attributes || !isFormed) return 'attributes-malformed'
  if (attributes.types.includes(OID.signingTime)) return 'signing-time-inside'
  // Without the ESS attribute, or with another certificate's, the signature does not say whose it is (RFC 5035).
  if (attributes.certificateHash?.algorithm === 'SHA-1') return 'certificate-not-named'
  if (!(await isEssFor(attributes, cms.signer))) return 'certificate-not-named'
  return (await isCmsSignatureValid(cms)) ? null : 'does-not-hold'
}

/** The time a trusted authority gave; null without one. A token that is there but wrong is a bad fact. */
async function checkTimestamp(
  findings: Findings,
  cms: CmsSignature,
  anchors: readonly X509[],
  place: Place,
): Promise<CheckedTimestamp | null> {
  if (cms.timestampToken === null) {
    findings.good('timestamp', 'none', place)
    return null
  }
  const checked = await checkTimestampToken(cms.timestampToken, cms.signature, anchors)
  if (!checked.ok) {
    findings.bad('timestamp', checked.error, place)
    return null
  }
  const detail = { authority: checked.value.authority, at: checked.value.at.toISOString() }
  findings.good('timestamp', checked.value.isTrusted ? 'trusted' : 'authority-unknown', place, detail)
  return checked.value.isTrusted ? checked.value : null
}

/** Certificates must be valid at the proven time; without one, both when the seal says it was made and now. */
function checkTime(
  findings: Findings,
  seal: SealInPdf,
  chain: readonly X509[],
  timestamp: CheckedTimestamp | null,
  now: Date,
): void {
  const detail = {
    claimedAt: seal.claimedAt?.toISOString() ?? '',
    notBefore: chain[0]!.notBefore.toISOString(),
    notAfter: chain[0]!.notAfter.toISOString(),
  }
  const problem = timeProblem(seal.claimedAt, chain, timestamp, now)
  if (problem === null) findings.good('seal-time', 'within-validity', placeOf(seal), detail)
  else findings.bad('seal-time', problem, placeOf(seal), detail)
}

function timeProblem(
  claimedAt: Date | null,
  chain: readonly X509[],
  timestamp: CheckedTimestamp | null,
  now: Date,
): BadCode<'seal-time'> | null {
  if (claimedAt === null) return 'unclaimed'
  if (timestamp && claimedAt.getTime() > timestamp.at.getTime() + CLOCK_TOLERANCE_MS) {
    return 'claimed-after-timestamp'
  }
  for (const at of timestamp ? [timestamp.at] : [claimedAt, now]) {
    const valid = checkValidity(chain, at)
    if (!valid.ok) return valid.error
  }
  return null
}

async function checkLaterChanges(
  findings: Findings,
  file: PdfFile,
  seal: SealInPdf,
  later: readonly SealInPdf[],
): Promise<void> {
  const change = forbiddenChange(file, seal.revision)
  const broken = change === null ? await brokenSignature(file, later) : null
  if (change !== null) {
    const detail = { page: String(change.place.page ?? ''), attachment: change.place.name ?? '' }
    findings.bad('later-changes', change.code, change.place, detail)
  } else if (!isCertifying(file, seal)) findings.bad('later-changes', 'not-certified', placeOf(seal))
  else if (broken !== null) findings.bad('later-changes', 'signature-broken', placeOf(broken))
  else if (file.revisions.length === seal.revision + 1)
    findings.good('later-changes', 'none', { part: 'file' })
  else findings.good('later-changes', 'signatures-only', { part: 'file' }, { count: String(later.length) })
}

/** The first further signature that does not hold. Whose they are is not judged: only the issuer's seal speaks for the figures. */
async function brokenSignature(file: PdfFile, later: readonly SealInPdf[]): Promise<SealInPdf | null> {
  for (const signature of later) {
    const cms = parseCms(signature.contents.bytes)
    const holds =
      cms !== null &&
      checkRange(file, signature).ok &&
      (await isContentUnchanged(file, signature, cms)) &&
      (await isCmsSignatureValid(cms))
    if (!holds) return signature
  }
  return null
}

// ---- what was sealed --------------------------------------------------------------------------------------------

interface Content {
  readonly kind: DocumentKind
  readonly opened: OpenedDocument | null
  readonly digest: string
  readonly proof: VerifiedProof | null
  readonly evidence: LeafEvidence | null
}

/** What the information dictionary's Subject says about the document that the sheet shows. */
export function subjectOf(statementId: string, digest: string): string {
  return `${statementId} sha256:${digest}`
}

function checkContent(
  findings: Findings,
  file: PdfFile,
  seal: SealInPdf,
  options: VerifyOptions,
): Content | null {
  const kind = checkKind(findings, file, seal)
  if (kind === null) return null
  const files: Uint8Array[] = []
  for (const name of [kind.dataFile, LEAF_FILE, kind.proofFile]) {
    const attachment = readAttachment(file, seal.revision, name)
    if (!attachment.ok) {
      findings.bad('attachments', attachment.error, { part: 'attachment', name }, { attachment: name })
      return null
    }
    files.push(attachment.value)
  }
  findings.good('attachments', 'complete', { part: 'attachment' })
  const [json, leafBytes, proofBytes] = files as [Uint8Array, Uint8Array, Uint8Array]
  const opened = checkFigures(findings, kind, json)
  const digest = statementDigestOf(json)
  if (opened !== null) {
    const isSame = readInformation(file, seal.revision, 'Subject') === subjectOf(opened.id, digest)
    if (isSame) findings.good('sheet', 'same-statement', { part: 'page', page: 1 })
    else findings.bad('sheet', 'other-statement', { part: 'page', page: 1 })
  }
  const evidence = { leaf: leafBytes, proof: proofText(proofBytes) ?? '' }
  const leaf = checkLeaf(findings, opened, leafBytes)
  const logs = options.vkeys.flatMap(parseLogKeys)
  const proof = checkLog(findings, kind, evidence, leaf, logs)
  if (leaf !== null) checkCurrent(findings, leaf, options.knownLeaves ?? [], logs)
  return { kind, opened, digest, proof, evidence: proof ? evidence : null }
}

/** The kind whose data is attached. A file with data of two kinds is none: which one its sheet shows could be chosen. */
function checkKind(findings: Findings, file: PdfFile, seal: SealInPdf): DocumentKind | null {
  const isAttached = ({ dataFile }: DocumentKind) => {
    const attachment = readAttachment(file, seal.revision, dataFile)
    return attachment.ok || attachment.error !== 'missing'
  }
  const [kind, ...others] = DOCUMENT_KINDS.filter(isAttached)
  const place: Place = { part: 'attachment' }
  if (kind === undefined) {
    const attachment = DOCUMENT_KINDS.map(({ dataFile }) => dataFile).join(' / ')
    findings.bad('attachments', 'missing', place, { attachment })
  } else if (others.length > 0) findings.bad('attachments', 'two-kinds', place)
  else return kind
  return null
}

function checkFigures(findings: Findings, kind: DocumentKind, json: Uint8Array): OpenedDocument | null {
  const opened = kind.open(json)
  const place: Place = { part: 'figures', name: kind.dataFile }
  if (opened.ok) {
    findings.good('figures', kind.soundFigures, place)
    return opened.value
  }
  findings.bad('figures', opened.error.code, place, opened.error.detail)
  return null
}

function checkLeaf(
  findings: Findings,
  opened: OpenedDocument | null,
  bytes: Uint8Array,
): StatementLeaf | null {
  const place: Place = { part: 'attachment', name: LEAF_FILE }
  const leaf = parseStatementLeaf(bytes)
  if (!leaf.ok) {
    findings.bad('leaf', 'malformed', place)
    return null
  }
  // A leaf follows from its document, byte for byte: nothing in it can be chosen.
  const commits = opened !== null && equalBytes(bytes, opened.leaf)
  if (commits) findings.good('leaf', 'commits', place)
  else findings.bad('leaf', 'other-statement', place)
  return leaf.value
}

function checkLog(
  findings: Findings,
  kind: DocumentKind,
  evidence: LeafEvidence,
  leaf: StatementLeaf | null,
  logs: readonly VerifierKey[],
): VerifiedProof | null {
  const place: Place = { part: 'log', name: kind.proofFile }
  const proven = checkInLog(evidence, logs)
  if (!proven.ok) {
    findings.bad('log', proven.error, place)
    return null
  }
  const detail = {
    origin: proven.value.origin,
    index: String(proven.value.index),
    size: String(proven.value.size),
  }
  if (leaf !== null && leaf.log !== proven.value.origin) {
    findings.bad('log', 'other-log', place, detail)
    return null
  }
  findings.good('log', 'included', place, detail)
  return proven.value
}

function checkCurrent(
  findings: Findings,
  leaf: StatementLeaf,
  known: readonly LeafEvidence[],
  logs: readonly VerifierKey[],
): void {
  const place: Place = { part: 'log', name: leaf.statement }
  const found = findSupersession(leaf, known, logs)
  if (found === null) findings.good('current', 'none-newer-known', place, { known: String(known.length) })
  else findings.bad('current', found.code, place, { by: found.by.statement, digest: found.by.sha256 })
}

/**
 * Which certificate may seal, which may timestamp, and whether its chain ends at a key that the reader trusts. A chain is
 * trusted by the very bytes of an anchor, never by a name. Never reads a clock.
 */
import { equalBytes, err, ok, type Result } from '#kernel'
import { isIssuedBy, OID, type X509 } from './cms.ts'

export type ChainProblem =
  | 'untrusted-root'
  | 'same-name-other-key'
  | 'issuer-is-no-authority'
  | 'critical-extension-unknown'
  | 'chain-too-long'

export type SealCertificateProblem = 'is-authority' | 'timestamp-key' | 'key-usage-wrong'

export type ValidityProblem = 'expired' | 'not-yet-valid'

const LONGEST_CHAIN = 5

/** Finds the path from a certificate to an anchor (both included), or says why there is none. Dates are checked apart. */
export async function findChain(
  leaf: X509,
  pool: readonly X509[],
  anchors: readonly X509[],
): Promise<Result<readonly X509[], ChainProblem>> {
  const path: X509[] = [leaf]
  for (;;) {
    const last = path.at(-1)!
    if (last.hasUnknownCritical) return err('critical-extension-unknown')
    if (anchors.some(anchor => equalBytes(anchor.der, last.der))) return ok(path)
    if (path.length > LONGEST_CHAIN) return err('chain-too-long')
    const issuer = await issuerOf(last, [...anchors, ...pool])
    if (issuer === null || equalBytes(issuer.der, last.der)) {
      // The classic forgery: another authority under the name of ours.
      const hasTwin = anchors.some(
        anchor =>
          equalBytes(anchor.subjectDer, last.issuerDer) || equalBytes(anchor.subjectDer, last.subjectDer),
      )
      return err(hasTwin ? 'same-name-other-key' : 'untrusted-root')
    }
    const below = path.length - 1
    const mayIssue = issuer.isAuthority && issuer.keyUsage?.certificateSigning === true
    if (!mayIssue) return err('issuer-is-no-authority')
    if (issuer.pathLength !== null && issuer.pathLength < below) return err('chain-too-long')
    path.push(issuer)
  }
}

async function issuerOf(certificate: X509, candidates: readonly X509[]): Promise<X509 | null> {
  for (const candidate of candidates) {
    const isNamed = equalBytes(candidate.subjectDer, certificate.issuerDer)
    if (isNamed && (await isIssuedBy(certificate, candidate))) return candidate
  }
  return null
}

/** Whether every certificate of a path was valid at an instant. */
export function checkValidity(path: readonly X509[], at: Date): Result<null, ValidityProblem> {
  if (path.some(certificate => at < certificate.notBefore)) return err('not-yet-valid')
  if (path.some(certificate => at > certificate.notAfter)) return err('expired')
  return ok(null)
}

/** Whether a certificate may seal documents: no authority, a signing key, and not a timestamp authority's. */
export function checkSealCertificate(certificate: X509): Result<null, SealCertificateProblem> {
  const { keyUsage, extendedKeyUsage } = certificate
  if (certificate.isAuthority) return err('is-authority')
  if (extendedKeyUsage?.includes(OID.timeStamping)) return err('timestamp-key')
  const purposes: readonly string[] = [OID.emailProtection, OID.documentSigning]
  const isPurpose = extendedKeyUsage === null || extendedKeyUsage.some(purpose => purposes.includes(purpose))
  const isUsage = keyUsage !== null && (keyUsage.digitalSignature || keyUsage.nonRepudiation)
  return isPurpose && isUsage ? ok(null) : err('key-usage-wrong')
}

/** Whether a certificate may timestamp: that purpose and no other (RFC 3161 §2.3). */
export function isTimestampCertificate(certificate: X509): boolean {
  const { extendedKeyUsage } = certificate
  return (
    !certificate.isAuthority && extendedKeyUsage?.length === 1 && extendedKeyUsage[0] === OID.timeStamping
  )
}

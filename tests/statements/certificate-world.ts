/** Certificates of the counted polls, rendered, logged and sealed as the portal does it. */
import { renderTallyCertificate } from '../../app/statements/render-tally-certificate.server.ts'
import type { Signer } from '../../app/statements/seal.server.ts'
import type { RenderInput } from '../../app/statements/sealed-frame.server.ts'
import { encodeCertificateLeaf } from '../../app/statements/statement-leaf.ts'
import { type CertificateSource, parseTallyCertificate } from '../../app/statements/tally-certificate.ts'
import { type Issued, proveInLog, say, seal } from './statement-world.ts'
import { certificateBytes, certificateSource } from './vote-world.ts'

/** Builds, logs, renders and seals a certificate. `changes` replaces single inputs of the rendering. */
export async function issueCertificate(
  signer: Signer,
  source: CertificateSource = certificateSource(),
  changes: Partial<RenderInput> = {},
): Promise<Issued> {
  const model = certificateBytes(source)
  const parsed = parseTallyCertificate(model)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  const leaf = encodeCertificateLeaf(parsed.value, model)
  const proof = await proveInLog(leaf)
  const rendered = await renderTallyCertificate({
    model,
    leaf,
    proof,
    position: { index: 4, size: 7 },
    lang: 'zh-CN',
    say,
    portalUrl: 'https://mingzhang.example.org',
    ...changes,
  })
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.error))
  return { statement: model, leaf, proof, unsigned: rendered.value, pdf: await seal(rendered.value, signer) }
}

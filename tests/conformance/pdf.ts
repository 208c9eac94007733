/**
 * Outside judges of a sealed statement and of a tally certificate: pdfsig, qpdf, pdftotext, openssl (CAdES and RFC 3161) and pyHanko. It fails when a
 * judge is missing, when one refuses what is good, and when one accepts what is not. Run it: `tsx tests/conformance/pdf.ts`.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { areaCentiM2, assert, concatBytes, formatAreaM2, formatYuan } from '#kernel'
import { parseCms } from '../../app/statements/cms.ts'
import { fenOf, parseFundStatement } from '../../app/statements/fund-statement.ts'
import { coveredBytes, findSeals } from '../../app/statements/seal-in-pdf.ts'
import { parseTallyCertificate } from '../../app/statements/tally-certificate.ts'
import { timestampSeal } from '../../app/statements/timestamp.server.ts'
import { verifyStatement } from '../../app/statements/verify.ts'
import { issueCertificate } from '../statements/certificate-world.ts'
import { contentId, flip, read } from '../statements/forge.ts'
import { createKeys, type Issued, issue, trust } from '../statements/statement-world.ts'
import { judge, pythonWith } from './judge.ts'

const PYHANKO = ['pyhanko==0.38.0', 'pyhanko-certvalidator==0.33.0']
const VALIDATE = fileURLToPath(new URL('./pdf-validate.py', import.meta.url))

/** Lets every judge look; resolves to one line for each thing seen. Throws at the first disagreement. */
export async function judgePdf(): Promise<readonly string[]> {
  const keys = createKeys()
  const statement = await issue(keys.signer)
  const certificate = await issueCertificate(keys.signer)
  return [
    ...(await judgeDocument('statement', keys.anchor, statement, moneyOf)),
    ...(await judgeDocument('certificate', keys.anchor, certificate, countOf)),
  ]
}

/** Lets every judge look at one sealed file; `figuresOf` are those that must stand on its sheet. */
async function judgeDocument(
  name: string,
  anchor: string,
  issued: Issued,
  figuresOf: (model: Uint8Array) => ReadonlySet<string>,
): Promise<readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'mingzhang-pdf-'))
  try {
    const path = (name: string) => join(directory, name)
    writeFileSync(path('ca.pem'), anchor)
    writeFileSync(path('sealed.pdf'), issued.pdf)
    const file = read(issued.pdf)
    const content = file.revisions[0]!.objects.get(contentId(file))!
    writeFileSync(path('forged.pdf'), flip(issued.pdf, Math.floor((content.from + content.to) / 2)))
    const seen = [
      await judgeStructure(path),
      await judgeFigures(path, figuresOf(issued.statement)),
      await judgePdfsig(path),
      await judgeCades(path, issued.pdf),
      await judgePyhanko(path),
      ...(await judgeTimestamp(path, anchor, issued.pdf)),
    ]
    return seen.map(line => `${name}: ${line}`)
  } finally {
    rmSync(directory, { recursive: true })
  }
}

type Path = (name: string) => string

async function judgeStructure(path: Path): Promise<string> {
  const { code, text } = await judge('qpdf', '--check', path('sealed.pdf'))
  assert(
    code === 0 && text.includes('No syntax or stream encoding errors found'),
    `qpdf finds no error: ${text}`,
  )
  return 'qpdf --check: clean'
}

/** Every amount of a statement, wherever it stands in the model. */
function moneyOf(bytes: Uint8Array): ReadonlySet<string> {
  const statement = parseFundStatement(bytes)
  assert(statement.ok, 'the statement can be read')
  const figures = new Set<string>()
  JSON.stringify(statement.value, (name, value) => {
    if (name.endsWith('Fen') && typeof value === 'string') figures.add(formatYuan(fenOf(value)))
    return value as unknown
  })
  return figures
}

/** Every area, head count and percentage of a certificate. */
function countOf(bytes: Uint8Array): ReadonlySet<string> {
  const certificate = parseTallyCertificate(bytes)
  assert(certificate.ok, 'the certificate can be read')
  const figures = new Set<string>()
  const grouped = (text: string) => text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')
  for (const { total, participating, options, others } of certificate.value.questions) {
    for (const measure of [total, participating, ...others, ...options.map(option => option.inFavour)]) {
      figures.add(grouped(formatAreaM2(areaCentiM2(BigInt(measure.area))))).add(grouped(measure.heads))
    }
    for (const { participation, ofParticipating, ofTotal } of options) {
      for (const { area, heads } of [participation, ofParticipating, ofTotal]) figures.add(area).add(heads)
    }
  }
  return figures
}

async function judgeFigures(path: Path, figures: ReadonlySet<string>): Promise<string> {
  const { code, text } = await judge('pdftotext', '-layout', path('sealed.pdf'), '-')
  assert(code === 0, 'pdftotext reads the sheet')
  const missing = [...figures].filter(figure => !text.includes(figure))
  assert(missing.length === 0, `pdftotext finds every figure; missing ${missing.join(' ')}`)
  return `pdftotext: all ${figures.size} different figures are on the sheet`
}

async function judgePdfsig(path: Path): Promise<string> {
  // Its exit code says nothing: read what it prints.
  const good = await judge('pdfsig', path('sealed.pdf'))
  assert(good.text.includes('Signature is Valid'), `pdfsig accepts the seal: ${good.text}`)
  assert(good.text.includes('Total document signed'), 'pdfsig sees the whole document signed')
  const forged = await judge('pdfsig', path('forged.pdf'))
  assert(!forged.text.includes('Signature is Valid'), 'pdfsig refuses a changed byte')
  return 'pdfsig: "Signature is Valid", "Total document signed"; a changed byte is refused'
}

async function judgeCades(path: Path, pdf: Uint8Array): Promise<string> {
  const sealed = read(pdf)
  const seals = findSeals(sealed)
  assert(seals.ok, 'the seal is there')
  const [seal] = seals.value
  writeFileSync(path('cms.der'), seal!.contents.bytes)
  const content = concatBytes(...coveredBytes(sealed, seal!))
  writeFileSync(path('content.bin'), content)
  writeFileSync(path('forged.bin'), flip(content, 5_000))
  const verify = (contentPath: string) =>
    judge(
      'openssl',
      ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', path('cms.der')],
      ...['-content', contentPath, '-CAfile', path('ca.pem'), '-purpose', 'any', '-out', path('out.bin')],
    )
  const good = await verify(path('content.bin'))
  assert(good.code === 0 && good.text.includes('successful'), `openssl cms -verify -cades: ${good.text}`)
  const forged = await verify(path('forged.bin'))
  assert(forged.code !== 0, 'openssl refuses changed content')
  return 'openssl cms -verify -cades: successful; changed content is refused'
}

async function pyhanko(...args: string[]): Promise<string> {
  const { text } = await judge(join(pythonWith(...PYHANKO), 'python'), VALIDATE, ...args)
  return text.trim().split('\n').join(' ')
}

async function judgePyhanko(path: Path): Promise<string> {
  const good = await pyhanko(path('sealed.pdf'), path('ca.pem'))
  assert(good === 'valid ENTIRE_FILE NONE no-timestamp', `pyHanko accepts the seal: ${good}`)
  const forged = await pyhanko(path('forged.pdf'), path('ca.pem'))
  assert(forged.startsWith('invalid'), `pyHanko refuses a changed byte: ${forged}`)
  return 'pyHanko: valid, entire file, no modification; a changed byte is refused'
}

// ---- a real timestamp authority (openssl) on the loopback -------------------------------------------------------

const TSA_CONFIG = `
[req]
distinguished_name = dn
prompt = no
[dn]
CN = Local timestamp authority
[tsa_ext]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[ca_ext]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[tsa]
default_tsa = local
[local]
serial = ./serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
`

async function createAuthority(path: Path): Promise<void> {
  writeFileSync(path('tsa.cnf'), TSA_CONFIG.replace('./serial', path('serial')))
  writeFileSync(path('serial'), '01\n')
  const openssl = async (...args: string[]) => {
    const { code, text } = await judge('openssl', ...args)
    assert(code === 0, `openssl ${args[0]}: ${text}`)
  }
  const config = ['-config', path('tsa.cnf')]
  const key = ['-newkey', 'rsa:2048', '-nodes']
  await openssl(
    'req',
    '-x509',
    ...key,
    ...config,
    '-extensions',
    'ca_ext',
    '-subj',
    '/CN=Local root',
    '-days',
    '30',
    '-keyout',
    path('tsa-ca.key'),
    '-out',
    path('tsa-ca.pem'),
  )
  await openssl('req', ...key, ...config, '-keyout', path('tsa.key'), '-out', path('tsa.csr'))
  await openssl(
    'x509',
    '-req',
    '-in',
    path('tsa.csr'),
    '-CA',
    path('tsa-ca.pem'),
    '-CAkey',
    path('tsa-ca.key'),
    '-CAcreateserial',
    '-days',
    '20',
    '-extfile',
    path('tsa.cnf'),
    '-extensions',
    'tsa_ext',
    '-out',
    path('tsa.pem'),
  )
}

/** Answers timestamp queries with `openssl ts -reply`. */
async function serveAuthority(path: Path): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', part => parts.push(part as Buffer))
    request.on('end', () => {
      writeFileSync(path('query.tsq'), Buffer.concat(parts))
      execFileSync(
        'openssl',
        [
          ...['ts', '-reply', '-config', path('tsa.cnf'), '-queryfile', path('query.tsq')],
          ...[
            '-signer',
            path('tsa.pem'),
            '-inkey',
            path('tsa.key'),
            '-chain',
            path('tsa-ca.pem'),
            '-out',
            path('reply.tsr'),
          ],
        ],
        { stdio: 'ignore' },
      )
      response.setHeader('content-type', 'application/timestamp-reply')
      response.end(readFileSync(path('reply.tsr')))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() }
}

async function judgeTimestamp(path: Path, anchor: string, pdf: Uint8Array): Promise<readonly string[]> {
  await createAuthority(path)
  const authority = await serveAuthority(path)
  const root = readFileSync(path('tsa-ca.pem'), 'utf8')
  try {
    const stamped = await timestampSeal(pdf, { url: authority.url, trustAnchors: [root] })
    assert(stamped.ok, `a real authority's token is accepted: ${JSON.stringify(stamped)}`)
    writeFileSync(path('stamped.pdf'), stamped.value.pdf)
    const ours = await verifyStatement(stamped.value.pdf, { ...trust(anchor), trustAnchors: [anchor, root] })
    assert(ours.verdict === 'valid' && ours.seal?.timestampedAt, `ours: ${JSON.stringify(ours.facts)}`)
    const seals = findSeals(read(stamped.value.pdf))
    const cms = seals.ok ? parseCms(seals.value[0]!.contents.bytes) : null
    assert(cms?.timestampToken, 'the token is in the seal')
    writeFileSync(path('token.der'), cms.timestampToken)
    writeFileSync(path('signature.bin'), cms.signature)
    const openssl = await judge(
      'openssl',
      ...['ts', '-verify', '-token_in', '-in', path('token.der'), '-data', path('signature.bin')],
      ...['-CAfile', path('tsa-ca.pem')],
    )
    assert(openssl.code === 0, `openssl ts -verify: ${openssl.text}`)
    const hanko = await pyhanko(path('stamped.pdf'), path('ca.pem'), path('tsa-ca.pem'))
    assert(hanko === 'valid ENTIRE_FILE NONE timestamp-valid', `pyHanko: ${hanko}`)
    const pdfsig = await judge('pdfsig', path('stamped.pdf'))
    assert(pdfsig.text.includes('Signature is Valid'), `pdfsig: ${pdfsig.text}`)
    return [
      'openssl ts -verify: the token in the seal is over its signature',
      'pyHanko and pdfsig: the timestamped seal (B-T) is valid',
    ]
  } finally {
    authority.close()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const line of await judgePdf()) process.stdout.write(`ok ${line}\n`)
}

/**
 * `verify FILE [--trust PEM] [--vkey KEY] [--newer PDF] [--list JSON] [--lang en] [--json]`: verifies a sealed PDF
 * (statement or tally certificate) or the receipt of a ballot. No network, no database.
 *
 * Keys come from `--trust` (a file of certificates) and `--vkey` (a verifier key, or a file of them), each as often as
 * wanted; without any of a kind, from the portal's own key directory and from `public/keys`. Exit 0 valid, 1 invalid,
 * 2 wrong use or a file that is neither a PDF nor a receipt.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Lang, translate } from '#i18n'
import { readSettings, systemClock } from '#platform/process'
import {
  checkReceipt,
  isReceiptFile,
  type LeafEvidence,
  parseSupersedingList,
  presentVerdict,
  type SayVerdict,
  type VerifyReport,
  verdictLines,
  verifyStatement,
} from '#statements'

interface Wishes {
  files: string[]
  trust: string[]
  vkey: string[]
  newer: string[]
  list: string[]
  lang: Lang
  json: boolean
}

/** Runs the command; resolves to the exit code. A path is relative to where the person stands, also under npm. */
export async function verifyCommand(args: string[]): Promise<number> {
  const wishes = parseArguments(args)
  if (typeof wishes === 'string') return refuse(wishes)
  const say = sayIn(wishes.lang)
  const [file] = wishes.files
  if (file === undefined || wishes.files.length > 1) return refuse(say('usage'))
  try {
    const bytes = readBytes(file)
    const isPdf = new TextDecoder('latin1').decode(bytes.subarray(0, 5)) === '%PDF-'
    if (!isPdf && !isReceiptFile(bytes)) return refuse(say('notAPdf', { file }))
    const report = isPdf ? await verify(bytes, wishes) : checkReceipt(bytes, logKeys(wishes))
    const text = wishes.json
      ? JSON.stringify(jsonOf(report, say), null, 2)
      : verdictLines(report, say).join('\n')
    await print(`${text}\n`)
    return report.verdict === 'valid' ? 0 : 1
  } catch (problem) {
    if (problem instanceof Unreadable) return refuse(say('unreadable', { file: problem.message }))
    throw problem
  }
}

/** A file that the person named and that cannot be read. */
class Unreadable extends Error {}

function sayIn(lang: Lang): SayVerdict {
  // The keys are made of facts and codes; a test of the statements looks every one of them up.
  const t = translate(lang) as (key: string, values?: Readonly<Record<string, string>>) => string
  return (key, values) => t(`verify.${key}`, values)
}

function parseArguments(args: readonly string[]): Wishes | string {
  const wishes: Wishes = { files: [], trust: [], vkey: [], newer: [], list: [], lang: 'zh-CN', json: false }
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]!
    const value = args[index + 1]
    if (arg === '--json') wishes.json = true
    else if (!arg.startsWith('--')) wishes.files.push(arg)
    else if (arg === '--lang' && (value === 'en' || value === 'zh-CN')) {
      wishes.lang = value
      index++
    } else if (
      (arg === '--trust' || arg === '--vkey' || arg === '--newer' || arg === '--list') &&
      value !== undefined
    ) {
      wishes[arg.slice(2) as 'trust' | 'vkey' | 'newer' | 'list'].push(value)
      index++
    } else {
      const say = sayIn(wishes.lang)
      return `${say('unknownOption', { option: arg })}\n${say('usage')}`
    }
  }
  return wishes
}

async function verify(bytes: Uint8Array, wishes: Wishes): Promise<VerifyReport> {
  const options = {
    trustAnchors: wishes.trust.length > 0 ? wishes.trust.map(readText) : ownKeys('.pem'),
    vkeys: logKeys(wishes),
    now: systemClock.now(),
  }
  const knownLeaves: LeafEvidence[] = wishes.list.flatMap(path => {
    const list = parseSupersedingList(readBytes(path))
    if (!list.ok) throw new Unreadable(path)
    return [...list.value]
  })
  for (const path of wishes.newer) {
    const { verdict, evidence } = await verifyStatement(readBytes(path), options)
    if (verdict === 'valid' && evidence !== null) knownLeaves.push(evidence)
  }
  return verifyStatement(bytes, { ...options, knownLeaves })
}

function logKeys({ vkey }: Wishes): readonly string[] {
  return vkey.length > 0 ? vkey.map(readVkey) : ownKeys('.vkey')
}

/** Public keys at hand: those of the portal on this machine, and those that came with the program. */
function ownKeys(ending: '.pem' | '.vkey'): readonly string[] {
  const settings = readSettings(process.env)
  const own = settings.ok
    ? [join(settings.value.dataDirectory, 'keys', ending === '.pem' ? 'sealing-ca.pem' : 'log.vkey')]
    : []
  const directory = resolve('public/keys')
  const shipped = existsSync(directory)
    ? readdirSync(directory)
        .filter(name => name.endsWith(ending))
        .sort()
        .map(name => join(directory, name))
    : []
  return [...own, ...shipped].filter(path => existsSync(path)).map(readText)
}

/** A verifier key as such, or a file of them. */
function readVkey(value: string): string {
  return /^[^+]+\+[0-9a-f]{8}\+/.test(value) ? value : readText(value)
}

function readText(path: string): string {
  return new TextDecoder().decode(readBytes(path))
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(resolve(process.env.INIT_CWD ?? process.cwd(), path))
  } catch {
    throw new Unreadable(path)
  }
}

/** The stable form for machines: names and codes do not change, `detail` is for people. */
function jsonOf(report: VerifyReport, say: SayVerdict) {
  const presented = presentVerdict(report, say)
  return {
    verdict: report.verdict,
    kind: report.kind,
    facts: report.facts.map((fact, index) => ({
      name: fact.name,
      ok: fact.ok,
      code: fact.code,
      detail: presented.facts[index]!.text,
      place: fact.place,
      values: fact.detail,
    })),
    statementId: report.statementId,
    digest: report.digest,
    seal: report.seal,
    log: report.log,
    statement: modelOf(report, 'fund-statement'),
    certificate: modelOf(report, 'tally-certificate'),
    minutes: modelOf(report, 'minutes-copy'),
    receipt: report.receipt,
    doesNotProve: report.doesNotProve,
  }
}

function modelOf({ document }: VerifyReport, kind: VerifyReport['kind']) {
  return document?.kind === kind ? document.model : null
}

function refuse(words: string): number {
  process.stderr.write(`${words}\n`)
  return 2
}

/** Waits until the text has left, so that an exit right after it cuts nothing off. */
function print(text: string): Promise<void> {
  return new Promise((done, failed) => {
    process.stdout.write(text, error => (error ? failed(error) : done()))
  })
}

/** The verify page: what the server says about a paper, the keys it hands out, and the script and the file it is verified with. */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifierWords } from '#i18n/verifier'
import { period } from '#kernel'
import { closePeriod } from '#ledger/server'
import { projectRoot } from '#platform'
import { rememberPortal, runNextJob } from '#platform/process'
import { encodeSupersedingList, keyFingerprintOf, type VerifyReport, verifyChosenFiles } from '#statements'
import {
  createStatementKeys,
  ISSUE_STATEMENT,
  issueStatementJob,
  readStatementFile,
  readStatements,
  requestStatement,
} from '#statements/server'
import { createLogKey } from '#tlog/server'
import { documentTexts } from '../../app/cli/document-texts.ts'
import { bundleVerifier, type VerifierBuild } from '../../app/cli/verifier-script.ts'
import { sortChosenFiles } from '../../app/routes/verify/browser/chosen-files.ts'
import { chooseKeys } from '../../app/routes/verify/browser/pasted-keys.ts'
import { outcomeOf } from '../../app/routes/verify/browser/verdict-view.ts'
import { type Given, inGroups, readClaim } from '../../app/routes/verify/given.ts'
import { readPaperClaim } from '../../app/routes/verify/paper-claim.server.ts'
import { type PublicKeys, readPublicKeys } from '../../app/routes/verify/public-keys.server.ts'
import { standaloneHtml } from '../../app/routes/verify/standalone-html.ts'
import { loader as correctionsLoader } from '../../app/routes/verify.corrections.$file.ts'
import { loader as keysLoader } from '../../app/routes/verify.keys.$file.ts'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import { databaseKinds, openTestDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

const DIGEST = 'a'.repeat(32)
const claimOf = (query: string) => readClaim(new URLSearchParams(query))

describe('the claim of a QR code', () => {
  it('is read, with slugs that hold hyphens', () => {
    expect(claimOf(`s=qing-he-2026-06-v12&d=${DIGEST}`)).toEqual({
      statementId: 'qing-he-2026-06-v12',
      slug: 'qing-he',
      period: '2026-06',
      version: 12,
      digestStart: DIGEST,
    })
    expect(claimOf('lang=en')).toBeNull()
  })

  it.each([
    `s=demo-2026-06-v1`,
    `d=${DIGEST}`,
    `s=demo-2026-13-v1&d=${DIGEST}`,
    `s=demo-2026-06-v0&d=${DIGEST}`,
    `s=demo-2026-06-v01&d=${DIGEST}`,
    `s=demo-2026-06-v1x&d=${DIGEST}`,
    `s=-2026-06-v1&d=${DIGEST}`,
    `s=DEMO-2026-06-v1&d=${DIGEST}`,
    `s=<b>-2026-06-v1&d=${DIGEST}`,
    `s=demo-2026-06-v1&d=${DIGEST}a`,
    `s=demo-2026-06-v1&d=${DIGEST.toUpperCase()}`,
  ])('is refused whole when a part is off: %s', query => {
    expect(claimOf(query)).toBe('unreadable')
  })

  it('digests are compared in groups of four', () => {
    expect(inGroups('0123456789')).toBe('0123 4567 89')
  })
})

describe('chosen files', () => {
  const file = (name: string, content: string | Uint8Array<ArrayBuffer>) => new File([content], name)

  it('are sorted by what they hold, never by their names', async () => {
    const list = new TextDecoder().decode(encodeSupersedingList([]))
    const sorted = await sortChosenFiles([
      file('photo.jpg', '%PDF-1.7 and so on'),
      file('statement.pdf', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0])),
      file('list.pdf', list),
      file('statement.json', '{"v":1}'),
      file('nothing.pdf', ''),
    ])
    expect(sorted.statements.map(({ name }) => name)).toEqual(['photo.jpg'])
    expect(sorted.lists.map(({ name }) => name)).toEqual(['list.pdf'])
    expect(sorted.problems).toEqual([
      { name: 'statement.pdf', problem: 'notPdf' },
      { name: 'statement.json', problem: 'badList' },
      { name: 'nothing.pdf', problem: 'empty' },
    ])
  })

  it('that are too large or cannot be read are not called forged', async () => {
    const large = Object.defineProperty(file('large.pdf', '%PDF-'), 'size', { value: 65 * 1024 * 1024 })
    const gone = file('gone.pdf', '%PDF-1.7')
    gone.slice = () => {
      throw new DOMException('the file is gone', 'NotReadableError')
    }
    const { problems } = await sortChosenFiles([large, gone])
    expect(problems.map(({ problem }) => problem)).toEqual(['tooLarge', 'unreadable'])
  })
})

describe('the outcome', () => {
  const report = (verdict: 'valid' | 'invalid', ...codes: string[]) =>
    ({ verdict, facts: codes.map(code => ({ ok: false, code })) }) as unknown as VerifyReport

  it('calls void only what is otherwise flawless', () => {
    expect(outcomeOf(report('valid'))).toBe('valid')
    expect(outcomeOf(report('invalid', 'superseded'))).toBe('superseded')
    expect(outcomeOf(report('invalid', 'superseded', 'changed'))).toBe('invalid')
    expect(outcomeOf(report('invalid', 'contradicted'))).toBe('invalid')
    expect(outcomeOf(report('invalid'))).toBe('invalid')
  })
})

describe('the words of the script', () => {
  it('throw for what is missing, rather than show a key', () => {
    const { t, say } = verifierWords('en')
    expect(t('verifyPage.working', { count: 1 })).toBe('Verifying 1 file…')
    expect(say('verdict.valid')).toBe('Verified')
    expect(() => say('verdict.perhaps')).toThrow('no text verdict.perhaps')
    expect(() => t('verifyPage.resultOf')).toThrow('not given {name}')
  })
})

describe('the script', () => {
  let built: VerifierBuild
  const given: Given = { trustAnchors: ['"><script>'], vkeys: [], corrections: [], isStandalone: true }
  const parts = () => ({ ...built, given, title: 'T & t', withoutScript: ['a < b'] })

  beforeAll(async () => {
    built = await bundleVerifier(projectRoot())
  }, 120_000)

  it('weighs less than 120 kB gzipped with all its words, and knows no way to the network', () => {
    expect(gzipSync(built.script, { level: 9 }).length).toBeLessThan(120_000)
    expect(built.script).not.toMatch(
      /\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|\bimport\b\s*\(|node:/,
    )
    expect(built.script).not.toMatch(/localStorage|sessionStorage|indexedDB|document\.cookie/)
  })

  it('is one file with everything else, and its own policy lets nothing but itself run', () => {
    const html = standaloneHtml(parts())
    expect(standaloneHtml(parts())).toBe(html)
    const [, script] = /<script type="module">([\s\S]*)<\/script>/.exec(html)!
    const [, styles] = /<style>([\s\S]*)<\/style>/.exec(html)!
    const source = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    expect(html).toContain(`default-src 'none'; script-src ${source(script!)}; style-src ${source(styles!)};`)
    expect(html.match(/<script/g)).toHaveLength(1)
    expect(html).toContain('&quot;&gt;&lt;script&gt;')
    expect(html).not.toMatch(/\b(?:src|href)="|url\(|@import/)
  })

  it('is refused where it would end its own element', () => {
    expect(() => standaloneHtml({ ...parts(), script: 'let a = "</SCRIPT>"' })).toThrow()
    expect(() => standaloneHtml({ ...parts(), script: 'let a = "<!--"' })).toThrow()
    expect(() => standaloneHtml({ ...parts(), styles: '</style>' })).toThrow()
  })
})

describe('the portal', () => {
  const january = period('2025-01')
  let database: TestDatabase
  let portal: TestPortal
  let sample: SampleCommunity
  let keys: PublicKeys

  const issue = async (reason: string | null) => {
    expect(
      (await requestStatement(portal, sample.manager, sample.community, { period: january, reason })).ok,
    ).toBe(true)
    expect(await runNextJob(portal, { [ISSUE_STATEMENT]: issueStatementJob(documentTexts) })).toBe(true)
  }
  const digestOf = async (version: number) =>
    (await readStatements(portal, sample.community)).find(one => one.version === version)!.digest
  const standingOf = async (query: string) => {
    const claim = await readPaperClaim(portal, new URLSearchParams(query))
    return claim === null || claim === 'unreadable' ? claim : claim.standing
  }

  beforeAll(async () => {
    database = await openTestDatabase(databaseKinds()[0]!)
    portal = openTestPortal(database, { now: new Date('2025-02-10T02:00:00Z') })
    await createLogKey(portal)
    await createStatementKeys(portal, documentTexts)
    sample = await openSampleCommunity(portal)
    expect((await closePeriod(portal, sample.manager, sample.community, january)).ok).toBe(true)
    await issue(null)
    keys = await readPublicKeys(portal)
    rememberPortal(portal)
  })
  afterAll(async () => {
    rememberPortal(null)
    await database.close()
  })

  it('says of a paper whether it issued that statement, and whether it still counts', async () => {
    const first = (await digestOf(1)).slice(0, 32)
    expect(await standingOf(`s=sample-2025-01-v1&d=${first}`)).toEqual({ code: 'current' })
    expect(await standingOf(`s=sample-2025-01-v1&d=${DIGEST}`)).toEqual({ code: 'other-digest' })
    expect(await standingOf(`s=sample-2025-01-v2&d=${first}`)).toEqual({ code: 'unknown' })
    expect(await standingOf(`s=nowhere-2025-01-v1&d=${first}`)).toEqual({ code: 'unknown' })
    await issue('记错科目')
    expect(await standingOf(`s=sample-2025-01-v1&d=${first}`)).toEqual({
      code: 'superseded',
      newestVersion: 2,
    })
    const second = (await digestOf(2)).slice(0, 32)
    expect(await standingOf(`s=sample-2025-01-v2&d=${second}`)).toEqual({ code: 'current' })
  })

  it('hands out the keys and the corrections with which its statements verify', async () => {
    const keysFile = (file: string) => keysLoader({ params: { file } } as never)
    const pem = await (await keysFile('sealing-ca.pem')).text()
    const vkeys = await (await keysFile('log.vkey')).text()
    expect(keyFingerprintOf(pem)).toBe(keys.authority.fingerprint)
    expect(`${pem}${vkeys}`).not.toContain('PRIVATE')
    const list = await correctionsLoader({ params: { file: 'sample.json' } } as never)
    const { pdf } = (await readStatementFile(portal, sample.community, january, 1))!
    const files = [
      new File([new Uint8Array(pdf)], 'old.pdf'),
      new File([await list.arrayBuffer()], 'list.json'),
    ]
    const say = verifierWords('zh-CN').say
    const verifier = { trustAnchors: [pem], vkeys: [vkeys], say }
    const [alone] = await verifyChosenFiles(files.slice(0, 1), verifier, portal.clock.now())
    expect(outcomeOf(alone!.report)).toBe('valid')
    const [old] = await verifyChosenFiles(files, verifier, portal.clock.now())
    expect(outcomeOf(old!.report)).toBe('superseded')
    expect(old!.presented.facts.every(fact => fact.where !== '')).toBe(true)
  })

  it('has no other file there', async () => {
    const status = async (answer: Promise<Response>) =>
      answer.then(
        () => 200,
        (thrown: Response) => thrown.status,
      )
    expect(await status(keysLoader({ params: { file: 'sealing.pem' } } as never))).toBe(404)
    expect(await status(correctionsLoader({ params: { file: 'nowhere.json' } } as never))).toBe(404)
    expect(await status(correctionsLoader({ params: { file: '../sample' } } as never))).toBe(404)
  })

  it('lets a reader bring keys of their own, kind by kind', () => {
    const given = { trustAnchors: ['page anchor'], vkeys: ['page key'] }
    expect(chooseKeys(given, '  \n')).toEqual({ ...given, pasted: 'none' })
    expect(chooseKeys(given, 'from the notice board')).toEqual({ ...given, pasted: 'unreadable' })
    const { pem } = keys.authority
    expect(chooseKeys(given, pem)).toEqual({ trustAnchors: [pem], vkeys: ['page key'], pasted: 'used' })
    const [vkey] = keys.vkeys
    expect(chooseKeys(given, `\n ${vkey} \n`)).toEqual({ ...given, vkeys: [vkey], pasted: 'used' })
    const broken = pem.replace(/M/g, 'N')
    expect(chooseKeys(given, broken)).toEqual({ ...given, pasted: 'unreadable' })
  })
})

/** The verdict in words, in both languages, on the command line and in the browser; and the weight of the verifier. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { translate } from '#i18n'
import { dateOf } from '#kernel'
import { withUnusedClassesDroppable } from '../../app/cli/verifier-script.ts'
import { verifyCommand } from '../../app/cli/verify.ts'
import { directoryKeyStore } from '../../app/platform/key-store.server.ts'
import { keyFingerprintOf } from '../../app/statements/cms.ts'
import {
  createSealingKeys,
  openSigner,
  SEALING_KEYS,
} from '../../app/statements/create-sealing-keys.server.ts'
import { FACTS, LIMITS } from '../../app/statements/facts.ts'
import { statementDigestOf } from '../../app/statements/fund-statement.ts'
import type { SayVerdict } from '../../app/statements/present-document.ts'
import { presentVerdict, verdictLines } from '../../app/statements/present-verdict.ts'
import { verifyStatement } from '../../app/statements/verify.ts'
import { verifyChosenFiles } from '../../app/statements/verify-in-browser.ts'
import { fc, runs } from '../support/properties.ts'
import { contentId, flip, read } from './forge.ts'
import { createKeys, type Issued, issue, juneSource, NOW, seal, trust, VKEY } from './statement-world.ts'

const keys = createKeys()
const directory = mkdtempSync(join(tmpdir(), 'mingzhang-verify-'))
const path = (name: string) => join(directory, name)
let good: Issued

beforeAll(async () => {
  good = await issue(keys.signer)
  const newer = await issue(
    keys.signer,
    juneSource({
      version: 2,
      supersedes: {
        statementId: 'demo-2026-06-v1',
        digest: statementDigestOf(good.statement),
        reason: '记错科目',
      },
    }),
  )
  writeFileSync(path('good.pdf'), good.pdf)
  writeFileSync(path('newer.pdf'), newer.pdf)
  writeFileSync(path('bad.pdf'), flip(good.pdf, inAPage(good.pdf)))
  writeFileSync(path('ca.pem'), keys.anchor)
  writeFileSync(path('log.vkey'), `${VKEY}\n`)
  writeFileSync(path('note.txt'), 'hello')
})

/** A byte in the middle of the first page's content. */
function inAPage(pdf: Uint8Array): number {
  const file = read(pdf)
  const { from, to } = file.revisions[0]!.objects.get(contentId(file))!
  return Math.floor((from + to) / 2)
}

const sayIn = (lang: 'zh-CN' | 'en'): SayVerdict => {
  const t = translate(lang) as (key: string, values?: Readonly<Record<string, string>>) => string
  return (key, values) => t(`verify.${key}`, values)
}

describe('words', () => {
  it.each(['zh-CN', 'en'] as const)('every fact, answer and limit has its text in %s', lang => {
    const say = sayIn(lang)
    const values = Object.fromEntries(
      'signer page attachment at expectedFen foundFen expected found by origin index size known count authority notBefore notAfter name seq'
        .split(' ')
        .map(name => [name, name]),
    )
    for (const [name, { good: fine, bad }] of Object.entries(FACTS)) {
      expect(say(`fact.${name}`)).not.toBe('')
      for (const code of [...fine, ...bad]) expect(say(`${name}.${code}`, values)).not.toBe('')
    }
    for (const limit of LIMITS) expect(say(`limit.${limit}`)).not.toBe('')
  })

  it('a valid one says who, when, what, the fingerprints and what it does not prove', async () => {
    const report = await verifyStatement(good.pdf, trust(keys.anchor))
    const text = verdictLines(report, sayIn('zh-CN')).join('\n')
    expect(text).toMatch(/^验证通过/)
    expect(text).toContain('示范小区（虚构） 2026-06 资金收支公示表，第 1 版，编号 demo-2026-06-v1')
    expect(text).toContain('月初 1,262,057.96 ＋ 收入 270,365.58 － 支出 211,219.66 ＝ 月末 1,321,203.88')
    const printed = keyFingerprintOf(keys.anchor)!.replace(/(.{4})(?=.)/g, '$1 ')
    expect(text).toContain(`签发机构密钥指纹：${printed}`)
    expect(text).toContain('签章自称的时间：2026-07-05 18:01:00')
    expect(text).toContain('这次验证不能证明的事')
    expect(text).not.toContain('✗')
  })

  it('an invalid one names the fact and its place, and repeats no figure without a warning', async () => {
    const report = await verifyStatement(flip(good.pdf, inAPage(good.pdf)), trust(keys.anchor))
    const { facts, title } = presentVerdict(report, sayIn('zh-CN'))
    expect(title).toBe('验证不通过')
    const bad = facts.filter(fact => !fact.ok)
    expect(bad).toHaveLength(1)
    expect(bad[0]!.text).toContain('内容与签章不符')
    expect(bad[0]!.place).toMatch(/^签章，第 2 次写入，对象 \d+，字节 \d+$/)
    const lines = verdictLines(report, sayIn('zh-CN'))
    expect(lines.filter(line => line.includes('1,321,203.88')).every(line => line.includes('未经证实'))).toBe(
      true,
    )
  })
})

describe('on the command line', () => {
  const out = vi.spyOn(process.stdout, 'write')
  const err = vi.spyOn(process.stderr, 'write')
  afterEach(() => {
    out.mockReset()
    err.mockReset()
  })

  async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const [printed, said] = [[] as string[], [] as string[]]
    out.mockImplementation((text: unknown, done?: unknown) => {
      printed.push(String(text))
      if (typeof done === 'function') (done as () => void)()
      return true
    })
    err.mockImplementation((text: unknown) => {
      said.push(String(text))
      return true
    })
    const code = await verifyCommand(args)
    return { code, out: printed.join(''), err: said.join('') }
  }
  const known = () => ['--trust', path('ca.pem'), '--vkey', VKEY]

  it('valid is 0, with JSON for machines', async () => {
    const { code, out: text } = await run(path('good.pdf'), ...known(), '--json')
    const report = JSON.parse(text)
    expect(code).toBe(0)
    expect(report.verdict).toBe('valid')
    expect(
      report.facts.every(
        (fact: { name: string; ok: boolean; detail: string }) => fact.ok && fact.detail !== '',
      ),
    ).toBe(true)
    expect(report.statement.total.month.closingFen).toBe('132120388')
    expect(report.seal.keyFingerprint).toMatch(/^[0-9a-f]{64}$/)
  })

  it('invalid is 1, in either language, and a file of keys is as good as a key', async () => {
    const chinese = await run(path('bad.pdf'), '--trust', path('ca.pem'), '--vkey', path('log.vkey'))
    expect([chinese.code, chinese.out.split('\n')[0]]).toEqual([1, '验证不通过'])
    const english = await run(path('bad.pdf'), ...known(), '--lang', 'en')
    expect([english.code, english.out.split('\n')[0]]).toEqual([1, 'Not verified'])
  })

  it('a newer statement beside it shows an old one to be superseded', async () => {
    const { code, out: text } = await run(
      path('good.pdf'),
      ...known(),
      '--newer',
      path('newer.pdf'),
      '--json',
    )
    expect(code).toBe(1)
    const bad = JSON.parse(text).facts.filter((fact: { ok: boolean }) => !fact.ok)
    expect(bad).toMatchObject([{ name: 'current', code: 'superseded' }])
    expect(bad[0].detail).toContain('demo-2026-06-v2')
  })

  it('wrong use and unreadable files are 2, said on standard error', async () => {
    for (const args of [
      [],
      [path('none.pdf')],
      [path('note.txt')],
      [path('good.pdf'), '--what'],
      [path('good.pdf'), '--trust', path('none')],
    ]) {
      const { code, out: text, err: said } = await run(...args)
      expect([code, text]).toEqual([2, ''])
      expect(said).not.toBe('')
    }
  })
})

describe('in the browser', () => {
  it('chosen files are verified together: the newer one makes the older one old', async () => {
    const file = (name: string) => new File([readFileSync(path(name))], name)
    const verifier = { trustAnchors: [keys.anchor], vkeys: [VKEY], say: sayIn('zh-CN') }
    const alone = await verifyChosenFiles([file('good.pdf')], verifier, NOW)
    expect(alone.map(({ report }) => report.verdict)).toEqual(['valid'])
    const both = await verifyChosenFiles([file('good.pdf'), file('newer.pdf')], verifier, NOW)
    expect(both.map(({ report }) => report.verdict)).toEqual(['invalid', 'valid'])
    expect(both[0]!.presented.facts.find(fact => !fact.ok)!.text).toContain('demo-2026-06-v2')
  })

  it('the whole verifier weighs less than 120 kB gzipped and asks for nothing of Node', async () => {
    const built = await build({
      entryPoints: [new URL('../../app/statements/verify-in-browser.ts', import.meta.url).pathname],
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      write: false,
      logLevel: 'silent',
      // As the build of the pages does it: what ships is what is weighed.
      plugins: [
        {
          name: 'drop-unused-classes',
          setup: ({ onLoad }) =>
            onLoad({ filter: /node_modules\/(pkijs|asn1js)\/.*\.js$/ }, async ({ path: file }) => {
              const code = await readFile(file, 'utf8')
              return { contents: withUnusedClassesDroppable(code, file) ?? code }
            }),
        },
      ],
    })
    const weight = gzipSync(built.outputFiles[0]!.contents, { level: 9 }).length
    expect(weight).toBeLessThan(120_000)
    expect(built.outputFiles[0]!.text).not.toMatch(/from"node:/)
  })
})

describe('keys', () => {
  it('are made once, are secret, and seal statements that verify with the public certificate alone', async () => {
    const store = directoryKeyStore(path('keys'))
    const portal = { keys: store, clock: { now: () => new Date('2026-07-01T08:00:00Z') } }
    const names = { operator: '示范物业', sealName: '明账系统签章', authorityName: '示范签发机构' }
    await createSealingKeys(portal as never, names)
    const before = await store.read(SEALING_KEYS.seal)
    await createSealingKeys(portal as never, names)
    expect(await store.read(SEALING_KEYS.seal)).toEqual(before)
    const anchor = new TextDecoder().decode((await store.read(SEALING_KEYS.publicAuthority))!)
    expect(anchor).not.toContain('PRIVATE')
    const sealed = await seal(good.unsigned, await openSigner({ keys: store }))
    const report = await verifyStatement(sealed, trust(anchor))
    expect(report.verdict).toBe('valid')
    expect(report.seal?.subject).toBe('明账系统签章 · 示范物业')
    expect(dateOf(new Date(report.facts.find(fact => fact.name === 'seal-time')!.detail.notAfter!))).toBe(
      '2031-06-30',
    )
  })

  it('are missed by name', async () => {
    await expect(openSigner({ keys: directoryKeyStore(path('empty')) })).rejects.toThrow('sealing.pem')
  })
})

describe('any bytes at all', () => {
  it('never make the verifier throw', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: good.pdf.length - 1 }), fc.nat({ max: 255 })), {
          minLength: 1,
          maxLength: 20,
        }),
        async changes => {
          const forged = good.pdf.slice()
          for (const [at, byte] of changes) forged[at] = byte
          const { verdict } = await verifyStatement(forged, trust(keys.anchor))
          expect(verdict === 'valid').toBe(forged.every((byte, index) => byte === good.pdf[index]))
        },
      ),
      { numRuns: runs(60) },
    )
  })
})

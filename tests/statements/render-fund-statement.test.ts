/** The sheet: the same bytes for the same data, every figure on it, no character without a glyph, metadata well formed. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fen, formatYuan, sha256Hex } from '#kernel'
import { buildFundStatement, encodeFundStatement, fenOf } from '../../app/statements/fund-statement.ts'
import { renderFundStatement } from '../../app/statements/render-fund-statement.server.ts'
import { verifyAddress } from '../../app/statements/sealed-frame.server.ts'
import { read, textOf } from './forge.ts'
import { pageTexts } from './pdf-text.ts'
import { juneSource, proveInLog, say } from './statement-world.ts'

const LEAF = new TextEncoder().encode('{"t":"statement"}')

async function render(source = juneSource()) {
  const built = buildFundStatement(source)
  if (!built.ok) throw new Error(JSON.stringify(built.error))
  const rendered = await renderFundStatement({
    model: encodeFundStatement(built.value),
    leaf: LEAF,
    proof: await proveInLog(LEAF),
    position: { index: 4, size: 7 },
    lang: 'zh-CN',
    say,
  })
  return { statement: built.value, rendered }
}

async function bytes(source = juneSource()): Promise<Uint8Array> {
  const { rendered } = await render(source)
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.error))
  return rendered.value
}

describe('the same bytes', () => {
  it('for the same data, and the ones on record', async () => {
    const first = await bytes()
    expect(sha256Hex(await bytes())).toBe(sha256Hex(first))
    // A change here changes what every already sealed statement would look like if drawn again: see DECISIONS.md first.
    const golden = readFileSync(new URL('../golden/statements/june.sha256', import.meta.url), 'utf8').trim()
    expect(sha256Hex(first)).toBe(golden)
  })

  it('in another time zone', async () => {
    const script = new URL('./render-in-zone.ts', import.meta.url).pathname
    const digest = (zone: string) =>
      execFileSync(process.execPath, ['--import', 'tsx', script], { env: { ...process.env, TZ: zone } })
        .toString()
        .trim()
    expect(digest('America/Lima')).toBe(sha256Hex(await bytes()))
  })

  it('differ when one figure does', async () => {
    const vouchers = juneSource().vouchers.map((voucher, index) =>
      index === 7 ? { ...voucher, amountFen: fen(1n) } : voucher,
    )
    expect(sha256Hex(await bytes(juneSource({ vouchers })))).not.toBe(sha256Hex(await bytes()))
  })
})

describe('what is on the sheet', () => {
  it('every figure of the statement', async () => {
    const { statement, rendered } = await render()
    if (!rendered.ok) throw new Error('renders')
    const text = pageTexts(read(rendered.value)).join(' ')
    const turnovers = [statement.total, ...statement.funds].flatMap(({ month, yearToDate }) => [
      month,
      yearToDate,
    ])
    const figures = [
      ...turnovers.flatMap(turnover => Object.values(turnover)),
      ...statement.categories.flatMap(({ monthFen, yearToDateFen, budgetFen }) => [
        monthFen,
        yearToDateFen,
        budgetFen ?? '0',
      ]),
      ...statement.reconciliation.flatMap(account => [
        account.bookBalanceFen,
        account.bankBalanceFen,
        account.adjustedBookFen,
        account.adjustedBankFen,
        ...account.items.map(item => item.amountFen),
      ]),
      ...statement.otherHoldings.map(held => held.amountFen),
      ...statement.vouchers.map(voucher => voucher.amountFen),
    ].map(amount => formatYuan(fenOf(amount)))
    expect(figures.length).toBeGreaterThan(100)
    for (const figure of figures) expect(text).toContain(figure)
    for (const voucher of statement.vouchers) expect(text).toContain(voucher.number)
    expect(text).toContain('第 1 页，共 5 页')
    expect(text).not.toContain('?')
  })

  it('what it does not contain, in words', async () => {
    const text = pageTexts(read(await bytes())).join('')
    expect(text).toContain('本表不包含')
    expect(text).toContain('3 笔，1,286.40 元')
    const none = pageTexts(read(await bytes(juneSource({ notContained: [] })))).join('')
    expect(none).toContain('没有已知的遗漏')
  })

  it('a correction says which statement it replaces, and why', async () => {
    const supersedes = { statementId: 'demo-2026-06-v1', digest: 'ab'.repeat(32), reason: '科目记错' }
    const text = pageTexts(read(await bytes(juneSource({ version: 2, supersedes })))).join('')
    expect(text).toContain('本表更正并替代 demo-2026-06-v1（指纹 abab abab abab abab）。更正原因：科目记错')
  })

  it('a community without vouchers, categories and accounts still has a sheet', async () => {
    const zero = { openingFen: fen(0n), inFen: fen(0n), outFen: fen(0n), closingFen: fen(0n) }
    const empty = juneSource({
      funds: [{ code: 'trust', kind: 'trust-fund', name: '信托基金', month: zero, yearToDate: zero }],
      categories: [],
      reconciliation: [],
      otherHoldings: [],
      vouchers: [],
      notContained: [],
    })
    expect(pageTexts(read(await bytes(empty))).join('')).toContain('本月没有记账凭证')
  })

  it('four hundred vouchers run over pages, each with its head', async () => {
    const vouchers = Array.from({ length: 400 }, (_, index) => ({
      ...juneSource().vouchers[0]!,
      number: `2026-06-${String(index).padStart(4, '0')}`,
      leafIndex: index,
    }))
    const pages = pageTexts(read(await bytes(juneSource({ vouchers }))))
    const appendix = pages.filter(page => page.includes('2026-06-0') && page.includes('凭证号'))
    expect(appendix.length).toBeGreaterThan(9)
  })
})

describe('characters', () => {
  it('rare ones of names are drawn', async () => {
    const source = juneSource({ community: { ...juneSource().community, name: '王璟㐱䶮小区' } })
    expect(pageTexts(read(await bytes(source))).join('')).toContain('王璟㐱䶮小区')
  })

  it('one without a glyph is refused by name, never drawn as a box', async () => {
    const [voucher, ...rest] = juneSource().vouchers
    const narration = '收 𠮷田 😀 款'
    const { rendered } = await render(juneSource({ vouchers: [{ ...voucher!, narration }, ...rest] }))
    expect(rendered.ok).toBe(false)
    expect(!rendered.ok && rendered.error).toMatchObject({ code: 'glyph-missing', text: narration })
  })

  it('markup in a name does not break the metadata', async () => {
    const source = juneSource({ community: { ...juneSource().community, name: '甲&乙<小区>' } })
    const pdf = await bytes(source)
    const raw = Buffer.from(pdf).toString('utf8')
    const xmp = raw.slice(raw.indexOf('<x:xmpmeta'), raw.indexOf('</x:xmpmeta>'))
    expect(xmp).toContain('甲＆乙＜小区＞')
    expect(pageTexts(read(pdf)).join('')).toContain('甲&乙<小区>')
  })
})

describe('the file', () => {
  it('is tagged, says its language, is PDF/A-3 with its data attached, and every structure element is closed', async () => {
    const source = textOf(await bytes())
    expect(source).toContain('/Marked true')
    expect(source).toContain('/StructTreeRoot')
    expect(source).toContain('/Lang (zh-CN)')
    expect(source).toContain('<pdfaid:part>3</pdfaid:part>')
    expect(source).toContain('/AFRelationship /Source')
    for (const name of ['statement.json', 'leaf.json', 'statement.tlog-proof'])
      expect(source).toContain(`(${name})`)
    for (const tag of ['/S /H1', '/S /Table', '/S /TH', '/S /Figure']) expect(source).toContain(tag)
  })

  it('has a QR address with the identity and 16 bytes of the digest', () => {
    const digest = 'c0ffee'.padEnd(64, '0')
    expect(verifyAddress('https://a.example/', 'demo-2026-06-v1', digest)).toBe(
      `https://a.example/verify?s=demo-2026-06-v1&d=c0ffee${'0'.repeat(26)}`,
    )
    expect(verifyAddress(undefined, 'x', digest)).toMatch(/^mingzhang:verify\?s=x&d=[0-9a-f]{32}$/)
  })
})

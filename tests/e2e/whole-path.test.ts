/**
 * The whole path, as people walk it: a bank's file is imported, receipts and a payment are posted, the payment is released
 * twice, the month closed, its statement issued, downloaded, verified without a network, and refused when one byte differs.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { icbcFile, type RunningPortal, SLUG, startPortal } from './portal-process.ts'
import { DESK, nextCode, PHONE, Visitor } from './visitor.ts'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const isHere = existsSync(CHROMIUM)
const OFFICE = `/c/${SLUG}/office`
const MONTH = '2025-01'
/** One white pixel. */
const RECEIPT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP6DwABBQECz6AuzQAAAABJRU5ErkJggg==',
  'base64',
)

if (!isHere && process.env.CI)
  throw new Error(`CI walks through the portal with a browser, and ${CHROMIUM} is not there`)

describe.runIf(isHere)('the walk through the portal', { timeout: 240_000 }, () => {
  let portal: RunningPortal
  let browser: Browser
  let statement: Buffer

  beforeAll(async () => {
    portal = await startPortal(inject('nativeUrl'))
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
  }, 300_000)

  afterAll(async () => {
    await browser?.close()
    await portal?.remove()
  })

  const come = (size: typeof PHONE | typeof DESK) => Visitor.come(browser, portal.address, size)
  const signedIn = async (who: string, size: typeof PHONE | typeof DESK): Promise<Visitor> => {
    const visitor = await come(size)
    await visitor.signIn(SLUG, `${SLUG}-${who}`, `a long pass phrase of ${SLUG}-${who}`)
    return visitor
  }

  it('the bookkeeper imports the bank file and drafts a receipt and a payment', async () => {
    const bookkeeper = await signedIn('kuaiji', DESK)
    const { page } = bookkeeper
    await bookkeeper.press('link', '导入流水')
    await page.getByLabel('文件').setInputFiles(icbcFile())
    await page.getByRole('button', { name: '上传并看预览' }).click()
    await page.getByRole('button', { name: '确认，保存 79 笔新流水' }).waitFor()
    await bookkeeper.look()
    expect(await page.getByRole('main').innerText()).toContain('198,909.04')
    await page.getByRole('button', { name: '确认，保存 79 笔新流水' }).click()
    await page.getByText('新存 79 笔，0 笔以前已有，没有重复。').waitFor()
    await bookkeeper.look('stored')
    await bookkeeper.press('link', '去记账')
    await bookkeeper.press('link', '记账规则')
    await page.getByLabel('对方或用途里含有').fill('电梯广告费')
    await page.getByLabel('会计科目').selectOption('410401')
    await page.getByLabel('凭证摘要').fill('收电梯广告费')
    await bookkeeper.press('button', '记住这条规则')
    await bookkeeper.press('link', '流水记账')
    await bookkeeper.press('button', /^起草全部 \d+ 张收款凭证$/)
    await page.getByRole('row').filter({ hasText: '17,410.90' }).getByRole('checkbox').check()
    await bookkeeper.press('button', '把勾选的记成一张凭证')
    await page.getByLabel('摘要').fill('支付电梯维保费，付四川蓉安电梯工程有限公司')
    await page.getByRole('group', { name: '第 1 行' }).getByLabel('会计科目').selectOption('5107')
    await page
      .getByLabel('上传原始凭证')
      .setInputFiles({ name: 'invoice.png', mimeType: 'image/png', buffer: RECEIPT })
    await bookkeeper.press('button', '提交，请别人复核')
    await page.getByText('这是您填的').waitFor()
    await bookkeeper.leave()
  })

  it('another one reviews, and the two releasers release on their phones', async () => {
    const reviewer = await signedIn('fuhe', DESK)
    await reviewer.press('link', /复核 4 张收款凭证/)
    expect(await reviewer.page.getByRole('checkbox', { checked: true }).count()).toBe(4)
    await reviewer.photograph('review-desk')
    await reviewer.press('button', '勾选的都看过，复核入账')
    await reviewer.page.getByText('复核入账了 4 张').waitFor()
    await reviewer.open(OFFICE)
    await reviewer.press('link', /复核：支付电梯维保费/)
    await reviewer.press('button', /^复核无误/)
    await reviewer.leave()
    const manager = await signedIn('jingli', PHONE)
    await manager.press('link', /放行付款（A）：支付电梯维保费/)
    await manager.page.getByLabel('验证码').fill(await nextCode(`${SLUG}-jingli`))
    await manager.press('button', /^同意付款 ¥17,410.90/)
    await manager.leave()
    const treasurer = await signedIn('caiwu', PHONE)
    await treasurer.bringAuthenticator()
    await treasurer.open('/account/second-factor')
    await treasurer.page.getByLabel('起个名字').fill('出门带的手机')
    await treasurer.page.getByRole('button', { name: '在这台设备上设置通行密钥' }).click()
    await treasurer.page.getByText('出门带的手机', { exact: true }).waitFor()
    await treasurer.look('with a passkey')
    await treasurer.photograph('second-factor-phone')
    await treasurer.open(OFFICE)
    await treasurer.press('link', /放行付款（B）：支付电梯维保费/)
    await treasurer.photograph('release-phone')
    await treasurer.page.getByRole('button', { name: '用通行密钥确认付款' }).click()
    await treasurer.page.getByText(/已入账，凭证号/).waitFor()
    await treasurer.press('link', '看公开页')
    await treasurer.leave()
  })

  it('the manager closes the month and issues its statement', async () => {
    const manager = await signedIn('jingli', DESK)
    const { page } = manager
    await manager.press('link', '结账')
    await page.getByRole('checkbox', { name: /^我核对过以上各表/ }).check()
    await manager.press('button', '结账，不再改动')
    await manager.press('link', '去签发公示表')
    await page.getByRole('button', { name: '签发' }).click()
    await page.getByText('公示表已签发').waitFor()
    await manager.look('issued')
    const file = await page.getByRole('link', { name: '打开 PDF' }).getAttribute('href')
    statement = await (await manager.context.request.get(`${portal.address}${file}`)).body()
    expect(statement.subarray(0, 5).toString()).toBe('%PDF-')
    await manager.leave()
  })

  it('everybody reads the books on a phone, in large type and in English', async () => {
    const owner = await come(PHONE)
    for (const path of [
      '',
      '?mode=elder',
      '?lang=en',
      '/fund',
      '/fees',
      '/vouchers',
      '/statements',
      '/books',
    ]) {
      await owner.open(`/c/${SLUG}${path}`)
    }
    await owner.press('link', '首页')
    await owner.photograph('home-phone')
    await owner.leave()
  })

  /** The same file with one byte of its first page's middle changed. */
  function withOneByteFlipped(): Buffer {
    const flipped = Buffer.from(statement)
    const at = Math.floor(flipped.length / 3)
    flipped[at] = flipped[at]! ^ 1
    return flipped
  }

  const pdf = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/pdf', buffer })

  it.each([
    ['phone', PHONE, ''],
    ['desk', DESK, ''],
    ['phone, large type', PHONE, '?mode=elder'],
  ] as const)(
    'anybody verifies it without a network, and one changed byte is refused (%s)',
    async (size, viewport, query) => {
      const neighbour = await come(viewport)
      const { page } = neighbour
      await neighbour.open(`/verify${query}`)
      const chooser = page.getByLabel('选公示表 PDF')
      await chooser.waitFor({ state: 'attached' })
      await neighbour.context.setOffline(true)
      const askedBefore = neighbour.asked.length
      await chooser.setInputFiles(pdf('good.pdf', statement))
      await page.getByRole('heading', { name: '验证通过' }).waitFor()
      await neighbour.look('valid')
      await expect.poll(() => page.getByRole('status').innerText()).toBe('good.pdf：验证通过。')
      expect(await page.getByRole('article').innerText()).toContain('2025年1月 资金收支公示表')
      await neighbour.photograph(`verify-${size.replace(/\W+/g, '-')}`)
      await chooser.setInputFiles([pdf('bad.pdf', withOneByteFlipped()), pdf('photo.pdf', RECEIPT)])
      await page.getByRole('heading', { name: '验证不通过' }).waitFor()
      await page.getByRole('heading', { name: '这不是 PDF 文件' }).waitFor()
      expect(await page.getByRole('article').innerText()).toMatch(/内容与签章不符[\s\S]*字节 \d+/)
      await neighbour.look('invalid')
      expect(neighbour.asked.slice(askedBefore)).toEqual([])
      await neighbour.leave()
    },
  )

  it('the verifier that is kept as a file says the same, from a disk', async () => {
    const reader = await come(PHONE)
    await reader.open('/verify?lang=en')
    const file = await (await reader.context.request.get(`${portal.address}/verify/offline.html`)).body()
    const digest = createHash('sha256').update(file).digest('hex')
    expect((await reader.page.getByRole('main').innerText()).replaceAll(' ', '')).toContain(digest)
    const path = join(mkdtempSync(join(tmpdir(), 'mingzhang-e2e-file-')), 'verify.html')
    writeFileSync(path, file)
    await reader.context.setOffline(true)
    await reader.page.goto(`file://${path}`)
    const chooser = reader.page.getByLabel('选公示表 PDF')
    await chooser.setInputFiles(pdf('good.pdf', statement))
    await reader.page.getByRole('heading', { name: '验证通过' }).waitFor()
    await reader.look('kept file')
    await reader.page.getByRole('button', { name: 'English' }).click()
    await reader.page.getByRole('heading', { name: 'Verified', exact: true }).waitFor()
    await reader.page.getByLabel('Choose a statement PDF').setInputFiles(pdf('bad.pdf', withOneByteFlipped()))
    await reader.page.getByRole('heading', { name: 'Not verified' }).waitFor()
    await reader.leave()
  })

  it('a corrected statement makes the paper of the old one void', async () => {
    const manager = await signedIn('jingli', DESK)
    await manager.press('link', '公示表')
    await manager.page.getByText('签发更正版').first().click()
    await manager.page.getByLabel('更正原因').fill('补列一项说明')
    await manager.page.getByRole('button', { name: '签发更正版' }).click()
    await manager.page.getByText('已签发，第 2 版').waitFor()
    const model = await (
      await manager.context.request.get(`${portal.address}/c/${SLUG}/statements/${MONTH}.json?version=1`)
    ).body()
    await manager.leave()
    const digest = createHash('sha256').update(model).digest('hex')
    const reader = await come(PHONE)
    await reader.open(`/verify?s=${SLUG}-${MONTH}-v1&d=${digest.slice(0, 32)}`)
    await reader.page.getByText('这一版已经作废，被第 2 版更正替代').waitFor()
    await reader.page.getByLabel('选公示表 PDF').setInputFiles(pdf('paper.pdf', statement))
    await reader.page.getByRole('heading', { name: '已作废' }).waitFor()
    await reader.page.getByText('与纸上二维码说的是同一份').waitFor()
    await reader.look('void')
    await reader.leave()
  })

  it('after a stop everything is in order, and the command line verifies what the browser did', async () => {
    const keys = mkdtempSync(join(tmpdir(), 'mingzhang-e2e-keys-'))
    for (const name of ['sealing-ca.pem', 'log.vkey']) {
      const answer = await fetch(`${portal.address}/verify/keys/${name}`)
      writeFileSync(join(keys, name), await answer.text())
    }
    expect(await portal.stop()).toBe(0)
    const fsck = await portal.portal('fsck', '--json')
    expect([fsck.code, JSON.parse(fsck.out).ok]).toEqual([0, true])
    const known = ['--trust', join(keys, 'sealing-ca.pem'), '--vkey', join(keys, 'log.vkey')]
    writeFileSync(join(keys, 'good.pdf'), statement)
    writeFileSync(join(keys, 'bad.pdf'), withOneByteFlipped())
    expect((await portal.portal('verify', join(keys, 'good.pdf'), ...known)).code).toBe(0)
    expect((await portal.portal('verify', join(keys, 'bad.pdf'), ...known)).code).toBe(1)
  })
})

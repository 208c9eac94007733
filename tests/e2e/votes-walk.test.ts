/**
 * A vote as neighbours walk it: read on a phone, cast with the keyboard alone and without scripts, at twice the size, with
 * a receipt; then the result. Every page is looked at for barriers and for anything wider than the screen.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '#platform'
import { readBooksVersion, rememberPortal, startServer } from '#platform/process'
import { DEFAULT_COURSE } from '#votes'
import { answerPages } from '../../app/cli/answer-pages.ts'
import { buildPortal } from '../../app/cli/build-portal.ts'
import { type OwnerSite, openOwnerSite } from '../routes/owner-site.ts'
import { databaseKinds, openTestDatabase, type TestDatabase } from '../support/database.ts'
import { freePort } from '../support/free-port.ts'
import { announce, CLOSES, cast, draftOf, moveTo, must, OPENS, question } from '../votes/village.ts'
import { DESK, PHONE, Visitor } from './visitor.ts'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const MOTION = {
  title: '消防设施改造用不用共有基金',
  summary: '把 1 至 3 栋的消防水泵和喷淋管网换新。费用从共有基金里出，不另外收钱。',
  questions: [
    question('q1', { title: '同不同意用共有基金改造消防', text: '费用十八万六千元，七月开工。' }),
    question('q2', {
      title: '选哪个施工方案',
      form: 'plans',
      plans: [
        { id: 'PLAN-A', label: '今年全部换' },
        { id: 'PLAN-B', label: '分两年换' },
      ],
    }),
  ],
  money: { amountFen: '18600000', payer: '共有基金', projectText: '消防改造', budgetLine: '5107' },
  documents: [{ name: '施工方案.pdf', sha256: 'cd'.repeat(32) }],
  pros: ['水泵已经用了十八年'],
  cons: ['可以先修一修'],
  course: DEFAULT_COURSE,
} as const

/** Presses Tab until something that matches has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(wanted => document.activeElement?.matches(wanted) ?? false, selector)) return
  }
  throw new Error(`the keyboard does not reach ${selector}`)
}

describe.runIf(existsSync(CHROMIUM))('a vote in a browser', { timeout: 240_000 }, () => {
  let database: TestDatabase
  let world: OwnerSite
  let server: { stop(): Promise<void> }
  let browser: Browser
  let address: string
  let pollId: string
  let base: string

  beforeAll(async () => {
    expect(await buildPortal(() => undefined)).toBe(true)
    database = await openTestDatabase(databaseKinds()[0]!)
    const port = await freePort()
    world = await openOwnerSite(database, { env: { PORT: String(port) } })
    const { portal } = world.village
    pollId = await announce(world.village, draftOf(MOTION))
    base = `/c/village/votes/${pollId}`
    rememberPortal(portal)
    const build = (await import(
      pathToFileURL(join(projectRoot(), 'build', 'server', 'index.js')).href
    )) as ServerBuild
    server = await startServer({
      portal,
      pages: answerPages(build),
      staticDirectory: join(projectRoot(), 'build', 'client'),
      readVersion: slug => readBooksVersion(portal, slug),
      health: async () => ({ isHealthy: true, checks: {} }),
      keptParameters: ['lang', 'mode'],
    })
    address = `http://localhost:${port}`
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
  }, 300_000)

  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await database?.close()
  })

  const come = async (size: { width: number; height: number }, person?: string) => {
    const visitor = await Visitor.come(browser, address, size)
    if (person !== undefined) {
      const [name, value] = (await world.as(person)).Cookie.split('=')
      await visitor.context.addCookies([{ name: name!, value: value!, url: address }])
    }
    return visitor
  }

  it('everybody reads what will be decided, on a phone, in large type and in English', async () => {
    const reader = await come(PHONE)
    for (const path of ['/c/village', '/c/village/votes', base, `${base}/roll`, `${base}/lobby`]) {
      for (const viewer of ['', '?mode=elder', '?lang=en']) await reader.open(`${path}${viewer}`)
    }
    await reader.leave()
    const desk = await come(DESK)
    for (const path of ['/c/village/votes', base, `${base}/roll`, `${base}/lobby`]) await desk.open(path)
    await desk.leave()
  })

  it('an owner finds their own entry, and objects to it', async () => {
    const owner = await come(PHONE, 'P-U1')
    await owner.open('/c/village/me')
    await owner.press('link', '看看我的面积对不对')
    await owner.page.getByLabel('哪里不对，应该是多少').fill('应为 92.00')
    await owner.press('button', '提出异议')
    await owner.page.getByText('已收到您的异议').waitFor()
    await owner.photograph('mine-phone')
    await owner.leave()
  })

  it('the owner of two homes votes for both with the keyboard alone', async () => {
    await moveTo(world.village, OPENS)
    const owner = await come(DESK, 'P-U1')
    const { page } = owner
    await owner.open(`${base}/cast`)
    for (const [field, choice] of [
      ['ballot', 'own'],
      ['answer-q1', 'FOR'],
      ['answer-q2', 'PLAN-A'],
    ]) {
      await tabTo(page, `input[name="${field}"]`)
      await page.keyboard.press('Space')
      expect(await page.locator(`input[name="${field}"]:checked`).getAttribute('value')).toBe(choice)
      await owner.look(`${field} chosen`)
      await tabTo(page, 'button[value="next"]')
      const next = page.waitForEvent('load')
      await page.keyboard.press('Enter')
      await next
    }
    await page.getByText('请核对，没有错再提交').waitFor()
    await owner.look('summary')
    await tabTo(page, 'button[value="submit"]')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '已提交' }).waitFor()
    await owner.look('submitted')
    await owner.leave()
  })

  it.each([
    ['a phone', PHONE, ''],
    ['a phone in large type', PHONE, '?mode=elder'],
    ['twice the size', { width: 640, height: 400 }, ''],
    ['the narrowest screen', { width: 320, height: 640 }, '?lang=en'],
  ] as const)('a neighbour votes on %s, nothing wider than the screen', async (name, size, viewer) => {
    const person =
      { 'a phone': 'P-U4', 'a phone in large type': 'P-U5', 'twice the size': 'P-U6' }[name as string] ??
      'P-U7'
    const owner = await come(size, person)
    const { page } = owner
    const shot = (screen: string) => owner.photograph(`${screen}-${size.width}${viewer.replace(/\W/g, '-')}`)
    await owner.open(`${base}/cast${viewer}`)
    await shot('cast')
    await page.locator('.choice-card__label').first().click()
    await page.locator('button[value="next"]').click()
    await page.locator('input[name="answer-q2"]').first().waitFor()
    await owner.look('second question')
    await page.locator('.choice-card__label').nth(1).click()
    await page.locator('button[value="next"]').click()
    await page.locator('button[value="submit"]').waitFor()
    await owner.look('summary')
    await shot('summary')
    await page.locator('button[value="submit"]').click()
    await page.locator('.receipts a').first().waitFor()
    await owner.look('submitted')
    await shot('submitted')
    await page.locator('.receipts a').first().click()
    await page.locator('.slip').waitFor()
    await owner.look('receipt')
    await shot('receipt')
    await owner.open(`${base}/mine${viewer}`)
    await owner.open(`/c/village/me${viewer}`)
    await owner.leave()
  })

  it('a neighbour votes with scripts switched off, and takes it back', async () => {
    const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled: false })
    const [name, value] = (await world.as('P-U8')).Cookie.split('=')
    await context.addCookies([{ name: name!, value: value!, url: address }])
    const page = await context.newPage()
    await page.goto(`${address}${base}/cast`)
    for (const word of ['反对', '都不选']) {
      await page.getByText(word, { exact: true }).first().click()
      await page.getByRole('button', { name: '下一步' }).click()
    }
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('您的票已经收到了').waitFor()
    await page.goto(`${address}${base}/withdraw`)
    await page.getByRole('button', { name: '撤回' }).click()
    await page.getByText('已撤回').waitFor()
    await context.close()
  })

  it('everybody reads the turnout, and the kept page changes with the next ballot', async () => {
    const reader = await come(PHONE)
    for (const viewer of ['', '?mode=elder', '?lang=en']) await reader.open(`${base}${viewer}`)
    await reader.open(base)
    const before = await reader.page.getByRole('main').innerText()
    must(await cast(world.village, pollId, 'P-U9', 'U9', { q1: 'FOR', q2: 'PLAN-A' }))
    await reader.open(base)
    expect(await reader.page.getByRole('main').innerText()).not.toBe(before)
    await reader.photograph('turnout-phone')
    await reader.leave()
  })

  it('everybody reads the result, and an owner how their own was counted', async () => {
    for (const name of ['U10', 'U11', 'U12']) {
      must(await cast(world.village, pollId, `P-${name}`, name, { q1: 'FOR', q2: 'PLAN-A' }))
    }
    await moveTo(world.village, new Date(CLOSES.getTime() + 1000))
    const reader = await come(PHONE)
    for (const path of ['/c/village', '/c/village/votes', base, `${base}/lobby`]) {
      for (const viewer of ['', '?mode=elder', '?lang=en']) await reader.open(`${path}${viewer}`)
    }
    await reader.open(base)
    await reader.photograph('result-phone')
    await reader.leave()
    const desk = await come(DESK)
    await desk.open(base)
    await desk.photograph('result-desk')
    await desk.leave()
    const owner = await come(PHONE, 'P-U4')
    await owner.open(`${base}/mine`)
    expect(await owner.page.getByRole('main').innerText()).toContain('已计入')
    await owner.leave()
  })
})

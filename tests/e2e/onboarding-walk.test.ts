/**
 * How households join, as they walk it: letters for a roll of 439 units, printed and ticked at the door; an owner with a
 * passkey on a phone, one by message, one without scripts; and who saw their data.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { civilDate, utf8 } from '#kernel'
import { groupedCode } from '#people'
import {
  confirmRoll,
  readOpenInvitation,
  readRollImport,
  sendDueSmsCodes,
  settleRoll,
  uploadRoll,
} from '#people/server'
import { demoCode } from '../../app/cli/demo-officers.ts'
import { demoRollFile } from '../../app/cli/demo-owners.ts'
import { runDueJobs } from '../../app/cli/job-handlers.ts'
import { smsCodeWords } from '../../app/cli/message-words.ts'
import { type Court, openCourt, PASSWORD, type ServedPortal, servePortal } from './court.ts'
import { DESK, PHONE, Visitor } from './visitor.ts'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const SLUG = 'court'
const UNITS = ['1栋-1单元-102', '2栋-1单元-103', '4栋-2单元-203']
const OWN_PASSWORD = 'nine green bottles of plum wine'

describe.runIf(existsSync(CHROMIUM))('households join', { timeout: 240_000 }, () => {
  let served: ServedPortal
  let court: Court
  let browser: Browser
  /** By unit: what is printed in its letter. */
  const codes = new Map<string, string>()

  beforeAll(async () => {
    served = await servePortal(new Date('2026-07-01T01:00:00Z'))
    court = await openCourt(served, SLUG)
    const { portal } = served
    const chair = court.officers.get('zhuren')!
    const uploaded = await uploadRoll(portal, chair, court.community, {
      name: '业主名册.csv',
      bytes: utf8(demoRollFile()),
      effectiveOn: civilDate('2026-06-01'),
      areaSource: 'register',
    })
    const importId = uploaded.ok ? uploaded.value.importId : ''
    await runDueJobs(portal)
    const answers = { samePersons: {}, developerName: '清和置业（演示）有限公司', removesMissing: false }
    await settleRoll(portal, chair, court.community, importId, answers)
    const seenDigest = (await readRollImport(portal, chair, court.community, importId))?.plan?.digest ?? ''
    expect((await confirmRoll(portal, chair, court.community, { importId, seenDigest })).ok).toBe(true)
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
  }, 300_000)

  afterAll(async () => {
    await browser?.close()
    await served?.stop()
  })

  const come = (size: typeof PHONE | typeof DESK, javaScriptEnabled = true) =>
    Visitor.come(browser, served.address, size, { javaScriptEnabled })

  it('the chair has 439 letters printed, fetches them, and ticks two at the door', async () => {
    const chair = await come(DESK)
    const { page } = chair
    await chair.signIn(SLUG, `${SLUG}-zhuren`, PASSWORD, login => demoCode(login, served.portal.clock.now()))
    await chair.open(`/c/${SLUG}/office/letters`)
    await page.getByLabel('服务台在哪里').fill('1栋大堂，周六上午')
    await chair.photograph('letters-desk')
    await page.getByRole('button', { name: '印这些信' }).click()
    await page.waitForURL(/office\/letters\/[0-9a-z]{26}/)
    const batch = page.url()
    // The codes are in the file alone: the test hears what the printing job draws by lot.
    const { random } = served.portal
    const drawn: string[] = []
    await runDueJobs({
      ...served.portal,
      random: { ...random, id: () => drawn[drawn.push(random.id()) - 1]! },
    })
    for (const code of drawn) {
      const found = await readOpenInvitation(served.portal, code)
      if (found.ok && !codes.has(found.value.displayName)) codes.set(found.value.displayName, code)
    }
    await page.goto(batch)
    await page.getByText('取信（PDF）').waitFor()
    await chair.look('printed')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '取信（PDF）' }).click(),
    ])
    const pdf = join(tmpdir(), 'mingzhang-letters.pdf')
    await download.saveAs(pdf)
    expect(download.suggestedFilename()).toBe(`${SLUG}-letters.pdf`)
    for (const unit of UNITS.slice(0, 2)) await page.getByLabel(`${unit} 已交`).check()
    await page.getByRole('button', { name: '勾选的已当面交给业主' }).click()
    await page.waitForURL(/#letters$/)
    await chair.open(`/c/${SLUG}/office/letters`)
    expect(await page.getByRole('main').innerText()).toContain('2 / 439 户已交')
    await chair.photograph('letters-after-desk')
    await chair.open(`/c/${SLUG}/office/audit`)
    await chair.photograph('audit-desk')
    await chair.leave()
  })

  it('one scans it, and from then on needs a finger only', async () => {
    const owner = await come(PHONE)
    const { page } = owner
    await owner.bringAuthenticator()
    await owner.open(`/invite/${codes.get(UNITS[0]!)}`)
    await owner.photograph('invite-phone')
    await page.getByLabel('登录名').fill('owner-one')
    await page.getByLabel('密码', { exact: true }).fill(OWN_PASSWORD)
    await page.getByLabel('再输一遍密码').fill(OWN_PASSWORD)
    await page.getByRole('button', { name: '建立账号并登录' }).click()
    await owner.arrive(new RegExp(`/c/${SLUG}$`))
    await owner.open('/account/second-factor')
    await page.getByLabel('起个名字').fill('我的手机')
    await page.getByRole('button', { name: '在这台设备上设置通行密钥' }).click()
    await page.getByText('备用码').first().waitFor()
    await owner.look('with recovery codes')
    await owner.open('/account')
    await page.getByRole('button', { name: '退出' }).first().click()
    await owner.open(`/sign-in?next=/c/${SLUG}/me`)
    await owner.photograph('sign-in-phone')
    await owner.press('link', '用指纹、面容或通行密钥登录')
    await page.getByRole('button', { name: '用指纹、面容或通行密钥登录' }).click()
    await owner.arrive(new RegExp(`/c/${SLUG}/me$`))
    expect(await page.getByRole('main').innerText()).toContain(UNITS[0])
    await owner.open('/account/audit')
    expect(await page.getByRole('main').innerText()).toContain('用开户码成为这位业主的账号')
    await owner.photograph('own-audit-phone')
    await owner.open('/account/data')
    await owner.photograph('own-data-phone')
    await owner.leave()
  })

  it('another types it, and signs in by message', async () => {
    const owner = await come(PHONE)
    const { page } = owner
    await owner.open('/invite')
    await page.getByLabel('开户码').fill(groupedCode(codes.get(UNITS[1]!)!).toUpperCase())
    await page.getByRole('button', { name: '下一步' }).click()
    await owner.arrive(/\/invite\/[0-9a-z]{26}$/)
    await page.getByLabel('登录名').fill('owner-two')
    await page.getByLabel('密码', { exact: true }).fill(OWN_PASSWORD)
    await page.getByLabel('再输一遍密码').fill(OWN_PASSWORD)
    await page.getByRole('button', { name: '建立账号并登录' }).click()
    await owner.arrive(new RegExp(`/c/${SLUG}$`))
    const arrived = async () => {
      const texts: string[] = []
      const gateway = { send: async ({ text }: { text: string }) => void texts.push(text) }
      await sendDueSmsCodes(served.portal, { gateway, words: smsCodeWords })
      return /\d{6}/.exec(texts.at(-1) ?? '')?.[0] ?? ''
    }
    await owner.open('/account/sms')
    await page.getByLabel('手机号').fill('13800000002')
    await page.getByRole('button', { name: '把验证码发到这个手机' }).click()
    await page.getByLabel('短信里的六位数').fill(await arrived())
    await page.getByRole('button', { name: '开通短信登录' }).click()
    await page.getByText('短信登录已开通。').waitFor()
    await owner.look('set up')
    await page.getByRole('button', { name: '退出' }).first().click()
    await owner.open('/sign-in/sms')
    await page.getByLabel('手机号').fill('138 0000 0002')
    await page.getByRole('button', { name: '发验证码' }).click()
    await page.getByLabel('短信里的六位数').waitFor()
    await owner.look('asked')
    await owner.photograph('sms-phone')
    await page.getByLabel('短信里的六位数').fill(await arrived())
    await page.getByRole('button', { name: '登录' }).click()
    await owner.arrive(new RegExp(`/c/${SLUG}$`))
    await owner.leave()
  })

  it('a third needs no script, and nobody joins with a used code', async () => {
    const owner = await come(PHONE, false)
    const { page } = owner
    await owner.open(`/invite/${codes.get(UNITS[2]!)}`)
    await page.getByLabel('登录名').fill('owner-three')
    await page.getByLabel('密码', { exact: true }).fill(OWN_PASSWORD)
    await page.getByLabel('再输一遍密码').fill(OWN_PASSWORD)
    await page.getByRole('button', { name: '建立账号并登录' }).click()
    await owner.arrive(new RegExp(`/c/${SLUG}$`))
    await owner.open('/privacy')
    const data = await owner.context.request.get(`${served.address}/account/data.json`)
    const own = (await data.json()) as { registers: { units: { unit: string }[] }[] }
    expect(own.registers[0]!.units[0]!.unit).toBe(UNITS[2])
    writeFileSync(join(tmpdir(), 'mingzhang-e2e-own-data.json'), JSON.stringify(own))
    const used = await owner.context.request.get(`${served.address}/invite/${codes.get(UNITS[0]!)}`)
    expect(used.status()).toBe(409)
    await owner.leave()
  })
})

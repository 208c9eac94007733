/**
 * A resident's request on its way through the council, on a phone: a topic, an open-air assembly with twelve sign-ins, minutes that are
 * corrected and signed off by four seats, a sealed copy that outside judges accept, a motion, money, an action item with its proof,
 * the answer, and what whoever asked says of it. The topic's page shows all of it.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkCouncil, enterSeat } from '#council/server'
import { civilDate, fen, instantOf } from '#kernel'
import { adoptBudget } from '#ledger/server'
import type { Actor } from '#people'
import { addKnownTotp, readOwnLogin } from '#people/server'
import { projectRoot } from '#platform'
import { checkStatements } from '#statements/server'
import { checkVoice } from '#voice/server'
import { announcePoll } from '#votes/server'
import { demoCode, demoTotpSecret } from '../../app/cli/demo-officers.ts'
import { beginSessionOf } from '../support/begun-session.ts'
import { openVoiceWorldOn, type VoiceWorld } from '../voice/world.ts'
import { unit } from '../votes/polls.ts'
import { register } from '../votes/village.ts'
import { SCAN, type ServedPortal, servePortal, work } from './court.ts'
import { PHONE, Visitor } from './visitor.ts'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const isHere = existsSync(CHROMIUM)
const SLUG = 'babahui'
const at = (day: string, hours: number) => instantOf(civilDate(day), hours * 3600)
const PICTURE = { name: 'a.png', mimeType: 'image/png', buffer: SCAN }
const run = promisify(execFile)

if (!isHere && process.env.CI) throw new Error(`CI meets with a browser, and ${CHROMIUM} is not there`)

describe.runIf(isHere)('a request through the council', { timeout: 240_000 }, () => {
  let served: ServedPortal
  let browser: Browser
  let world: VoiceWorld
  let casePath = ''
  let topicPath = ''
  let meetingPath = ''
  let pdf: Buffer

  const seats: Record<string, string> = {}
  const officePathOf = (path: string) => path.replace(`/c/${SLUG}/`, `/c/${SLUG}/office/`)

  beforeAll(async () => {
    served = await servePortal(at('2026-07-01', 9))
    world = await openVoiceWorldOn(served.portal, SLUG)
    const { portal } = served
    const { community, residents, overseer, chair, manager } = world
    await register(
      portal,
      community,
      [1, 2, 3, 4, 5, 6].map(no => unit(`U${no}`)),
      null,
      [],
    )
    const line = { fiscalYear: 2026, fund: 'trust', account: '5107', direction: 'out' } as const
    await adoptBudget(portal, community.communityId, 2026, 1, [{ ...line, amountFen: fen(5_000_000n) }])
    for (const [kind, holder, organisation] of [
      ['party', overseer, '小区党支部'],
      ['residents-committee', residents, '居民委员会'],
      ['owners-committee', chair, '业主委员会'],
      ['property-company', manager, '和顺物业'],
    ] as const) {
      const login = await readOwnLogin(portal, holder)
      await addKnownTotp(portal, holder.userId, demoTotpSecret(login))
      portal.clock.advance(1000)
      const entered = await enterSeat(portal, residents, community, {
        body: 'council',
        kind,
        organisation,
        office: '负责人',
        holderName: '何某某',
        deputyName: '',
        userId: holder.userId,
        isVoting: true,
        termFrom: '2026-01-01',
        termUntil: '',
        contact: '',
      })
      if (!entered.ok) throw new Error(entered.error.code)
      seats[kind] = entered.value.seatId
    }
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
  }, 300_000)

  afterAll(async () => {
    await browser?.close()
    await served?.stop()
  })

  /** A session that began with both factors, as a browser's cookie. */
  const cookieOf = async (actor: Actor) => {
    const { Cookie } = await beginSessionOf(served.portal, actor)
    const [name, value] = Cookie.split('=')
    return { name: name!, value: value!, url: served.address }
  }
  /** Somebody signed in, or anybody, at a page. */
  const come = async (actor: Actor | null, path: string): Promise<Visitor> => {
    const visitor = await Visitor.come(browser, served.address, PHONE)
    if (actor !== null) await visitor.context.addCookies([await cookieOf(actor)])
    await visitor.open(path)
    return visitor
  }
  /** A clerk's device on which the network goes away and saves are refused: a browser that calls both errors. */
  const deviceOf = async (actor: Actor): Promise<BrowserContext> => {
    const device = await browser.newContext({ viewport: PHONE, locale: 'zh-CN' })
    await device.addCookies([await cookieOf(actor)])
    return device
  }
  const writing = async (device: BrowserContext): Promise<Page> => {
    const page = await device.newPage()
    await page.goto(`${served.address}${officePathOf(meetingPath)}/items/1`)
    await page.locator('[data-autosave-bar]').waitFor()
    return page
  }
  const saved = (page: Page) => page.getByText(/^已保存 \d\d:\d\d$/).waitFor()
  const textOf = (visitor: Visitor) => visitor.page.getByRole('main').innerText()
  const pathOf = (visitor: Visitor) => new URL(visitor.page.url()).pathname

  it('is listed by a resident, taken, and made a topic with a meeting about it', async () => {
    const asker = await come(world.owner, `/c/${SLUG}/ask/new`)
    await asker.page.getByLabel('维修').check()
    await asker.page.getByLabel('什么事').fill('北区四盏路灯不亮，老人晚上不敢出门')
    await asker.page.getByLabel('在哪里').fill('6栋到9栋之间')
    await asker.press('button', '列单')
    await asker.page.getByText('已列单').first().waitFor()
    casePath = pathOf(asker).replace(/\/own$/, '')
    await asker.leave()
    const clerk = await come(world.residents, casePath.replace('/ask/', '/office/voice/'))
    await clerk.press('button', '我来接单')
    await clerk.press('link', '立为议题')
    await clerk.page.locator('[name=title]').fill('北区路灯怎么修')
    await clerk.page.locator('[name=summary]').fill('6 栋到 9 栋之间四盏路灯不亮。')
    await clerk.press('button', '立为议题')
    topicPath = pathOf(clerk).replace('/office/', '/')
    await clerk.press('link', '通知开会商量')
    await clerk.page.locator('[name=kind]').selectOption('open-air')
    await clerk.page.locator('[name=title]').fill('路灯坝坝会')
    await clerk.page.locator('[name=place]').fill('6 栋楼下小广场')
    await clerk.page.locator('[name=startsOn]').fill('2026-07-02')
    await clerk.press('button', '公布通知')
    meetingPath = pathOf(clerk).replace('/office/', '/')
    await clerk.photograph('council-meeting-desk')
    await clerk.leave()
  })

  it('is talked through in the open air: two sign in by the code, seven on paper, three by voice', async () => {
    served.portal.clock.moveTo(at('2026-07-02', 19))
    for (const resident of [world.owner, world.neighbour]) {
      const phone = await come(resident, `${meetingPath}/sign-in`)
      await phone.press('button', '签到')
      await phone.page.getByText('已签到，请入座').waitFor()
      await phone.leave()
    }
    served.portal.clock.moveTo(at('2026-07-02', 21))
    const clerk = await come(world.residents, `${officePathOf(meetingPath)}/attendance`)
    for (const seat of Object.values(seats)) {
      await clerk.page.locator(`[name=presence-${seat}][value=present]`).check()
    }
    await clerk.press('button', '保存到会情况')
    for (const [count, scan] of [
      ['7', PICTURE],
      ['3', null],
    ] as const) {
      await clerk.open(`${officePathOf(meetingPath)}/attendance`)
      await clerk.page.getByLabel('人数', { exact: true }).fill(count)
      if (scan !== null) await clerk.page.getByLabel('纸质名单的扫描件').setInputFiles(scan)
      await clerk.press('button', '记下人数')
    }
    await clerk.open(`${officePathOf(meetingPath)}/attendance`)
    expect(await textOf(clerk)).toContain('签到 12 人：扫码 2 人，纸质名单 7 人，现场报数 3 人')
    await clerk.leave()
  })

  it('has its minutes saved by themselves, through a dead battery, and by two clerks at once', async () => {
    const device = await deviceOf(world.residents)
    const before = await writing(device)
    expect(await before.locator('#background').inputValue()).toContain('情况：')
    await before.locator('#background').fill('物业查过线路：')
    await saved(before)
    await device.setOffline(true)
    await before.locator('#conclusion').fill('物业两周内修好')
    await before.getByText('没有网络').waitFor()
    await before.close()
    await device.setOffline(false)
    const page = await writing(device)
    expect(await page.locator('#conclusion').inputValue()).toBe('')
    await page.getByRole('button', { name: '放回表格里' }).click()
    expect(await page.locator('#conclusion').inputValue()).toBe('物业两周内修好')
    await saved(page)
    await page.reload()
    expect(await page.locator('#conclusion').inputValue()).toBe('物业两周内修好')
    expect(await page.getByRole('button', { name: '放回表格里' }).isVisible()).toBe(false)
    const other = await deviceOf(world.chair)
    const theirs = await writing(other)
    await page.locator('#background').evaluate((field: HTMLTextAreaElement, html) => {
      field.setSelectionRange(field.value.length, field.value.length)
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/html', html)
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, '<table><tr><td>项目</td><td>金额</td></tr><tr><td>灯头</td><td>300</td></tr></table>')
    await page.keyboard.press('Control+s')
    await saved(page)
    await theirs.locator('#conclusion').fill('我写的是三天内修好')
    await theirs.locator('[data-conflict]').waitFor()
    const sides = theirs.locator('[data-conflict]')
    expect(await sides.locator('[data-theirs]').innerText()).toContain('灯头 | 300')
    expect(await sides.locator('[data-mine]').innerText()).toContain('我写的是三天内修好')
    expect(await theirs.locator('#conclusion').inputValue()).toBe('我写的是三天内修好')
    const { violations } = await new AxeBuilder({ page: theirs }).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    await theirs.screenshot({ path: join(tmpdir(), 'mingzhang-e2e-pictures', 'council-conflict.png') })
    await device.close()
    await other.close()
  })

  it('has its minutes written at the table', async () => {
    const clerk = await come(world.residents, `${officePathOf(meetingPath)}/items/1`)
    const { page } = clerk
    await page.getByLabel('意见一致').check()
    await page.locator('[name=conclusion]').fill('物业两周内修好，动用共有基金，由业主投票决定。')
    await page.locator('[name=clause]').selectOption('9')
    await page.locator('[name=amount]').fill('1860')
    await page.locator('[name=action-1]').fill('修好北区四盏路灯')
    await page.locator('[name=owner-1]').selectOption(seats['property-company']!)
    await page.locator('[name=due-1]').fill('2026-07-16')
    await page.locator('[name=question-1]').fill('要不要每户再交钱？')
    await page.locator('[name=answer-1]').fill('不用。')
    await saved(page)
    await clerk.look('written')
    await clerk.photograph('council-writing')
    await clerk.press('button', '保存')
    await clerk.open(`${officePathOf(meetingPath)}/minutes`)
    await clerk.press('button', '发出核对')
    await clerk.leave()
  })

  it('is corrected at the company’s word: a new version, with what changed', async () => {
    const company = await come(world.manager, `${officePathOf(meetingPath)}/minutes`)
    await company.page.getByText('提一条更正').click()
    await company.page.getByLabel('哪里要改、改成什么').fill('电缆要开挖，应为三周内')
    await company.press('button', '提交更正')
    await company.page.getByText('第 1 条，和顺物业').waitFor()
    await company.leave()
    const clerk = await come(world.residents, `${officePathOf(meetingPath)}/minutes`)
    await clerk.page.locator('[name=isAccepted][value=yes]').check()
    await clerk.press('button', '答复')
    await clerk.open(`${officePathOf(meetingPath)}/items/1`)
    await clerk.page.locator('[name=conclusion]').fill('物业三周内修好，动用共有基金，由业主投票决定。')
    await clerk.press('button', '保存')
    await clerk.open(`${officePathOf(meetingPath)}/minutes`)
    await clerk.page.getByLabel('为什么改').fill('按物业的更正改为三周')
    await clerk.press('button', '发出新一版')
    expect(await textOf(clerk)).toMatch(/删去：.*物业两周内修好[\s\S]*加上：.*物业三周内修好/)
    await clerk.photograph('council-new-version')
    await clerk.leave()
  })

  it('is signed off by four seats, two with a passkey, and published', async () => {
    const { portal } = served
    for (const [actor, organisation] of [
      [world.overseer, '小区党支部'],
      [world.chair, '业主委员会'],
    ] as const) {
      const seat = await come(actor, '/account/second-factor')
      await seat.bringAuthenticator()
      await seat.page.reload()
      await seat.page.getByLabel('起个名字').fill('手机')
      await seat.page.getByRole('button', { name: '在这台设备上设置通行密钥' }).click()
      await seat.page.getByText('手机', { exact: true }).waitFor()
      await seat.open(`${officePathOf(meetingPath)}/minutes`)
      await seat.photograph('council-sign-off')
      await seat.page.getByRole('button', { name: '用通行密钥签认' }).click()
      const own = seat.page.getByRole('listitem').filter({ hasText: organisation })
      await own.getByText('已签认').waitFor()
      await seat.leave()
    }
    for (const actor of [world.manager, world.residents]) {
      portal.clock.advance(31_000)
      const seat = await come(actor, `${officePathOf(meetingPath)}/minutes`)
      const login = await readOwnLogin(portal, actor)
      await seat.page.getByLabel('验证码').fill(demoCode(login, portal.clock.now()))
      await seat.press('button', '同意这份纪要，签认')
      await seat.leave()
    }
    const clerk = await come(world.residents, `${officePathOf(meetingPath)}/minutes`)
    await clerk.press('button', '公布纪要')
    await clerk.leave()
    await work(served, world.community)
  })

  it('has a sealed copy that pdfsig, the command line and the page in a browser accept', async () => {
    const neighbour = await come(null, meetingPath)
    await neighbour.photograph('council-minutes')
    expect(await textOf(neighbour)).toContain('签到 12 人')
    expect(await neighbour.page.getByRole('cell', { name: '灯头' }).count()).toBe(1)
    const file = await neighbour.page.getByRole('link', { name: '下载带签章的纪要' }).getAttribute('href')
    pdf = await (await neighbour.context.request.get(`${served.address}${file}`)).body()
    const directory = mkdtempSync(join(tmpdir(), 'mingzhang-e2e-council-'))
    const path = (name: string) => join(directory, name)
    writeFileSync(path('minutes.pdf'), pdf)
    const judged = await run('pdfsig', ['-nocert', path('minutes.pdf')]).catch(
      (failed: { stdout: string }) => failed,
    )
    expect(judged.stdout).toContain('Signature is Valid')
    expect(judged.stdout).toContain('Total document signed')
    for (const name of ['sealing-ca.pem', 'log.vkey']) {
      const key = await neighbour.context.request.get(`${served.address}/verify/keys/${name}`)
      writeFileSync(path(name), await key.body())
    }
    const trust = ['--trust', path('sealing-ca.pem'), '--vkey', path('log.vkey')]
    const verified = await run(
      process.execPath,
      ['--import', 'tsx', 'app/cli/main.ts', 'verify', path('minutes.pdf'), ...trust],
      { cwd: projectRoot() },
    )
    expect(verified.stdout).toContain('路灯坝坝会')
    await neighbour.open('/verify')
    await neighbour.page.getByLabel('选公示表 PDF').setInputFiles(path('minutes.pdf'))
    await neighbour.page.getByRole('heading', { name: '验证通过' }).waitFor()
    await neighbour.leave()
  })

  it('becomes a motion, a budget line, a contract, a payment and an acceptance', async () => {
    const chair = await come(world.chair, officePathOf(topicPath))
    await chair.press('link', '起草表决议题')
    expect(await chair.page.locator('[name=title]').inputValue()).toBe('北区路灯怎么修')
    await chair.page.getByRole('button', { name: '保存草稿' }).click()
    await chair.arrive(/polls\/[0-9a-z]{26}/)
    const pollId = /polls\/([0-9a-z]{26})/.exec(chair.page.url())![1]!
    const announced = await announcePoll(served.portal, world.chair, world.community, { pollId, revision: 1 })
    expect(announced.ok).toBe(true)
    await chair.open(officePathOf(topicPath))
    await chair.page.locator('#link-vote').selectOption(pollId)
    await chair.press('button', '连到这次表决')
    await chair.page.locator('#link-budget').selectOption('5107')
    await chair.press('button', '连到这个科目')
    for (const [kind, reference, text] of [
      ['contract', '', '与明光电气签订维修合同'],
      ['voucher', world.voucher, ''],
      ['acceptance', '', '居委会、业委会晚八点现场看过，四盏全亮'],
      ['answer', '', '已回单答复'],
    ] as const) {
      await chair.page.locator('#kind').selectOption(kind)
      await chair.page.locator('#reference').fill(reference)
      await chair.page.locator('#text').fill(text)
      await chair.press('button', '记下进展')
    }
    await chair.photograph('council-topic-desk')
    await chair.leave()
  })

  it('is done with a proof, answered, and rated by whoever asked', async () => {
    served.portal.clock.moveTo(at('2026-07-15', 10))
    const clerk = await come(world.residents, `/c/${SLUG}/office/council/actions`)
    await clerk.page.getByLabel('办得怎样').fill('四盏灯全部修好')
    await clerk.page.getByLabel('证明（照片或 PDF）').setInputFiles(PICTURE)
    await clerk.press('button', '办完了')
    await clerk.photograph('council-actions')
    await clerk.open(casePath.replace('/ask/', '/office/voice/'))
    await clerk.page.getByLabel('办得怎么样').fill('四盏路灯都修好了，晚上请看看。')
    await clerk.press('button', '回单')
    await clerk.leave()
    const asker = await come(world.owner, `${casePath}/own`)
    await asker.page.getByText('这件事已经列为议题').waitFor()
    await asker.page.getByLabel('五星，很满意').check()
    await asker.press('button', '交评价')
    await asker.page.getByText('已评价').first().waitFor()
    await asker.leave()
  })

  it('stands whole on the page of the topic, and every digest holds', async () => {
    const neighbour = await come(null, topicPath)
    await neighbour.page.screenshot({
      path: join(tmpdir(), 'mingzhang-e2e-pictures', 'council-topic.png'),
      fullPage: true,
    })
    const text = await textOf(neighbour)
    for (const words of [
      '由业主投票决定',
      '物业三周内修好',
      '公示中，还没开始',
      '¥50,000.00',
      '与明光电气签订维修合同',
      '¥1,500.00',
      '四盏全亮',
      '四盏路灯都修好了',
      '5 星',
      '修好北区四盏路灯',
      '看证明',
    ])
      expect(text.replaceAll('\n', ' ')).toContain(words)
    expect(await neighbour.page.locator('.council-stages [data-state=done]').count()).toBe(8)
    for (const link of ['提出', '协商意见', '交业主表决', '付款凭证', '已答复提出的人', '看证明']) {
      const there = neighbour.page.getByRole('link', { name: link, exact: true }).first()
      const answer = await neighbour.context.request.get(
        `${served.address}${await there.getAttribute('href')}`,
      )
      expect([link, answer.status()]).toEqual([link, 200])
    }
    await neighbour.open(`/c/${SLUG}/council`)
    await neighbour.photograph('council-home')
    await neighbour.leave()
    const { portal } = served
    const checks = [checkCouncil, checkVoice, checkStatements]
    for (const check of checks) expect((await check(portal, world.community)).findings).toEqual([])
  })
})

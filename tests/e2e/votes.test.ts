/**
 * Two votes, as people walk them, from the file of the roll to a certificate that anybody verifies: an ordinary matter that
 * passes, and a special one that enough take part in and too few agree to. 439 units, on screen and on paper.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '#platform'
import { demoCode } from '../../app/cli/demo-officers.ts'
import { demoRollFile } from '../../app/cli/demo-owners.ts'
import {
  admitOwner,
  type Court,
  castPapersOf,
  openCourt,
  PASSWORD,
  SCAN,
  type ServedPortal,
  servePortal,
  work,
} from './court.ts'
import { DESK, PHONE, Visitor } from './visitor.ts'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const isHere = existsSync(CHROMIUM)
const DRAFTED = new Date('2026-03-01T02:00:00Z')
const OPENS = new Date('2026-03-20T01:00:00Z')
const AFTER = new Date('2026-03-31T10:01:00Z')
/** 1280 pixels at 200 %. */
const ZOOMED = { width: 640, height: 400 } as const
const VOTER = '1栋-1单元-102'
const ON_PAPER = '1栋-1单元-103'

if (!isHere && process.env.CI) throw new Error(`CI votes with a browser, and ${CHROMIUM} is not there`)

const WALKS = [
  {
    slug: 'fire',
    title: '消防设施改造',
    clause: '9',
    /** Arrow presses from the first answer to the one that the owner gives. */
    steps: 0,
    choiceOf: (index: number) => (index % 10 < 8 ? 'FOR' : 'AGAINST'),
    verdict: /通过/,
  },
  {
    slug: 'lawn',
    title: '东门绿地改停车位',
    clause: '8',
    steps: 1,
    choiceOf: (index: number) => (index % 10 < 6 ? 'FOR' : 'AGAINST'),
    verdict: /未通过/,
  },
] as const

describe.runIf(isHere).each(WALKS)('the vote on $title', { timeout: 600_000 }, walk => {
  const { slug, title } = walk
  let served: ServedPortal
  let browser: Browser
  let court: Court
  let pollPath = ''
  let certificate: Buffer

  beforeAll(async () => {
    served = await servePortal(DRAFTED)
    court = await openCourt(served, slug)
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
  }, 600_000)

  afterAll(async () => {
    await browser?.close()
    await served?.stop()
  })

  const pollId = () => pollPath.split('/').at(-1)!
  /** The officer at a screen; a code of the authenticator is good for one sign-in. */
  const officer = async (name: string, size: typeof PHONE | typeof DESK = DESK): Promise<Visitor> => {
    const visitor = await Visitor.come(browser, served.address, size)
    served.portal.clock.advance(31_000)
    const codeOf = (login: string) => demoCode(login, served.portal.clock.now())
    await visitor.signIn(slug, `${slug}-${name}`, PASSWORD, codeOf, /piao$/.test(name))
    return visitor
  }

  it('the chair takes in the roll, drafts the motion and announces it', async () => {
    const chair = await officer('zhuren')
    const { page } = chair
    await chair.open(`/c/${slug}/office/roll/import`)
    const buffer = Buffer.from(demoRollFile())
    await page.getByLabel('名册文件').setInputFiles({ name: '业主名册.csv', mimeType: 'text/csv', buffer })
    await page.getByRole('button', { name: '上传并检查' }).click()
    await page.waitForURL(/roll\/import\/[0-9a-z]{26}/)
    await work(served, court.community)
    await page.reload()
    await page.getByLabel('开发商（建设单位）名称').fill('清和置业（演示）有限公司')
    await chair.press('button', '保存这些决定，重新核对')
    await chair.photograph(`${slug}-roll-preview`)
    await page.getByRole('button', { name: '确认导入，存入名册' }).click()
    await page.getByRole('heading', { name: '名册已保存' }).or(page.getByText('名册已保存')).first().waitFor()
    await chair.open(`/c/${slug}/office/polls/new`)
    await page.getByLabel('标题').fill(title)
    await page.locator('[name=summary]').fill('检测报告指出隐患，改造工期 60 天。')
    await page.locator('[name=question-1]').fill(`是否同意${title}？`)
    await page.locator(`[name=clause-1][value="${walk.clause}"]`).check()
    await page.locator('[name=opensOn]').fill('2026-03-20')
    await page.locator('[name=opensHour]').selectOption('09:00:00')
    await page.locator('[name=closesOn]').fill('2026-03-31')
    await page.locator('[name=closesHour]').selectOption('18:00:00')
    await chair.photograph(`${slug}-motion`)
    await page.getByRole('button', { name: '保存草稿' }).click()
    await chair.arrive(/polls\/[0-9a-z]{26}/)
    pollPath = new URL(page.url()).pathname.replace(/\/(edit|preview)$/, '')
    await chair.open(`${pollPath}/announce`)
    await page.getByLabel('我核对过上面的数字，也看过业主看到的样子').check()
    await chair.photograph(`${slug}-announce`)
    await page.getByRole('button', { name: '公示，不再改动' }).click()
    await chair.arrive(new RegExp(`${pollPath}(\\?|$)`))
    await chair.leave()
  })

  it('an owner votes without a script, with the keyboard alone', async () => {
    await admitOwner(court, VOTER, `${slug}-yezhu`)
    served.portal.clock.moveTo(OPENS)
    await work(served, court.community)
    const owner = await Visitor.come(browser, served.address, ZOOMED, { javaScriptEnabled: false })
    const { page } = owner
    const cast = `/c/${slug}/votes/${pollId()}/cast`
    const tabTo = async (selector: string) => {
      for (let pressed = 0; pressed < 80; pressed++) {
        await page.keyboard.press('Tab')
        if ((await page.locator(`${selector}:focus`).count()) > 0) return
      }
      throw new Error(`the keyboard does not reach ${selector} on ${page.url()}`)
    }
    await page.goto(`${served.address}/sign-in?next=${encodeURIComponent(cast)}`)
    await tabTo('[name=login]')
    await page.keyboard.type(`${slug}-yezhu`)
    await tabTo('[name=password]')
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '投票' }).waitFor()
    await owner.look()
    await owner.photograph(`${slug}-cast-200-percent`)
    await tabTo('input[type=radio]')
    if (walk.steps === 0) await page.keyboard.press('Space')
    for (let pressed = 0; pressed < walk.steps; pressed++) await page.keyboard.press('ArrowDown')
    await tabTo('[name=go][value=next]')
    await page.keyboard.press('Enter')
    await page.getByText('请核对，没有错再提交').waitFor()
    await owner.look('summary')
    await tabTo('[name=go][value=submit]')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: /号回执/ }).waitFor()
    await owner.look('submitted')
    await owner.photograph(`${slug}-submitted`)
    await owner.leave()
  })

  // The pages are the same in both walks; the walk of the votes' pages looks at them zoomed.
  it.each([PHONE].filter(() => walk === WALKS[0]))('voting has no barrier at $width pixels', async size => {
    const owner = await Visitor.come(browser, served.address, size)
    const { page } = owner
    const cast = `/c/${slug}/votes/${pollId()}/cast`
    await owner.open(`/sign-in?next=${encodeURIComponent(cast)}`)
    await page.getByLabel('登录名').fill(`${slug}-yezhu`)
    await page.getByLabel('密码').fill(PASSWORD)
    await owner.press('button', '登录')
    await page.getByRole('radio').first().waitFor()
    await owner.look('question')
    await owner.photograph(`${slug}-cast-${size.width}`)
    await owner.open(`/c/${slug}/votes/${pollId()}`)
    await owner.photograph(`${slug}-poll-${size.width}`)
    await owner.open(`/c/${slug}/votes/${pollId()}/mine`)
    await owner.open(`/c/${slug}/me`)
    await owner.photograph(`${slug}-me-${size.width}`)
    await owner.leave()
  })

  it('two tellers read a paper, each for themselves', async () => {
    const mark = async (teller: Visitor) => {
      await teller.page.getByRole('group', { name: '谁签的名' }).getByRole('radio').first().check()
      await teller.page.getByLabel('票上写的日期').fill('2026-03-20')
      await teller.page.locator('[name=answer-q1][value=FOR]').check()
    }
    const first = await officer('jipiao', PHONE)
    const unitPath = `${pollPath}/desk/${encodeURIComponent(ON_PAPER)}`
    await first.open(unitPath)
    // Delivered, the desk goes on to the next neighbour.
    await first.press('button', '当面交给业主')
    await first.open(unitPath)
    await first.page
      .getByLabel('拍下或上传这张票')
      .setInputFiles({ name: 'paper.png', mimeType: 'image/png', buffer: SCAN })
    await mark(first)
    await first.photograph(`${slug}-desk-360`)
    await first.page.getByRole('button', { name: '录好了，交给下一位核对' }).click()
    await first.page.getByText(/第一遍录好了，请另一位核对/).waitFor()
    await first.look('entered')
    await first.leave()
    const second = await officer('jianpiao')
    await second.open(`${pollPath}/papers`)
    await second.press('link', /票号 \d+/)
    await mark(second)
    await second.photograph(`${slug}-second-reading`)
    await second.page.getByRole('button', { name: '录好了（第二遍）' }).click()
    await second.page.getByText(/两遍一样，已计入/).waitFor()
    await second.look('cast')
    await second.leave()
  })

  it('the papers of the others are cast; at the close the poll is sealed and counted', async () => {
    await castPapersOf(court, pollId(), 310, walk.choiceOf)
    served.portal.clock.moveTo(AFTER)
    await work(served, court.community)
    const neighbour = await Visitor.come(browser, served.address, PHONE)
    await neighbour.open(`/c/${slug}/votes/${pollId()}`)
    const said = await neighbour.page.locator('#result').innerText()
    expect(said).toMatch(walk.verdict)
    expect(said.includes('未通过')).toBe(walk.slug === 'lawn')
    await neighbour.photograph(`${slug}-result-360`)
    await neighbour.leave()
  })

  it('three people sign the count, it is posted, and its certificate issued', async () => {
    for (const name of ['jipiao', 'jianpiao', 'dangzhibu']) {
      const signer = await officer(name, PHONE)
      await signer.open(`${pollPath}/count`)
      await signer.press('button', '核对无误，签字')
      await signer.leave()
    }
    const chair = await officer('zhuren')
    const { page } = chair
    await chair.open(`${pollPath}/count`)
    await page.getByLabel('张贴在哪里').fill('小区东门公告栏、各单元大堂')
    await chair.press('button', '已经张贴，登记')
    await page.getByLabel('计票地点').fill('小区活动室')
    await page.getByLabel('哪一天').fill('2026-03-31')
    await page.getByLabel('几点开始').fill('18:01')
    await page.getByLabel('几点结束').fill('18:02')
    await page.getByLabel('在场的人').fill('计票人 张丽\n监票人 王敏')
    await page.getByRole('button', { name: '签发证明' }).click()
    await page.getByText('正在签发，请稍等').waitFor()
    await work(served, court.community)
    const link = page.getByRole('link', { name: '打开证明（第 1 版）' })
    await link.waitFor()
    await chair.look('certified')
    await chair.photograph(`${slug}-count-desk`)
    const file = await page.request.get(`${served.address}${await link.getAttribute('href')}`)
    certificate = await file.body()
    expect(certificate.subarray(0, 5).toString()).toBe('%PDF-')
    await chair.leave()
  })

  it('anybody verifies the certificate, and one changed byte is refused', async () => {
    const neighbour = await Visitor.come(browser, served.address, PHONE)
    const { page } = neighbour
    await neighbour.open(`/c/${slug}/votes/${pollId()}`)
    await page.getByRole('link', { name: '表决结果证明' }).first().waitFor()
    await neighbour.photograph(`${slug}-certified-360`)
    await neighbour.open('/verify')
    const flipped = Buffer.from(certificate)
    const at = Math.floor(flipped.length / 3)
    flipped[at] = flipped[at]! ^ 1
    const chooser = page.getByLabel('选公示表 PDF')
    await chooser.waitFor({ state: 'attached' })
    await chooser.setInputFiles({ name: 'good.pdf', mimeType: 'application/pdf', buffer: certificate })
    await page.getByRole('heading', { name: '验证通过' }).waitFor()
    expect(await page.getByRole('article').innerText()).toContain(title)
    await neighbour.look('certificate')
    await neighbour.photograph(`${slug}-verified-360`)
    await chooser.setInputFiles({ name: 'bad.pdf', mimeType: 'application/pdf', buffer: flipped })
    await page.getByRole('heading', { name: '验证不通过' }).waitFor()
    await neighbour.leave()
  })

  it('the command line says the same, and so does pdfsig where it is installed', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'mingzhang-e2e-vote-'))
    const keep = (name: string, bytes: Buffer | string) => {
      writeFileSync(join(directory, name), bytes)
      return join(directory, name)
    }
    const files = ['sealing-ca.pem', 'log.vkey'].map(async name => {
      const answer = await fetch(`${served.address}/verify/keys/${name}`)
      return keep(name, await answer.text())
    })
    const [authority, vkey] = await Promise.all(files)
    const pdf = keep('certificate.pdf', certificate)
    const run = promisify(execFile)
    const options = { cwd: projectRoot() }
    const command = [
      '--import',
      'tsx',
      'app/cli/main.ts',
      'verify',
      pdf,
      '--trust',
      authority!,
      '--vkey',
      vkey!,
    ]
    await run(process.execPath, command, options)
    const sealed = await run('pdfsig', [pdf]).catch((failed: { code?: string }) => failed)
    if ('code' in sealed) expect([sealed.code, process.env.CI ?? '']).toEqual(['ENOENT', ''])
    else expect((sealed as { stdout: string }).stdout).toContain('Signature is Valid')
    const figures = await fetch(`${served.address}/c/${slug}/votes/${pollId()}/certificate.json`)
    expect([figures.status, figures.headers.get('Content-Type')]).toEqual([200, 'application/json'])
  })
})

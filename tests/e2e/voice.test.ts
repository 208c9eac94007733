/**
 * A challenge to a voucher on a phone: asked, overdue on a clock that is moved, seen by the branch, answered with a document,
 * judged not proved by the asker, made a supervision order, answered in public.
 */
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { civilDate, instantOf } from '#kernel'
import { addKnownTotp } from '#people/server'
import { checkVoice } from '#voice/server'
import { demoCode, demoTotpSecret } from '../../app/cli/demo-officers.ts'
import { openVoiceWorldOn, passwordOf, type VoiceWorld } from '../voice/world.ts'
import { SCAN, type ServedPortal, servePortal } from './court.ts'
import { DESK, PHONE, Visitor } from './visitor.ts'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const isHere = existsSync(CHROMIUM)
const SLUG = 'wenyiju'
const morning = (day: string) => instantOf(civilDate(day), 9 * 3600)

if (!isHere && process.env.CI) throw new Error(`CI asks with a browser, and ${CHROMIUM} is not there`)

describe.runIf(isHere)('a challenge to a voucher', { timeout: 240_000 }, () => {
  let served: ServedPortal
  let browser: Browser
  let world: VoiceWorld
  let casePath = ''

  beforeAll(async () => {
    served = await servePortal(morning('2026-07-01'))
    world = await openVoiceWorldOn(served.portal, SLUG)
    for (const [actor, login] of [
      [world.residents, `${SLUG}-juwei`],
      [world.managerAtHome, `${SLUG}-jingli2`],
    ] as const) {
      await addKnownTotp(served.portal, actor.userId, demoTotpSecret(login))
    }
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
  }, 300_000)

  afterAll(async () => {
    await browser?.close()
    await served?.stop()
  })

  const officer = async (name: string): Promise<Visitor> => {
    const visitor = await Visitor.come(browser, served.address, PHONE)
    served.portal.clock.advance(31_000)
    const codeOf = (login: string) => demoCode(login, served.portal.clock.now())
    const login = `${SLUG}-${name}`
    await visitor.signIn(SLUG, login, passwordOf(login), codeOf)
    return visitor
  }
  const owner = async (next: string): Promise<Visitor> => {
    const visitor = await Visitor.come(browser, served.address, PHONE)
    await visitor.open(`/sign-in?next=${encodeURIComponent(next)}`)
    await visitor.page.getByLabel('登录名').fill(`${SLUG}-yezhu`)
    await visitor.page.getByLabel('密码').fill(passwordOf(`${SLUG}-yezhu`))
    await visitor.press('button', '登录')
    return visitor
  }

  it('is asked from the page of the voucher', async () => {
    const asker = await owner(`/c/${SLUG}/vouchers/${world.voucher}`)
    await asker.press('link', '我要问这笔钱')
    await asker.page.getByLabel('您想问什么').fill('这笔钱是哪几户交的？')
    await asker.photograph('voice-ask')
    await asker.press('button', '提出质询')
    await asker.page.getByText('已记下').waitFor()
    casePath = new URL(asker.page.url()).pathname.replace(/\/own$/, '')
    await asker.leave()
  })

  it('goes overdue for everybody, and stands first on the list of those who watch', async () => {
    served.portal.clock.moveTo(morning('2026-07-09'))
    const neighbour = await Visitor.come(browser, served.address, PHONE)
    await neighbour.open(`/c/${SLUG}/vouchers/${world.voucher}`)
    await neighbour.page.getByText('超期：应在2026年7月8日以前').waitFor()
    await neighbour.photograph('voice-voucher')
    await neighbour.open(`/c/${SLUG}/ask`)
    await neighbour.photograph('voice-index')
    await neighbour.leave()
    const branch = await officer('juwei')
    await branch.press('link', '居民列单与质询')
    await branch.page.getByText('超期：应在2026年7月8日以前').waitFor()
    await branch.leave()
  })

  it('is answered with a document', async () => {
    const manager = await officer('jingli2')
    await manager.open(casePath.replace('/ask/', '/office/voice/'))
    await manager.page.getByLabel('怎么答复').fill('明细见材料。')
    await manager.page
      .getByLabel('证明材料')
      .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: SCAN })
    await manager.photograph('voice-answer')
    await manager.press('button', '公开答复')
    await manager.page.getByText('已答复，等提问人评价').first().waitFor()
    await manager.leave()
  })

  it('is judged not proved by the asker, and becomes a supervision order that is answered', async () => {
    const asker = await owner(`${casePath}/own`)
    await asker.page.getByLabel('哪里没有证明').fill('材料里没有户数。')
    await asker.photograph('voice-judge')
    await asker.press('button', '没有证明')
    await asker.page.getByText('提问人认为没有证明').first().waitFor()
    await asker.leave()
    const branch = await officer('juwei')
    await branch.open(casePath.replace('/ask/', '/office/voice/'))
    await branch.page.getByLabel('哪天以前').fill('2026-07-15')
    await branch.page.getByLabel('要求做到什么').fill('请公开户数。')
    await branch.press('button', '发出督办')
    await branch.page.getByText('督办中').first().waitFor()
    await branch.leave()
    const neighbour = await Visitor.come(browser, served.address, PHONE)
    await neighbour.open(`/c/${SLUG}/ask`)
    await neighbour.page.getByText('请公开户数。').waitFor()
    await neighbour.open(casePath)
    await neighbour.photograph('voice-case')
    await neighbour.open(`/c/${SLUG}?mode=elder`)
    await neighbour.press('link', /^问一句/)
    await neighbour.photograph('voice-elder')
    await neighbour.leave()
    const desk = await Visitor.come(browser, served.address, DESK)
    for (const [path, name] of [
      [`/c/${SLUG}/ask`, 'index'],
      [casePath, 'case'],
      [`/c/${SLUG}/ask/survey`, 'survey'],
    ] as const) {
      await desk.open(path)
      await desk.photograph(`voice-desk-${name}`)
    }
    await desk.leave()
    expect((await checkVoice(served.portal, world.community)).findings).toEqual([])
  })
})

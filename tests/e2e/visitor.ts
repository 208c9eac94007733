/** A person at a phone or a desk. Every page they come to is looked at for barriers, width, errors and requests to strangers. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { demoCode } from '../../app/cli/demo-officers.ts'

export const PHONE = { width: 360, height: 740 } as const
export const DESK = { width: 1280, height: 800 } as const

const SEEN = new Set<string>()
const HALF_MINUTE_MS = 30_000
/** The half-minute of the last code that each person's authenticator was asked for. */
const ASKED = new Map<string, number>()

/** The next code of a person's authenticator: none is taken twice, so whoever is quick waits for the next, as people do. */
export async function nextCode(login: string): Promise<string> {
  const now = () => Math.floor(Date.now() / HALF_MINUTE_MS)
  const step = Math.max(now() - 1, (ASKED.get(login) ?? 0) + 1)
  ASKED.set(login, step)
  while (step > now() + 1) await new Promise(resolve => setTimeout(resolve, 500))
  return demoCode(login, new Date(step * HALF_MINUTE_MS))
}

export class Visitor {
  /** Addresses that were asked for, in order. */
  readonly asked: string[] = []
  readonly #faults: string[] = []
  readonly #hasNoScript: boolean

  private constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    readonly address: string,
    hasNoScript: boolean,
  ) {
    this.#hasNoScript = hasNoScript
    page.on('console', message => {
      if (message.type() === 'error') this.#faults.push(`console: ${message.text()} (${page.url()})`)
    })
    page.on('pageerror', error => this.#faults.push(`script: ${error.message} (${page.url()})`))
    page.on('request', request => {
      const url = request.url()
      this.asked.push(url)
      if (!/^(?:data|blob|about|file):/.test(url) && !url.startsWith(`${address}/`)) {
        this.#faults.push(`a request to ${url} (${page.url()})`)
      }
    })
  }

  static async come(
    browser: Browser,
    address: string,
    viewport: { width: number; height: number },
    options: { readonly javaScriptEnabled?: boolean } = {},
  ): Promise<Visitor> {
    const place = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai' }
    const context = await browser.newContext({ viewport, ...place, ...options })
    context.setDefaultTimeout(60_000)
    return new Visitor(await context.newPage(), context, address, options.javaScriptEnabled === false)
  }

  /** Opens a page of the portal and looks at it. */
  async open(path: string): Promise<void> {
    const answer = await this.page.goto(`${this.address}${path}`)
    expect(answer?.status(), path).toBe(200)
    await this.look()
  }

  /**
   * Signs in and lands on the office's first page, or with `isTeller` on the list of polls: tellers have no other. `codeOf`
   * gives the code where the portal's clock is not the machine's.
   */
  async signIn(
    slug: string,
    login: string,
    password: string,
    codeOf: (login: string) => string | Promise<string> = nextCode,
    isTeller = false,
  ): Promise<void> {
    const start = isTeller ? `/c/${slug}/office/polls` : `/c/${slug}/office`
    await this.open(`/sign-in?next=${encodeURIComponent(start)}`)
    await this.page.getByLabel('登录名').fill(login)
    await this.page.getByLabel('密码').fill(password)
    await this.page.getByRole('button', { name: '登录' }).click()
    await this.page.getByRole('heading', { level: 1, name: '第二道验证' }).waitFor()
    await this.look()
    await this.page.getByLabel('验证码').fill(await codeOf(login))
    await this.page.getByRole('button', { name: '验证', exact: true }).click()
    await this.page.getByRole('heading', { level: 1, name: isTeller ? '表决' : '工作台' }).waitFor()
    await this.look()
  }

  /** Waits for an address; says what the page has against what was sent when it does not come. */
  async arrive(at: RegExp): Promise<void> {
    await this.page.waitForURL(at).catch(async (cause: unknown) => {
      const said = await this.page.getByRole('alert').allInnerTexts()
      const invalid = await this.page
        .locator(':invalid')
        .evaluateAll(found => found.map(each => each.outerHTML))
      throw new Error(`${this.page.url()}: ${[...said, ...invalid].join(' | ')}`, { cause })
    })
    await this.look()
  }

  /** Gives the device a passkey holder that confirms at once, as a finger on a sensor would. */
  async bringAuthenticator(): Promise<void> {
    const session = await this.context.newCDPSession(this.page)
    await session.send('WebAuthn.enable')
    await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
  }

  /** Presses a button or follows a link, and looks at where it leads. */
  async press(role: 'button' | 'link', name: string | RegExp): Promise<void> {
    await this.page.getByRole(role, { name }).first().click()
    await this.page.waitForLoadState()
    await this.look()
  }

  /**
   * No barrier (axe), nothing wider than the screen, no error. What was looked at once at this width is not looked at again;
   * a page whose job still runs asks again by itself and would leave while it is looked at; axe needs a script.
   */
  async look(state = ''): Promise<void> {
    const { page } = this
    const sight = await page.evaluate(() => ({
      tooWide: document.documentElement.scrollWidth - window.innerWidth,
      isRunning: document.querySelector('.refresh-notice') !== null,
      title: document.querySelector('h1')?.textContent ?? '',
    }))
    expect(sight.tooWide, `${page.url()} ${state} is wider than the screen`).toBeLessThanOrEqual(0)
    expect(this.#faults).toEqual([])
    const { pathname, search } = new URL(page.url())
    // The same page of another community is the same page.
    const address = `${pathname}${search}`.replace(/[0-9a-z]{26}/g, '-').replace(/^\/c\/[^/?]+/, '/c/-')
    const name = [page.viewportSize()?.width, address, sight.title, state].join(' ')
    if (sight.isRunning || SEEN.has(name) || this.#hasNoScript) return
    SEEN.add(name)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${page.url()} ${state}: ${id}: ${nodes[0]?.html}`)).toEqual([])
  }

  /** A picture of what they see, in the machine's temporary directory. */
  async photograph(name: string): Promise<void> {
    const directory = join(tmpdir(), 'mingzhang-e2e-pictures')
    mkdirSync(directory, { recursive: true })
    await this.page.screenshot({ path: join(directory, `${name}.png`) })
  }

  async leave(): Promise<void> {
    expect(this.#faults).toEqual([])
    await this.context.close()
  }
}

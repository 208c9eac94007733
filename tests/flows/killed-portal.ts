/**
 * A portal that is going to be killed: a community with receipts that wait for their review, the server as `npm start` runs
 * it, an officer who reviews them through its forms, and a look at what is stored while it is down.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { inject } from 'vitest'
import { civilDate, fen, toHex } from '#kernel'
import {
  checkLedger,
  draftVoucher,
  type LedgerCommunity,
  readCommunity,
  readVouchersAfter,
} from '#ledger/server'
import { totpStepAt } from '#people'
import { addKnownTotp, totpCodeAt } from '#people/server'
import { movableClock, type OpenPortal, openPortal, readSettings } from '#platform/process'
import { createGrowingTree, hashLeaf, type VerifierKey } from '#tlog'
import { checkLog, createLogKey, openLogSigner, openSignGuard } from '#tlog/server'
import { FACTOR_FIELDS } from '#ui'
import { readEntries } from '../../db/tlog.server.ts'
import { openSampleCommunity } from '../support/community.ts'
import type { DatabaseKind } from '../support/database.ts'
import { freePort } from '../support/free-port.ts'
import { type Answer, ask, sameOrigin } from '../support/http.ts'
import { createDatabase } from '../support/start-process.ts'

const SLUG = 'sample'
/** Of the reviewer's authenticator program. */
const SECRET = new Uint8Array(20).fill(7)
const REVIEWER = `${SLUG}-fuhe`
const OFFICE = `/c/${SLUG}/office`

/** A draft as its page showed it: the digest is what the reviewer agrees to. */
export interface WaitingDraft {
  readonly draftId: string
  readonly contentDigest: string
}

/** What the server said of a review: posted under this number, posted already, or nothing because it was gone. */
export type Reviewed =
  | { readonly kind: 'posted'; readonly draftId: string; readonly voucher: number }
  | { readonly kind: 'was-posted'; readonly draftId: string }
  | { readonly kind: 'unanswered'; readonly draftId: string }

/** What is stored, read without the server. */
export interface Found {
  /** Number of the voucher by its draft. */
  readonly voucherOf: ReadonlyMap<string, number>
  readonly numbers: readonly number[]
  /** What the re-derivers of the ledger and the log name. */
  readonly findings: readonly unknown[]
  /** Root of the log by its size, derived from the entries alone. */
  readonly roots: readonly string[]
  readonly key: VerifierKey
}

export interface KilledPortal {
  readonly env: NodeJS.ProcessEnv
  readonly port: number
  readonly drafts: readonly WaitingDraft[]
  /** Opens what is stored; the server must be down when the database is embedded. */
  look(tamper?: readonly string[]): Promise<Found>
  remove(): Promise<void>
}

async function draftReceipts(portal: OpenPortal, count: number): Promise<WaitingDraft[]> {
  const { bookkeeper, reviewer, community } = await openSampleCommunity(
    { ...portal, clock: movableClock(new Date()) },
    SLUG,
  )
  await createLogKey(portal)
  await addKnownTotp(portal, reviewer.userId, SECRET)
  const drafts: WaitingDraft[] = []
  for (let n = 0; n < count; n++) {
    const amountFen = fen(12_345n + BigInt(n))
    const drafted = await draftVoucher(portal, bookkeeper, community, {
      occurredOn: civilDate('2025-01-10'),
      narration: '收物业服务费',
      postings: [
        { fund: 'trust', account: '100201', side: 'debit', amountFen },
        { fund: 'trust', account: '410101', side: 'credit', amountFen },
      ],
      documents: [],
      bankLines: [],
      replaces: null,
    })
    if (!drafted.ok) throw new Error(drafted.error.code)
    drafts.push(drafted.value)
  }
  return drafts
}

async function readRoots(portal: OpenPortal, communityId: number): Promise<string[]> {
  const tree = createGrowingTree()
  const roots = [toHex(tree.root())]
  for (const { entry } of await readEntries(portal.db, communityId, 0, 10_000)) {
    tree.append(hashLeaf(entry))
    roots.push(toHex(tree.root()))
  }
  return roots
}

async function readFound(portal: OpenPortal, community: LedgerCommunity): Promise<Found> {
  const { communityId, logOrigin } = community
  const vouchers = await readVouchersAfter(portal.db, communityId, null, 10_000)
  const ledger = await checkLedger(portal, community)
  const { key } = await openLogSigner(portal, logOrigin)
  const log = await checkLog(portal.db, communityId, [key], await openSignGuard(portal).last(logOrigin))
  return {
    voucherOf: new Map(vouchers.map(({ draftId, key: { number } }) => [draftId, number])),
    numbers: vouchers.map(voucher => voucher.key.number),
    findings: [...ledger.findings, ...log],
    roots: await readRoots(portal, communityId),
    key,
  }
}

/** Prepares everything the rounds need, in a directory and a database of its own. */
export async function preparePortal(kind: DatabaseKind, drafts: number): Promise<KilledPortal> {
  const directory = mkdtempSync(join(tmpdir(), 'mingzhang-kill-'))
  const database = kind === 'native' ? await createDatabase(inject('nativeUrl')!, 'kill') : null
  const port = await freePort()
  const env: Record<string, string> & { readonly NODE_ENV: 'development' } = {
    PATH: process.env.PATH ?? '',
    HOME: directory,
    NODE_ENV: 'development',
    PORT: String(port),
    PORTAL_DATA: join(directory, 'data'),
    LOG_LEVEL: 'error',
    ...(database === null ? {} : { DATABASE_URL: database.url }),
  }
  const settings = readSettings({ ...env, LOG_LEVEL: 'silent' })
  if (!settings.ok) throw new Error('the settings of the test are good')
  const portal = await openPortal(settings.value)
  const waiting = await draftReceipts(portal, drafts)
  await portal.close()
  return {
    env,
    port,
    drafts: waiting,
    async look(tamper = []) {
      const opened = await openPortal(settings.value, { migrate: false })
      try {
        const community = await readCommunity(opened.db, SLUG)
        if (community === null) throw new Error('the community is there')
        await opened.db.transaction().execute(async tx => {
          for (const statement of tamper) await sql.raw(statement).execute(tx)
        })
        return await readFound(opened, community)
      } finally {
        await opened.close()
      }
    },
    async remove() {
      await database?.drop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** Sends a form as a browser does. */
function send(port: number, path: string, fields: URLSearchParams, cookie?: string): Promise<Answer> {
  return ask(port, path, {
    method: 'POST',
    headers: {
      ...sameOrigin(port),
      'Content-Type': 'application/x-www-form-urlencoded',
      ...(cookie === undefined ? {} : { Cookie: cookie }),
    },
    body: fields.toString(),
  })
}

function cookieOf(answer: Answer): string {
  const [cookie] = answer.headers['set-cookie'] ?? []
  if (answer.status !== 303 || cookie === undefined) throw new Error(`no session: ${answer.status}`)
  return cookie.split(';')[0]!
}

/** Hidden fields and buttons with a value in some HTML. */
function fieldsIn(html: string): URLSearchParams {
  const fields = [...html.matchAll(/<(?:input type="hidden"|button)[^>]* name="(\w+)" value="([^"]+)"/g)]
  return new URLSearchParams(fields.map(([, name, value]) => [name!, value!]))
}

/** The reviewer's cookie, as the two sign-in forms give it. It outlives the server: sessions are in the database. */
export async function signIn(port: number): Promise<string> {
  const password = { login: REVIEWER, password: `a long pass phrase of ${REVIEWER}` }
  const half = cookieOf(await send(port, '/sign-in', new URLSearchParams(password)))
  const { text } = await ask(port, '/sign-in/second', { headers: { Cookie: half } })
  const form = fieldsIn(text)
  form.set(FACTOR_FIELDS.code, totpCodeAt(SECRET, totpStepAt(new Date())))
  return cookieOf(await send(port, '/sign-in/second', form, half))
}

/** The form that the page of a draft offers the reviewer: its hidden fields, and the button. */
export async function readReviewForm(
  port: number,
  cookie: string,
  draftId: string,
): Promise<URLSearchParams> {
  const { status, text } = await ask(port, `${OFFICE}/drafts/${draftId}`, { headers: { Cookie: cookie } })
  const [form] = /<form method="post" class="agree-panel__agree">.*?<\/form>/s.exec(text) ?? []
  if (status !== 200 || form === undefined) throw new Error(`no review form: ${status}`)
  return fieldsIn(form)
}

/** Sends the review of a draft; `form` is any draft's form of this session, with this draft's digest put in. */
export async function review(
  port: number,
  cookie: string,
  form: URLSearchParams,
  { draftId, contentDigest }: WaitingDraft,
): Promise<Reviewed> {
  const body = new URLSearchParams(form)
  body.set('seen', contentDigest)
  const answer = await send(port, `${OFFICE}/drafts/${draftId}`, body, cookie).catch(() => null)
  if (answer === null) return { kind: 'unanswered', draftId }
  const posted = /\?posted=2025-(\d{4})$/.exec(answer.headers.location ?? '')
  if (answer.status === 303 && posted !== null) return { kind: 'posted', draftId, voucher: Number(posted[1]) }
  if (answer.status === 409) return { kind: 'was-posted', draftId }
  throw new Error(`a review was answered with ${answer.status}: ${answer.text.slice(0, 500)}`)
}

/** The log's newest checkpoint, as anybody gets it; null before the first. */
export async function readServedCheckpoint(port: number): Promise<string | null> {
  const { status, text } = await ask(port, `/c/${SLUG}/checkpoint`)
  return status === 200 ? text : null
}

/** A ballot's receipt: it opens, it is in the log, and whatever is changed in it is named. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { translate } from '#i18n'
import { type CanonicalValue, canonicalBytes, toBase64, toHex, utf8 } from '#kernel'
import { formatVkey } from '#tlog'
import { createLogSigner } from '#tlog/server'
import { verifyCommand } from '../../app/cli/verify.ts'
import { sortChosenFiles } from '../../app/routes/verify/browser/chosen-files.ts'
import type { SayVerdict } from '../../app/statements/present-document.ts'
import { verdictLines } from '../../app/statements/present-verdict.ts'
import { checkReceipt } from '../../app/statements/receipt.ts'
import { isReceiptFile, type Receipt } from '../../app/statements/receipt-shape.ts'
import { verifyChosenFiles } from '../../app/statements/verify-in-browser.ts'
import { commitBallot, encodeVoteLeaf } from '../../app/votes/leaf.ts'
import { fc, runs } from '../support/properties.ts'
import { createKeys, NOW, ORIGIN, proveInLog, VKEY } from './statement-world.ts'
import { POLL } from './vote-world.ts'

const TOKEN = '7zr5k0w3c9m1x8y2q4t6v8b0n2'
const SALT = Uint8Array.from({ length: 16 }, (_, index) => index * 7)
const ANSWERS = 'q1=FOR;q2=PLAN-A'
let receipt: Receipt
/** A second ballot of the same poll, also in the log. */
let other: Receipt

async function receiptOf(seq: number, answers: string): Promise<Receipt> {
  const cc = commitBallot({ poll: POLL, token: TOKEN, choice: answers, salt: SALT })
  const leaf = encodeVoteLeaf({
    v: 1,
    t: 'vote.ballot',
    log: ORIGIN,
    poll: POLL,
    seq,
    cc,
    channel: 'online',
    token: TOKEN,
  })
  const proof = await proveInLog(leaf)
  return {
    v: 1,
    community: 'demo',
    log: ORIGIN,
    poll: POLL,
    seq,
    unit: '1栋-1单元-101',
    answers,
    salt: toHex(SALT),
    token: TOKEN,
    leafIndex: 4,
    leaf: toBase64(leaf),
    proof,
  }
}

beforeAll(async () => {
  receipt = await receiptOf(7, ANSWERS)
  other = await receiptOf(8, 'q1=AGAINST')
})

const bytesOf = (changes: Partial<Receipt> = {}) => utf8(JSON.stringify({ ...receipt, ...changes }, null, 2))

function problems(bytes: Uint8Array, vkeys: readonly string[] = [VKEY]): string[] {
  const { verdict, facts } = checkReceipt(bytes, vkeys)
  const bad = facts.filter(fact => !fact.ok).map(fact => `${fact.name}/${fact.code}`)
  expect(verdict).toBe(bad.length === 0 ? 'valid' : 'invalid')
  return bad
}

describe('a receipt', () => {
  it('that nobody touched is valid in every fact', () => {
    expect(problems(bytesOf())).toEqual([])
    expect(checkReceipt(bytesOf(), [VKEY])).toMatchObject({
      kind: 'receipt',
      receipt: { answers: ANSWERS },
      log: { origin: ORIGIN, index: 4, size: 7 },
    })
  })

  it.each<[string, () => Partial<Receipt>, string[]]>([
    ['another answer', () => ({ answers: 'q1=AGAINST;q2=PLAN-A' }), ['opening/does-not-open']],
    ['another salt', () => ({ salt: 'ff'.repeat(16) }), ['opening/does-not-open']],
    ['another number', () => ({ seq: 8 }), ['ballot/other-ballot']],
    ['another token', () => ({ token: 'a'.repeat(26) }), ['ballot/other-ballot']],
    ['another poll', () => ({ poll: 'another' }), ['ballot/other-ballot']],
    ['another log', () => ({ log: 'log.example.org/c/other' }), ['ballot/other-ballot', 'log/other-log']],
    [
      "another ballot's leaf",
      () => ({ leaf: other.leaf }),
      ['ballot/other-ballot', 'opening/does-not-open', 'log/not-in-log'],
    ],
    ['a leaf that is none', () => ({ leaf: toBase64(utf8('{}')) }), ['ballot/malformed', 'log/not-in-log']],
    ['another place in the log', () => ({ leafIndex: 3 }), ['log/other-place']],
    ["another ballot's proof", () => ({ proof: other.proof }), ['log/not-in-log']],
    [
      'a checkpoint of another size',
      () => ({ proof: (receipt.proof ?? '').replace('\n7\n', '\n8\n') }),
      ['log/log-signature-invalid'],
    ],
    ['a proof that is none', () => ({ proof: 'x' }), ['log/proof-malformed']],
    ['no checkpoint yet', () => ({ proof: null }), ['log/not-published-yet']],
    ['a salt too short', () => ({ salt: 'ff' }), ['receipt/malformed']],
    ['a leaf that is no base64', () => ({ leaf: '*' }), ['receipt/malformed']],
  ])('with %s', (_, changes, expected) => {
    expect(problems(bytesOf(changes()))).toEqual(expected)
  })

  it('with a member more, or no JSON at all', () => {
    expect(problems(utf8(JSON.stringify({ ...receipt, note: 'x' })))).toEqual(['receipt/malformed'])
    expect(problems(utf8('{'))).toEqual(['receipt/malformed'])
    expect(problems(new Uint8Array([0x7b, 0xff]))).toEqual(['receipt/malformed'])
  })

  it('needs the key of its log', () => {
    expect(problems(bytesOf(), [])).toEqual(['log/no-log-key'])
    const stranger = formatVkey(createLogSigner(new Uint8Array(32).fill(8), ORIGIN).key)
    expect(problems(bytesOf(), [stranger])).toEqual(['log/log-signature-missing'])
  })

  it('any single character changed is noticed, unless it is of what only the owner reads', () => {
    const text = JSON.stringify(receipt)
    const owners = [JSON.stringify(receipt.unit), JSON.stringify(receipt.community)].map(value => ({
      from: text.indexOf(value),
      to: text.indexOf(value) + value.length,
    }))
    expect(problems(utf8(text))).toEqual([])
    fc.assert(
      fc.property(
        fc.nat({ max: text.length - 1 }),
        fc.constantFrom('0', 'a', 'Z', '=', '"'),
        (at, character) => {
          fc.pre(text[at] !== character && !owners.some(({ from, to }) => from <= at && at < to))
          const forged = text.slice(0, at) + character + text.slice(at + 1)
          expect(checkReceipt(utf8(forged), [VKEY]).verdict).toBe('invalid')
        },
      ),
      { numRuns: runs(300) },
    )
  })
})

const sayIn = (lang: 'zh-CN' | 'en'): SayVerdict => {
  const t = translate(lang) as (key: string, values?: Readonly<Record<string, string>>) => string
  return (key, values) => t(`verify.${key}`, values)
}

describe('in words', () => {
  it('it says which ballot, what it says, and that being counted is another matter', () => {
    const lines = verdictLines(checkReceipt(bytesOf(), [VKEY]), sayIn('zh-CN')).join('\n')
    expect(lines).toContain('这张票在透明日志里')
    expect(lines).toContain('q1：同意')
    expect(lines).toContain('q2：PLAN-A')
    expect(lines).toContain('这张票后来怎样计入')
    const english = verdictLines(checkReceipt(bytesOf({ answers: 'WITHDRAW' }), [VKEY]), sayIn('en')).join(
      '\n',
    )
    expect(english).toContain('earlier ballots are withdrawn')
    expect(english).toContain('it does not open')
  })
})

describe('in the browser', () => {
  const file = (text: Uint8Array, name: string) => new File([text.slice()], name)

  it('it is told from a list of corrections, and verified beside other files', async () => {
    const list = canonicalBytes({ v: 1, t: 'superseding-statements', entries: [] } as CanonicalValue)
    expect([isReceiptFile(bytesOf()), isReceiptFile(list), isReceiptFile(utf8('[]'))]).toEqual([
      true,
      false,
      false,
    ])
    const chosen = [file(bytesOf(), 'receipt.json'), file(list, 'list.json'), file(utf8('{}'), 'x.json')]
    const sorted = await sortChosenFiles(chosen)
    expect(sorted.statements.map(({ name }) => name)).toEqual(['receipt.json'])
    expect(sorted.lists.map(({ name }) => name)).toEqual(['list.json'])
    expect(sorted.problems).toEqual([{ name: 'x.json', problem: 'badList' }])
    const verifier = { trustAnchors: [createKeys().anchor], vkeys: [VKEY], say: sayIn('zh-CN') }
    const verified = await verifyChosenFiles([...sorted.statements, ...sorted.lists], verifier, NOW)
    expect(verified.map(({ name, report }) => [name, report.verdict])).toEqual([['receipt.json', 'valid']])
  })
})

describe('on the command line', () => {
  const out = vi.spyOn(process.stdout, 'write')
  afterEach(() => {
    out.mockReset()
  })

  it('a receipt is verified with the log key alone; a changed one is 1', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'mingzhang-receipt-'))
    const [good, bad] = [join(directory, 'good.json'), join(directory, 'bad.json')]
    writeFileSync(good, bytesOf())
    writeFileSync(bad, bytesOf({ answers: 'q1=AGAINST' }))
    const printed: string[] = []
    out.mockImplementation((text: unknown, done?: unknown) => {
      printed.push(String(text))
      if (typeof done === 'function') (done as () => void)()
      return true
    })
    expect(await verifyCommand([good, '--vkey', VKEY, '--json'])).toBe(0)
    expect(JSON.parse(printed.join(''))).toMatchObject({
      verdict: 'valid',
      kind: 'receipt',
      receipt: { seq: 7 },
    })
    expect(await verifyCommand([bad, '--vkey', VKEY, '--json'])).toBe(1)
  })
})

/** Every problem has words in both languages that name the place; and the command says them with the right exit code. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { bankProblemText } from '#i18n'
import { importCommand, runImportDryRun } from '../../../app/cli/import.ts'
import { bankImport as english } from '../../../app/i18n/en/bank-import.ts'
import { bankImport as chinese } from '../../../app/i18n/zh-cn/bank-import.ts'
import {
  BANK_PROBLEM_SEVERITY,
  type BankProblemCode,
  bankProblem,
} from '../../../app/ledger/bank-statement/bank-statement.ts'
import { AS_OF, csvOf, gb18030Of, PLAIN_HEADER, PLAIN_ROWS } from './making.ts'

const codes = Object.keys(BANK_PROBLEM_SEVERITY) as BankProblemCode[]

describe('words for problems', () => {
  it.each(codes)('%s', code => {
    const problem = bankProblem(code, { line: 8, column: '余额' })
    expect(bankProblemText(problem, '三月.csv', 'zh-CN')).toMatch(/^三月\.csv 第8行「余额」：.*。$/)
    expect(bankProblemText(problem, 'march.csv', 'en')).toMatch(/^march\.csv line 8, column "余额": .*[^{}]$/)
  })

  it('there is no word for a problem that does not exist', () => {
    const written = Object.keys(chinese).filter(key => key.startsWith('problem.'))
    expect(new Set(written)).toEqual(new Set(codes.map(code => `problem.${code}`)))
    expect(Object.keys(english)).toEqual(Object.keys(chinese))
  })

  it('what a stranger typed stays on one line and cannot speak to the terminal', () => {
    const problem = bankProblem(
      'amount-malformed',
      { line: 2 },
      { value: `\u001b[2J\n第9行\u202e${'9'.repeat(500)}` },
    )
    const text = bankProblemText(problem, 'a.csv', 'zh-CN')
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(text.length).toBeLessThan(220)
  })
})

describe('import --dry-run', () => {
  const directory = mkdtempSync(join(tmpdir(), 'bank-'))
  const put = (name: string, rows: readonly (readonly string[])[]) => {
    const path = join(directory, name)
    writeFileSync(path, gb18030Of(csvOf(rows)))
    return path
  }
  const good = put('good.csv', [['账号：4402010009200123456'], PLAIN_HEADER, ...PLAIN_ROWS])
  const held = put('held.csv', [PLAIN_HEADER, PLAIN_ROWS[0]!, PLAIN_ROWS[2]!])
  const bad = put('bad.csv', [
    PLAIN_HEADER,
    PLAIN_ROWS[0]!.with(0, '3/8/25'),
    PLAIN_ROWS[1]!.with(3, '1.005'),
  ])
  afterAll(() => rmSync(directory, { recursive: true }))
  afterEach(() => vi.restoreAllMocks())

  const run = async (...args: string[]) => {
    const [out, errors]: [string[], string[]] = [[], []]
    vi.spyOn(process.stdout, 'write').mockImplementation(((text: string, done?: () => void) => {
      out.push(text)
      done?.()
      return true
    }) as typeof process.stdout.write)
    vi.spyOn(process.stderr, 'write').mockImplementation(
      ((text: string) => errors.push(text) > 0) as typeof process.stderr.write,
    )
    const exit = await importCommand(args)
    return { exit, out: out.join(''), errors: errors.join('') }
  }

  it('reports a good file in fen as text', async () => {
    const { exit, out, errors } = await run(good, '--dry-run', '--json')
    expect([exit, errors]).toEqual([0, ''])
    expect(JSON.parse(out)).toEqual({
      files: [
        {
          file: good,
          layout: 'generic',
          bank: null,
          encoding: 'gb18030',
          mapping: null,
          outcome: 'accept',
          rows: 3,
          rows_in: 2,
          rows_out: 1,
          rows_neutral: 0,
          sum_in_fen: '519250',
          sum_out_fen: '3141438',
          sum_neutral_fen: '0',
          date_min: '2025-03-05',
          date_max: '2025-03-17',
          opening_fen: '5000000',
          closing_fen: '2377812',
          balance_chain_ok: true,
          posted_new: 0,
          already_there: 0,
          problems: [],
        },
      ],
    })
  })

  it('exits 1 for a held and a rejected file, with one error per line', async () => {
    const { exit, errors } = await run(good, held, bad, '--dry-run')
    expect(exit).toBe(1)
    const lines = errors.trimEnd().split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(/held\.csv:3: balance-break: .*余额不连续.* \/ .*does not follow/)
    expect(lines[1]).toMatch(/bad\.csv:2: date-ambiguous: /)
    expect(lines[2]).toMatch(/bad\.csv:3: amount-sub-fen: .*第3行.*小数/)
  })

  it('counts nothing of a rejected file', async () => {
    const { files } = await runImportDryRun([bad], { asOf: AS_OF })
    expect(files[0]).toMatchObject({
      outcome: 'reject',
      rows: 0,
      sum_in_fen: '0',
      date_min: null,
      balance_chain_ok: null,
    })
  })

  it('holds a statement of another account when one is named by its number', async () => {
    expect((await run(good, '--dry-run', '--account', '4402010009200123456')).exit).toBe(0)
    const { exit, errors } = await run(good, '--dry-run', '--account', '6222000000000000000')
    expect([exit, errors]).toEqual([1, expect.stringMatching(/good\.csv:1: account-mismatch: .*账号不一致/)])
    expect((await run(good, '--dry-run', '--account', '1002')).exit).toBe(0)
  })

  it('exits 2 for wrong use and for a file that is not there', async () => {
    for (const args of [[], ['--dry-run'], [good, '--dry-run', '--nonsense'], [good]])
      expect((await run(...args)).exit).toBe(2)
    const { exit, out } = await run(good, join(directory, 'none.csv'), '--dry-run', '--json')
    expect([exit, (JSON.parse(out) as { files: unknown[] }).files.length]).toEqual([2, 1])
  })
})

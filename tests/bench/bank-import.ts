/** Reading a large bank file, with its verdict, against csv-parse alone; and storing its lines against the reading. */
import { parse } from 'csv-parse/sync'
import {
  confirmBankImport,
  readBankImports,
  readBankStatementFile,
  uploadBankStatement,
} from '#ledger/server'
import { runNextJob } from '#platform/process'
import { jobHandlers } from '../../app/cli/job-handlers.ts'
import { AS_OF, csvOf, utf8Of } from '../ledger/bank-statement/making.ts'
import { SAMPLE_ACCOUNT_NUMBER } from '../support/community.ts'
import { type Comparison, timeInTurns, timeTogether } from './measure.ts'
import type { BenchWorld } from './world.ts'

const READ_ROWS = 50_000
const STORED_ROWS = 5_000

const yuanOf = (fen: number) => `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

/** An export of the first bank's corporate account, in which every line is one receipt and the balances chain. */
function bankFile(rows: number): Uint8Array {
  const header =
    '凭证号,本方账号,对方账号,交易时间,借/贷,借方发生额,贷方发生额,对方行号,摘要,用途,对方单位名称,余额,个性化信息'
  let balance = 10_000_000
  const lines = Array.from({ length: rows }, (_, index) => {
    const amount = 10_000 + (index % 997)
    balance += amount
    const second = index % 86_400
    const two = (value: number) => String(Math.trunc(value) % 60).padStart(2, '0')
    const day = String(1 + (Math.trunc(index / (rows / 28 + 1)) % 28)).padStart(2, '0')
    const hour = String(Math.trunc(second / 3600)).padStart(2, '0')
    const at = `2025-01-${day} ${hour}:${two(second / 60)}:${two(second)}`
    return [
      '000000000',
      SAMPLE_ACCOUNT_NUMBER,
      `62268874${String(index).padStart(8, '0')}`,
      at,
      '贷',
      '',
      yuanOf(amount),
      '',
      `物业费(${index})`,
      '物业费',
      '王某某',
      yuanOf(balance),
      '',
    ]
  })
  return utf8Of(`[HISTORYDETAIL]\r\n${csvOf([header.split(','), ...lines])}`)
}

async function runJobs(world: BenchWorld): Promise<void> {
  while (await runNextJob(world.portal, jobHandlers)) {
    // One job a call.
  }
}

async function storeFile(world: BenchWorld, bytes: Uint8Array): Promise<void> {
  const { portal, sample } = world
  const file = { account: '100201', name: 'bench.csv', bytes }
  const uploaded = await uploadBankStatement(portal, sample.bookkeeper, sample.community, file)
  if (!uploaded.ok) throw new Error(uploaded.error.code)
  await runJobs(world)
  const confirmed = await confirmBankImport(portal, sample.bookkeeper, sample.community, {
    importId: uploaded.value.importId,
    confirmsDiscrepancies: false,
    reason: '',
  })
  if (!confirmed.ok) throw new Error(confirmed.error.code)
  await runJobs(world)
  const [stored] = (await readBankImports(portal, sample.bookkeeper, sample.community, 1)) ?? []
  if (stored?.storedNew !== STORED_ROWS) throw new Error(`stored ${stored?.storedNew} of ${STORED_ROWS}`)
}

const perSecond = (rows: number, ms: number) =>
  `${Math.trunc((rows / ms) * 1000).toLocaleString('en')} rows/s`

export async function benchBankImport(world: BenchWorld): Promise<Comparison[]> {
  const large = bankFile(READ_ROWS)
  const reading = async () => {
    const { outcome, statement, problems } = await readBankStatementFile({
      name: 'bench.csv',
      bytes: large,
      asOf: AS_OF,
    })
    if (outcome !== 'accept' || statement?.lines.length !== READ_ROWS) {
      throw new Error(`${outcome} ${statement?.lines.length} ${JSON.stringify(problems.slice(0, 3))}`)
    }
  }
  const parsing = async () => {
    const rows = parse(Buffer.from(large), { relax_column_count: true }) as string[][]
    if (rows.length !== READ_ROWS + 2) throw new Error(`parsed ${rows.length}`)
  }
  const { oursMs, bareMs } = await timeInTurns(5, reading, parsing, 1)
  const small = bankFile(STORED_ROWS)
  const storingMs = await timeTogether(1, 1, () => storeFile(world, small))
  const readingShareMs = (oursMs * STORED_ROWS) / READ_ROWS
  return [
    {
      name: 'reading and judging a bank file',
      oursMs,
      bareMs,
      bare: 'csv-parse alone',
      timesAtMost: 6,
      note: perSecond(READ_ROWS, oursMs),
    },
    {
      name: 'importing it, stored and logged',
      oursMs: storingMs,
      bareMs: readingShareMs,
      bare: 'reading as many lines',
      timesAtMost: 20,
      note: perSecond(STORED_ROWS, storingMs),
    },
  ]
}

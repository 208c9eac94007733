/**
 * Lets hledger and beancount read the journals that `portal export` writes of the demo community, and compares every
 * account's balance with the portal's own JSON. Throws at the first disagreement, and when a judge is missing.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const BEANCOUNT = 'beancount==3.2.3'

function run(program: string, args: readonly string[], env: Record<string, string> = {}): string {
  return execFileSync(program, [...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** A Python of its own with beancount in it, made once below .cache. */
function beancountPython(): string {
  const directory = join(ROOT, '.cache', 'beancount')
  const python = join(directory, 'bin', 'python')
  if (!existsSync(python)) run('python3', ['-m', 'venv', directory])
  run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', BEANCOUNT])
  return python
}

type Balances = Readonly<Record<string, string>>

/** hledger's own balances, in fen: `"account","CNY 12.34"` lines of its CSV. */
function hledgerBalances(file: string): Balances {
  const csv = run('hledger', ['-f', file, 'balance', '--flat', '--no-total', '--empty', '-O', 'csv'])
  const rows = [...csv.matchAll(/^"([^"]+)","(?:CNY )?(-?)(?:CNY )?([\d,]*)\.?(\d*)"$/gm)]
  return Object.fromEntries(
    rows.map(([, account, sign, yuan, cents]) => {
      const fen =
        BigInt(yuan!.replaceAll(',', '') || '0') * 100n + BigInt((cents ?? '').padEnd(2, '0') || '0')
      return [account!, String(sign === '-' ? -fen : fen)]
    }),
  )
}

function compare(judge: string, own: Balances, theirs: Balances): string {
  const accounts = [...new Set([...Object.keys(own), ...Object.keys(theirs)])].sort()
  if (accounts.length < 10) throw new Error(`${judge}: only ${accounts.length} accounts were compared`)
  for (const account of accounts) {
    const [a, b] = [own[account] ?? '0', theirs[account] ?? '0']
    if (a !== b) throw new Error(`${judge}: ${account}: the portal says ${a}, ${judge} says ${b}`)
  }
  return `${judge} agrees on ${accounts.length} accounts`
}

/** Seeds a demo, exports it, and lets both judges look; then again with one amount changed, which both must notice. */
export async function judgeJournals(): Promise<readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'mingzhang-journals-'))
  const env = { PORTAL_DATA: join(directory, 'data'), DATABASE_URL: '', NODE_ENV: 'development' }
  const portal = (...args: string[]) => run('npm', ['run', '-s', 'portal', '--', ...args], env)
  try {
    const python = beancountPython()
    portal('demo')
    const file = (format: string) => join(directory, `demo.${format}`)
    for (const format of ['json', 'beancount', 'hledger']) {
      portal('export', '--community', 'demo', '--format', format, '--out', file(format))
    }
    const exported = JSON.parse(readFileSync(file('json'), 'utf8')) as {
      balances: { account: string; balanceFen: string }[]
    }
    const own = Object.fromEntries(exported.balances.map(({ account, balanceFen }) => [account, balanceFen]))
    const beancount = (path: string) =>
      JSON.parse(run(python, ['tests/conformance/beancount-balances.py', path])) as Balances
    const said = [
      compare('hledger', own, hledgerBalances(file('hledger'))),
      compare('beancount', own, beancount(file('beancount'))),
    ]
    // Without its last entry the journal is still well formed, and must no longer agree.
    const entries = readFileSync(file('hledger'), 'utf8').trimEnd().split('\n\n')
    const tampered = `${entries.slice(0, -1).join('\n\n')}\n`
    writeFileSync(file('tampered'), tampered)
    let isNoticed = false
    try {
      compare('hledger', own, hledgerBalances(file('tampered')))
    } catch {
      isNoticed = true
    }
    if (!isNoticed) throw new Error('hledger did not notice a changed journal')
    return [...said, 'a changed journal is noticed']
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

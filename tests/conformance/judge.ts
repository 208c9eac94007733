/** Running outside judges: programs of other people. One that is not installed is a failure, never a skip. */
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { assert } from '#kernel'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const CACHE = join(ROOT, '.cache/conformance')

export interface Verdict {
  readonly code: number
  readonly out: string
  readonly errors: string
  /** Both, as a person would see them. */
  readonly text: string
}

/** Runs a program; its exit code and what it printed. Throws when it is not installed. */
async function runProgram(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Verdict> {
  try {
    const { stdout, stderr } = await run(program, args, { maxBuffer: 64_000_000, cwd: ROOT, env })
    return { code: 0, out: stdout, errors: stderr, text: `${stdout}${stderr}` }
  } catch (problem) {
    const failed = problem as { code?: number | string; stdout?: string; stderr?: string }
    assert(failed.code !== 'ENOENT', `the judge ${program} is installed`)
    const [out, errors] = [failed.stdout ?? '', failed.stderr ?? '']
    return { code: Number(failed.code ?? 1), out, errors, text: `${out}${errors}` }
  }
}

/** Lets a judge look. */
export function judge(program: string, ...args: string[]): Promise<Verdict> {
  return runProgram(program, args)
}

/** Runs a command of the portal's own command line on the settings given. */
export function portalCommand(
  settings: Readonly<Record<string, string>>,
  ...args: string[]
): Promise<Verdict> {
  const main = join(ROOT, 'app/cli/main.ts')
  return runProgram(process.execPath, ['--import', 'tsx', main, ...args], { ...process.env, ...settings })
}

/** The `bin` directory of a Python with these packages (exact versions), installed once below `.cache`. */
export function pythonWith(...packages: readonly string[]): string {
  const venv = join(CACHE, packages[0]!.split('==')[0]!)
  const bin = join(venv, 'bin')
  const stamp = join(venv, packages.join(' '))
  if (!existsSync(stamp)) {
    rmSync(venv, { recursive: true, force: true })
    mkdirSync(CACHE, { recursive: true })
    execFileSync('python3', ['-m', 'venv', venv])
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]
    execFileSync(join(bin, 'python'), install, { stdio: ['ignore', 'ignore', 'inherit'] })
    writeFileSync(stamp, '')
  }
  return bin
}

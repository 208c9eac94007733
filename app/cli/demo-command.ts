/**
 * `demo [--json]`: seeds the demo community without a server running; does nothing when it is there. `demo --code LOGIN` prints
 * the code that this demo officer's authenticator shows now, also while a server runs.
 */
import { base32Of } from '#people'
import { systemClock } from '#platform/process'
import {
  type ExitCode,
  inBothLanguages,
  jsonText,
  print,
  readArguments,
  WrongUse,
  withPortal,
} from './command-line.ts'
import { demoState, seedDemo } from './demo.ts'
import {
  DEMO_OFFICERS,
  DEMO_OWNERS,
  DEMO_PASSWORD,
  DEMO_SECOND_OWNER,
  DEMO_SIGN_INS,
  DEMO_SLUG,
  demoCode,
  demoTotpSecret,
} from './demo-officers.ts'

/** Runs the command; resolves to the exit code. */
export async function demoCommand(args: string[]): Promise<ExitCode> {
  const { values } = readArguments(args, {
    json: { type: 'boolean', default: false },
    code: { type: 'string' },
  })
  if (values.code !== undefined) {
    await print(demoCode(values.code, systemClock.now()))
    return 0
  }
  return withPortal(async portal => {
    const state = await demoState(portal)
    if (state === 'partial')
      throw new WrongUse('cli.demoPartial', { directory: portal.settings.dataDirectory })
    const isThere = state === 'complete'
    if (!isThere) await seedDemo(portal, month => void process.stderr.write(`${month}\n`))
    if (values.json) {
      const officers = DEMO_OFFICERS.map(({ login, name, role }) => ({
        login,
        name,
        role,
        password: DEMO_PASSWORD,
        totp: base32Of(demoTotpSecret(login)),
      }))
      const owners = DEMO_OWNERS.map(({ login, title }) => ({ login, title, password: DEMO_PASSWORD }))
      await print(jsonText({ slug: DEMO_SLUG, seeded: !isThere, officers, owners }))
      return 0
    }
    await print(inBothLanguages(isThere ? 'cli.demoExists' : 'cli.demoSeeded'))
    for (const { login, name } of DEMO_SIGN_INS) {
      await print(`${login}\t${DEMO_PASSWORD}\t${base32Of(demoTotpSecret(login))}\t${name}`)
    }
    for (const { login, title } of [...DEMO_OWNERS, DEMO_SECOND_OWNER])
      await print(`${login}\t${DEMO_PASSWORD}\t-\t${title}`)
    await print(inBothLanguages('cli.demoCodes'))
    return 0
  })
}

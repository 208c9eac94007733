/** A small tree in which every rule is broken once: the rules' own test writes it to a temporary directory. Nothing here runs. */

interface Plant {
  readonly file: string
  readonly text: string
}

const ROOMS = [
  'kernel',
  'tlog',
  'tables',
  'people',
  'ledger',
  'votes',
  'statements',
  'archive',
  'oversight',
  'council',
  'search',
  'voice',
  'projects',
]
const PACKAGES = [
  'kysely',
  'postgres',
  'pkijs',
  '@noble/hashes',
  '@noble/curves',
  'react',
  'csv-parse',
  'left-pad',
  'vitest',
]

function packageFiles(name: string): [string, string][] {
  const manifest = { name, version: '1.0.0', type: 'module', main: 'index.js' }
  return [
    [`node_modules/${name}/package.json`, JSON.stringify(manifest)],
    [`node_modules/${name}/index.js`, 'export const x = 1\n'],
  ]
}

const doors = [
  ...ROOMS.flatMap(room => [
    [`#${room}`, `./app/${room}/index.ts`],
    [`#${room}/server`, `./app/${room}/index.server.ts`],
  ]),
  ['#platform', './app/platform/index.server.ts'],
  ['#platform/process', './app/platform/process.server.ts'],
  ['#ui', './app/ui/index.ts'],
  ['#i18n', './app/i18n/index.ts'],
  ['#db', './db/index.server.ts'],
]

/** Files without a fault: doors, packages, and one good use of each freedom that the rules leave. */
export const CLEAN: Readonly<Record<string, string>> = Object.fromEntries([
  [
    'package.json',
    JSON.stringify({
      name: 'planted',
      type: 'module',
      imports: Object.fromEntries(doors),
      dependencies: Object.fromEntries(
        PACKAGES.filter(name => name !== 'left-pad' && name !== 'vitest').map(name => [name, '1.0.0']),
      ),
      devDependencies: { vitest: '1.0.0' },
    }),
  ],
  ['tsconfig.json', JSON.stringify({ compilerOptions: { module: 'ESNext', moduleResolution: 'Bundler' } })],
  ...PACKAGES.flatMap(packageFiles),
  ...doors.map(([, path]) => [path!.slice(2), 'export const x = 1\n']),
  ['app/kernel/digest.ts', `import { x } from '@noble/hashes'\nexport const y = x\n`],
  ['app/kernel/group.ts', `import { x } from '@noble/curves'\nexport const y = x\n`],
  ['app/statements/cms.ts', `import { x } from 'pkijs'\nexport const y = x\n`],
  [
    'app/ledger/post.server.ts',
    `import { x } from '#db'\nimport { x as k } from '#kernel'\nexport const y = x + k\n`,
  ],
  [
    'app/routes/good.tsx',
    `import { x } from '#ledger/server'\nimport { x as u } from '#ui'\nexport const y = x + u\n`,
  ],
  ['db/people.server.ts', `import type { x } from '#people'\nexport type Y = typeof x\n`],
  ['migrations/1.ts', `import { x } from 'kysely'\nexport const y = x\n`],
  ['tests/support/thing.ts', `import { x } from 'vitest'\nexport const y = x\n`],
  ['app/ledger/posting.ts', 'export const x = 1\n'],
  ['app/cli/main.ts', `import { x } from '#platform/process'\nexport const y = x\n`],
])

const importing = (what: string) => `import { x } from '${what}'\nexport const y = x\n`

/** A stranger for each folder: something that no file of it may know. */
const STRANGERS: Readonly<Record<string, string>> = {
  kernel: '#people',
  tlog: '#people',
  tables: '#people',
  people: '#ledger',
  ledger: '#votes',
  votes: '#ledger',
  council: '#ledger',
  statements: '#ui',
  archive: '#people',
  voice: '#statements',
  projects: '#statements',
  search: '#archive',
  oversight: '#ui',
  platform: '#ledger',
  i18n: '#ui',
  ui: '#platform',
}

const neighbours = Object.entries(STRANGERS).flatMap(([folder, stranger]): [string, Plant][] => [
  [`${folder}-knows-its-neighbours`, { file: `app/${folder}/stranger.ts`, text: importing(stranger) }],
  [
    `${folder}-server-knows-its-neighbours`,
    { file: `app/${folder}/stranger.server.ts`, text: importing(stranger) },
  ],
])

/** By the name of the rule, a file that breaks it. */
export const PLANTS: Readonly<Record<string, Plant>> = {
  'no-circular': { file: 'app/cli/round.ts', text: `${importing('./round.ts')}export const x = 1\n` },
  'no-unresolvable': { file: 'app/cli/nowhere.ts', text: importing('./not-there.ts') },
  'nothing-imports-tests': { file: 'app/cli/tested.ts', text: importing('../../tests/support/thing.ts') },
  'no-dead-files': { file: 'app/people/dead.ts', text: 'export const x = 1\n' },
  'packages-are-declared': { file: 'db/undeclared.server.ts', text: importing('left-pad') },
  'no-development-package-at-run-time': { file: 'app/cli/development.ts', text: importing('vitest') },
  'pure-stays-pure': { file: 'app/ledger/impure.ts', text: importing('./post.server.ts') },
  'pure-no-core': { file: 'app/people/core.ts', text: importing('node:fs') },
  'pure-takes-no-package': { file: 'app/votes/package.ts', text: importing('csv-parse') },
  'digest-takes-noble-only': { file: 'app/kernel/digest.ts', text: importing('pkijs') },
  'group-takes-curves-only': { file: 'app/kernel/group.ts', text: importing('@noble/hashes') },
  'cms-takes-its-packages-only': { file: 'app/statements/cms.ts', text: importing('csv-parse') },
  'enter-by-the-door': { file: 'app/statements/inside.ts', text: importing('../ledger/posting.ts') },
  'enter-by-the-door-from-outside': {
    file: 'db/inside.server.ts',
    text: `import type { x } from '../app/ledger/posting.ts'\nexport type Y = typeof x\n`,
  },
  'door-not-relative': { file: 'app/votes/relative.ts', text: importing('../kernel/index.ts') },
  'processes-by-their-own-door': { file: 'app/routes/process.ts', text: importing('#platform/process') },
  'database-by-the-door': {
    file: 'app/ledger/relative.server.ts',
    text: importing('../../db/index.server.ts'),
  },
  ...Object.fromEntries(neighbours),
  'sql-lives-in-db': { file: 'app/ledger/sql.server.ts', text: importing('kysely') },
  'pages-and-commands-do-no-sql': { file: 'app/routes/sql.server.ts', text: importing('#db') },
  'db-takes-types-only': { file: 'db/ledger.server.ts', text: importing('#ledger') },
  'migrations-are-frozen': { file: 'migrations/2.ts', text: importing('#kernel') },
  'ui-never-server': { file: 'app/ui/server.tsx', text: importing('#ledger/server') },
  'pages-take-few-packages': { file: 'app/routes/heavy.tsx', text: importing('csv-parse') },
  'pages-and-commands-apart': {
    file: 'app/routes/command.ts',
    text: `import { y } from '../cli/main.ts'\nexport const z = y\n`,
  },
}

/** Who may import whom, as rules of dependency-cruiser. Each comment tells the author what to do instead. Never weakened for one file. */
import type { IForbiddenRuleType } from 'dependency-cruiser'

const ROOMS = [
  'kernel',
  'tlog',
  'tables',
  'people',
  'ledger',
  'votes',
  'council',
  'statements',
  'archive',
  'voice',
  'search',
  'oversight',
  'projects',
] as const
const PURE_ROOMS = [
  'kernel',
  'tlog',
  'tables',
  'people',
  'ledger',
  'votes',
  'statements',
  'archive',
  'search',
  'oversight',
  'voice',
  'council',
  'projects',
]
const IN_A_ROOM = `^app/(${PURE_ROOMS.join('|')})/`
const SERVER = '[.]server[.]tsx?$'
/** What opens, serves and ends a portal: a door of its own, for processes. */
const PROCESS_DOOR = '^app/platform/process[.]server[.]ts$'
/** The two doors of a room, the shelves of `ui` that other pages do not load (the officers' two, and those of the larger rooms), and the door of processes. */
const DOOR = `/index([.]server)?[.]ts$|^app/ui/(office|desk|votes|council|voice|projects|points)/index[.]ts$|${PROCESS_DOOR}`
/** The one file that reads CMS and certificates, and the two that hash and commit: the only pure files with a package. */
const CMS_FILE = '^app/statements/cms[.]ts$'
const DIGEST_FILE = '^app/kernel/digest[.]ts$'
const GROUP_FILE = '^app/kernel/group[.]ts$'

/** Files that wait for their first caller: witnesses of other organisations, who cosign the log. */
const AWAITED = '^app/tlog/witness[.]ts$'
/** Where the product begins: pages, commands, the build, processes of their own. */
const ENTRIES =
  '^remix[.]config[.]js$|^app/(root|entry[.](server|client))[.]tsx$|^app/routes/|^app/cli/(build|main|start)[.]ts$|-worker[.]server[.]ts$|[.]worker[.]ts$|/browser/[^/]+[.]ts$'

/** What a room's pure files and its server files may know beside themselves. */
const NEIGHBOURS: Readonly<Record<string, { pure: readonly string[]; server: readonly string[] }>> = {
  kernel: { pure: [], server: [] },
  tlog: { pure: ['kernel'], server: ['platform'] },
  tables: { pure: ['kernel'], server: [] },
  people: { pure: ['kernel', 'tables'], server: ['platform', 'tlog'] },
  ledger: { pure: ['kernel', 'tables', 'people'], server: ['platform', 'tlog'] },
  votes: { pure: ['kernel', 'people'], server: ['platform', 'tlog'] },
  council: { pure: ['kernel', 'people', 'votes'], server: ['platform', 'tlog'] },
  statements: { pure: ['kernel', 'tlog', 'people', 'ledger', 'votes', 'council'], server: ['platform'] },
  archive: { pure: ['kernel', 'tlog', 'ledger', 'votes', 'statements'], server: ['platform'] },
  voice: { pure: ['kernel', 'people'], server: ['platform', 'tlog', 'ledger', 'votes', 'council'] },
  projects: {
    pure: ['kernel', 'people'],
    server: ['platform', 'tlog', 'votes', 'voice'],
  },
  search: {
    pure: ['kernel'],
    server: ['platform', 'tlog', 'people', 'ledger', 'votes', 'council', 'voice', 'projects'],
  },
  oversight: {
    pure: ['kernel', 'people', 'ledger', 'votes', 'council', 'statements', 'archive', 'voice'],
    server: ['platform', 'tlog'],
  },
  platform: { pure: ['kernel'], server: [] },
  i18n: { pure: ['kernel'], server: [] },
  ui: { pure: [...ROOMS, 'i18n'], server: [] },
}

function neighbourRules(): IForbiddenRuleType[] {
  return Object.entries(NEIGHBOURS).flatMap(([folder, { pure, server }]) => {
    const known = [folder, ...pure]
    const rule = (name: string, allowed: readonly string[], files: object): IForbiddenRuleType => ({
      name,
      severity: 'error',
      comment: `${folder} may know ${allowed.join(', ')} only: move what is shared into the kernel, or let a room further up (or a route) join the two.`,
      from: { path: `^app/${folder}/`, ...files },
      to: { path: '^app/', pathNot: `^app/(${allowed.join('|')})/` },
    })
    return [
      rule(`${folder}-knows-its-neighbours`, known, { pathNot: SERVER }),
      rule(`${folder}-server-knows-its-neighbours`, [...known, ...server], {
        path: `^app/${folder}/.*${SERVER}`,
      }),
    ]
  })
}

const PURITY: IForbiddenRuleType[] = [
  {
    name: 'pure-stays-pure',
    severity: 'error',
    comment:
      'A file without .server in its name runs in the browser as well: pass the value in, or move the reading into a .server file.',
    from: { path: IN_A_ROOM, pathNot: SERVER },
    to: { path: [SERVER, '^db/'] },
  },
  {
    name: 'pure-no-core',
    severity: 'error',
    comment:
      'Pure files use no node:* module: Uint8Array and the kernel serve instead; IO belongs into a .server file.',
    from: { path: [IN_A_ROOM, '^app/(ui|i18n)/'], pathNot: SERVER },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'pure-takes-no-package',
    severity: 'error',
    comment:
      'Pure files of a room import no package: use it in a .server file, or ask the kernel. (digest.ts, group.ts and cms.ts have theirs.)',
    from: { path: [IN_A_ROOM, '^app/i18n/'], pathNot: [SERVER, DIGEST_FILE, GROUP_FILE, CMS_FILE] },
    to: { path: 'node_modules/' },
  },
  {
    name: 'digest-takes-noble-only',
    severity: 'error',
    comment: 'The kernel hashes and checks signatures with @noble; it takes no other package.',
    from: { path: DIGEST_FILE },
    to: { path: 'node_modules/', pathNot: 'node_modules/@noble/' },
  },
  {
    name: 'group-takes-curves-only',
    severity: 'error',
    comment: 'Commitments are made on the curves of @noble/curves; hashing is the matter of digest.ts.',
    from: { path: GROUP_FILE },
    to: { path: 'node_modules/', pathNot: 'node_modules/@noble/curves/' },
  },
  {
    name: 'cms-takes-its-packages-only',
    severity: 'error',
    comment:
      'The verifier in the browser has a size limit: cms.ts takes pkijs, asn1js and fflate, no other package.',
    from: { path: CMS_FILE },
    to: { path: 'node_modules/', pathNot: 'node_modules/(pkijs|asn1js|fflate)/' },
  },
]

const DOORS: IForbiddenRuleType[] = [
  {
    name: 'enter-by-the-door',
    severity: 'error',
    comment:
      'Other folders of app are entered by their door (#ledger, #ledger/server): export the name there if it is part of the API.',
    from: { path: '^app/([^/]+)/' },
    to: { path: '^app/[^/]+/', pathNot: ['^app/$1/', DOOR] },
  },
  {
    name: 'enter-by-the-door-from-outside',
    severity: 'error',
    comment: 'Queries and the root of the app enter a room by its door, too.',
    from: { path: ['^db/', '^app/[^/]+$'] },
    to: { path: '^app/[^/]+/', pathNot: [DOOR, '[.]css$'] },
  },
  {
    name: 'door-not-relative',
    severity: 'error',
    comment:
      'Write the alias (#ledger) and not a relative path to a door, so that the list of doors in package.json stays true.',
    from: { path: '^app/([^/]+)/' },
    to: { path: '^app/[^/]+/', pathNot: '^app/$1/', dependencyTypesNot: ['aliased-subpath-import'] },
  },
  {
    name: 'processes-by-their-own-door',
    severity: 'error',
    comment:
      'Opening, serving and ending a portal is for commands: a use case takes its portal as a parameter, a page takes currentPortal() of #platform.',
    from: { path: ['^app/', '^db/', '^migrations/'], pathNot: '^app/(cli|platform)/' },
    to: { path: PROCESS_DOOR },
  },
  {
    name: 'database-by-the-door',
    severity: 'error',
    comment: 'The database is entered by #db or #db/<room>.',
    from: { path: '^app/' },
    to: { path: '^db/', dependencyTypesNot: ['aliased-subpath-import'] },
  },
]

const SQL: IForbiddenRuleType[] = [
  {
    name: 'sql-lives-in-db',
    severity: 'error',
    comment:
      'SQL is written in db/<room>.server.ts, in a function named by its intention; a use case calls it with its transaction.',
    from: { path: '^app/' },
    to: { path: 'node_modules/(kysely|postgres|@electric-sql)/' },
  },
  {
    name: 'pages-and-commands-do-no-sql',
    severity: 'error',
    comment:
      'Routes, commands and components parse, ask a room, answer: move the reading into a use case behind a server door.',
    from: { path: ['^app/(routes|cli|ui|i18n)/', '^app/[^/]+$'] },
    to: { path: '^db/' },
  },
  {
    name: 'db-takes-types-only',
    severity: 'error',
    comment:
      'Queries decide nothing: import types of a room (import type), values only of the kernel; the decision belongs to the room.',
    from: { path: '^db/' },
    to: { path: '^app/', pathNot: '^app/kernel/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'migrations-are-frozen',
    severity: 'error',
    comment: 'A migration imports kysely only: what it would import may change, and the migration may not.',
    from: { path: '^migrations/' },
    to: { pathNot: 'node_modules/kysely/' },
  },
]

const PAGES: IForbiddenRuleType[] = [
  {
    name: 'ui-never-server',
    severity: 'error',
    comment: 'Components are drawn in the browser, too: take the value as a property; the route loads it.',
    from: { path: '^app/(ui|i18n)/' },
    to: { path: SERVER },
  },
  {
    name: 'pages-take-few-packages',
    severity: 'error',
    comment:
      'What a page imports, every phone downloads: react, @remix-run, zod and the QR drawer only; heavier work belongs to a server door.',
    from: { path: ['^app/(routes|ui)/', '^app/root[.]tsx$'] },
    to: {
      path: 'node_modules/',
      pathNot:
        'node_modules/(react|react-dom|@types/react|@types/react-dom|@remix-run/(node|react)|zod|qrcode-generator)/',
    },
  },
  {
    name: 'pages-and-commands-apart',
    severity: 'error',
    comment: 'Routes and commands are two thin ends: what both need is a use case of a room.',
    from: { path: '^app/(routes|cli)/' },
    to: { path: '^app/(routes|cli)/', pathNot: '^app/$1/' },
  },
]

const EVERYWHERE: IForbiddenRuleType[] = [
  {
    name: 'no-circular',
    severity: 'error',
    comment:
      'Two files that import each other are one file, or a third one is hidden in them: find it, or pass a function.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-unresolvable',
    severity: 'error',
    comment:
      'This import leads nowhere: the path is misspelled, or the door is missing in package.json "imports".',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'nothing-imports-tests',
    severity: 'error',
    comment: 'Move what the product needs out of tests/.',
    from: { pathNot: '^tests/' },
    to: { path: '^tests/' },
  },
  {
    name: 'no-dead-files',
    severity: 'error',
    comment: 'No page, command or process comes to this file (a test does not count): delete it, or use it.',
    from: { path: ENTRIES },
    to: { path: '^(app|db)/', pathNot: ['[.]d[.]ts$', ENTRIES, AWAITED], reachable: false },
  },
  {
    name: 'packages-are-declared',
    severity: 'error',
    comment:
      'The package comes along with another one and may leave with it: add it to package.json with its exact version.',
    from: { path: '^(app|db|migrations|tests)/' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
  {
    name: 'no-development-package-at-run-time',
    severity: 'error',
    comment:
      'A machine that runs the portal has no devDependencies: move the package to "dependencies" or the code to tests/.',
    from: { path: '^(app|db|migrations)/' },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
]

export const RULES: readonly IForbiddenRuleType[] = [
  ...EVERYWHERE,
  ...PURITY,
  ...DOORS,
  ...neighbourRules(),
  ...SQL,
  ...PAGES,
]

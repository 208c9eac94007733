/**
 * The house style as checks of a source file: each names what is wrong, where, and what to do instead. It judges texts that
 * are handed to it and reads no file, so that every check can be shown to fire on a planted line.
 */
import ts from 'typescript'
import { hardCodedIn } from '../i18n/sources.ts'

export interface Fault {
  readonly line: number
  readonly found: string
}

export interface Check {
  readonly name: string
  /** What the author should do. */
  readonly instead: string
  /** The files it looks at. */
  readonly of: (file: string) => boolean
  readonly find: (source: Source) => readonly Fault[]
}

export interface Source {
  readonly file: string
  readonly text: string
  /** Parsed when it is TypeScript. */
  readonly tree: ts.SourceFile | null
}

export function sourceOf(file: string, text: string): Source {
  const tree = /\.tsx?$/.test(file) ? ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true) : null
  return { file, text, tree }
}

const ROOM =
  /^app\/(kernel|tlog|tables|people|ledger|votes|statements|archive|oversight|search|council|voice|projects)\//
const FUNCTION_LINES = 70
const ROUTE_LINES = 150

const isTypeScript = (file: string) => /\.tsx?$/.test(file)
const inProduct = (file: string) => /^(app|db|migrations)\//.test(file) && isTypeScript(file)
const isSource = (file: string) => /^(app|db|migrations|tests)\//.test(file) && isTypeScript(file)
const isTest = (file: string) => /^tests\/.*\.test\.tsx?$/.test(file)

/** Nodes for which the visitor gives words. */
function nodes(source: Source, look: (node: ts.Node, tree: ts.SourceFile) => string | null): Fault[] {
  const { tree } = source
  if (tree === null) return []
  const faults: Fault[] = []
  const visit = (node: ts.Node): void => {
    const found = look(node, tree)
    if (found !== null) faults.push({ line: lineOf(tree, node.getStart(tree)), found })
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return faults
}

function lines(source: Source, pattern: RegExp): Fault[] {
  return source.text.split('\n').flatMap((text, index) => {
    const found = pattern.exec(text)
    return found === null ? [] : [{ line: index + 1, found: found[0] }]
  })
}

const lineOf = (tree: ts.SourceFile, position: number) =>
  tree.getLineAndCharacterOfPosition(position).line + 1

/** `Date.now` of `Date.now()`, `new Date` of `new Date()`; null for anything but a call or a bare `new`. */
function calledName(node: ts.Node, tree: ts.SourceFile): string | null {
  if (ts.isNewExpression(node) && !node.arguments?.length) return `new ${node.expression.getText(tree)}`
  return ts.isCallExpression(node) ? node.expression.getText(tree) : null
}

function calls(...names: readonly string[]): Check['find'] {
  return source =>
    nodes(source, (node, tree) => {
      const name = calledName(node, tree)
      const isBanned = name !== null && names.some(banned => name === banned || name.endsWith(`.${banned}`))
      return isBanned ? `${name}()` : null
    })
}

const MONEY_WORD = /fen|yuan|amount|balance|money|turnover|area|share/i

/** A conversion to a float of something that is called like money or area. */
function moneyConversion(node: ts.Node, tree: ts.SourceFile): string | null {
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.PlusToken) {
    const operand = node.operand.getText(tree)
    return MONEY_WORD.test(operand) ? `+${operand}` : null
  }
  if (
    !ts.isCallExpression(node) ||
    !/^(Number|parseInt|Number\.parseInt)$/.test(node.expression.getText(tree))
  )
    return null
  const text = node.getText(tree)
  return MONEY_WORD.test(text) ? text : null
}

function longFunctions(source: Source): Fault[] {
  return nodes(source, (node, tree) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return null
    const count = lineOf(tree, node.getEnd()) - lineOf(tree, node.getStart(tree)) + 1
    const name = node.name?.getText(tree) ?? 'a function'
    return count > FUNCTION_LINES ? `${name} has ${count} lines` : null
  })
}

function isExported(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) && !!ts.getModifiers(node)?.some(m => m.kind === ts.SyntaxKind.ExportKeyword)
  )
}

const EMPTY_VERB = /^(get|fetch|handle|process|manage|do)(?=[A-Z])/

/** The pages of one owner: nobody else sees them. */
const OWNERS_PAGE =
  /^app\/routes\/c\.\$slug\.(me|votes\.\$poll\.(mine|cast|withdraw|receipts\..*)|council\.meetings\.\$meeting\.sign-in|ask\.(new|spend|own|similar|\$case\.(own|service)|survey\.\$survey\.answer)|projects\.(new|\$proposal\.own)|points\.own)\.tsx?$/

/** Loaders and actions that never ask who is there. */
function unguarded(source: Source, asks = /\b(enterOffice|requireActor)\(/): Fault[] {
  return nodes(source, (node, tree) => {
    if (!ts.isFunctionDeclaration(node) || !isExported(node)) return null
    const name = node.name?.text ?? ''
    if (name !== 'loader' && name !== 'action') return null
    return asks.test(node.getText(tree)) ? null : name
  })
}

function withoutHeader({ text }: Source): Fault[] {
  const header = /^(?:#!.*\n)?(?:\/\*\*?|\/\/|"""|#)\s*\*?\s*[\p{L}`/]/u.test(text)
  return header ? [] : [{ line: 1, found: text.split('\n')[0] ?? '' }]
}

// Put together here, so that this file does not hold what it forbids.
const MACHINE = new RegExp(
  [
    ...['work', 'root', 'tmp/mz', 'home/\\w+', 'Users/\\w+'].map(path => `(?<![\\w.~-])/${path}/`),
    ...['registry', 'npmmirror', 'pypi', 'goproxy', 'mirrors?'].map(
      host => `\\b${host}\\.[a-z-]+\\.?(?:org|com|cn|io)\\b`,
    ),
    ...['npmjs', 'npmmirror', 'pypi', 'goproxy', 'jsdelivr', 'unpkg'].map(
      host => `\\b${host}\\.(?:org|com|cn|io|net)\\b`,
    ),
  ].join('|'),
)
const LEFT_OVER = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`)
const SILENCED = new RegExp(
  ['biome-' + 'ignore', '@ts-' + 'ignore', '@ts-' + 'nocheck', 'eslint-' + 'disable'].join('|'),
)

/** Where a certificate's serial and a timestamp's nonce are made: no book depends on them, and nobody may foresee them. */
const SECRETS_MADE = /^app\/statements\/(create-sealing-keys|timestamp)\.server\.ts$/

const CLOCKS: readonly Check[] = [
  {
    name: 'time-is-passed-in',
    instead:
      'take the instant as a parameter, or portal.clock.now(); a command takes systemClock of #platform/process',
    // The clock itself, and the script of a page that runs in the owner's browser: nobody can hand that one an instant.
    of: file =>
      inProduct(file) && !/^app\/(platform\/clock\.server|routes\/\w+\/browser\/main)\.ts$/.test(file),
    find: calls('new Date', 'Date.now'),
  },
  {
    name: 'chance-is-passed-in',
    instead: 'take portal.random; two portals of one seed must make the same books',
    of: file => ROOM.test(file) && !SECRETS_MADE.test(file),
    find: calls('Math.random', 'randomUUID', 'randomBytes', 'getRandomValues', 'randomInt'),
  },
  {
    name: 'rooms-measure-no-time',
    instead: "what takes how long is the platform's matter: measure in app/platform",
    of: file => ROOM.test(file),
    find: calls('performance.now', 'process.hrtime', 'hrtime.bigint'),
  },
]

const MONEY: readonly Check[] = [
  {
    name: 'money-is-no-float',
    instead:
      "amounts are fen (bigint) from the file to the page: fen(), formatYuan() and the kernel's ratios do the rest",
    of: file => ROOM.test(file) || /^(db|app\/(routes|cli|ui))\//.test(file),
    find: source => [
      ...calls('toFixed', 'parseFloat', 'Math.round')(source),
      ...nodes(source, moneyConversion),
    ],
  },
]

const SIZES: readonly Check[] = [
  {
    name: 'function-under-70-lines',
    instead: 'name the parts and call them; ifs move up, loops move down',
    of: file => inProduct(file) && !file.startsWith('migrations/'),
    find: longFunctions,
  },
  {
    name: 'route-under-150-lines',
    instead:
      'a route parses, asks a room, answers: move what it draws into app/ui or a file beside it, what it decides into a room',
    of: file => /^app\/routes\/[^/]+\.tsx?$/.test(file),
    find: ({ text }) => {
      const count = text.trimEnd().split('\n').length
      return count > ROUTE_LINES ? [{ line: ROUTE_LINES + 1, found: `${count} lines` }] : []
    },
  },
]

const WORDS: readonly Check[] = [
  {
    name: 'no-chinese-outside-i18n',
    instead:
      "put the text into app/i18n and give its key; if it is data (a bank's heading, the law), add the file to tests/i18n/sources.ts",
    of: file => /^(db|migrations)\//.test(file) && isTypeScript(file),
    find: ({ file, text }) =>
      hardCodedIn(file, text).map(found => ({ line: Number(/:(\d+) /.exec(found)?.[1] ?? 1), found })),
  },
  {
    name: 'no-junk-drawer',
    instead: 'name the file after the one thing it is for',
    of: file => isSource(file),
    find: ({ file }) =>
      /(^|\/)(utils?|common|helpers?|misc|shared|lib|stuff|tools)(?=[./]|$)/.test(file)
        ? [{ line: 1, found: file }]
        : [],
  },
  {
    name: 'verbs-that-say-something',
    instead:
      'take a verb of the glossary: read, find, list, post, release, close, judge, derive, format, parse',
    of: file => inProduct(file) && !/^app\/(entry\.\w+|root)\.tsx$/.test(file),
    find: source =>
      nodes(source, (node, tree) => {
        if (!ts.isFunctionDeclaration(node) || !isExported(node)) return null
        const name = node.name?.getText(tree) ?? ''
        return EMPTY_VERB.test(name) ? name : null
      }),
  },
  {
    name: 'header-sentence',
    instead: 'begin with one sentence: what the file is for, and what it must never do',
    of: file => /^(app|db|migrations|tests)\/.*\.(tsx?|css|py|go|mjs)$/.test(file) && !isTest(file),
    find: withoutHeader,
  },
  {
    name: 'nothing-left-over',
    instead: 'do it now, or open an issue and leave no mark in the code',
    of: file => isSource(file) || /\.(css|md|py|go)$/.test(file),
    find: source => lines(source, LEFT_OVER),
  },
  {
    name: 'no-silenced-checker',
    instead:
      'make the code right; a rule that is wrong for us is switched off for all in biome.json, with its reason',
    of: isSource,
    find: source => lines(source, SILENCED),
  },
  {
    name: 'no-expected-error',
    instead: 'only a test may say that something does not compile; the product compiles',
    of: inProduct,
    find: source => lines(source, /@ts-expect-error/),
  },
  {
    name: 'no-any',
    instead: 'say the type, or `unknown` and look',
    of: isSource,
    find: source => nodes(source, node => (node.kind === ts.SyntaxKind.AnyKeyword ? 'any' : null)),
  },
  {
    name: 'no-machine-in-the-sources',
    instead:
      'the project knows neither this machine nor where packages come from: use relative paths and the configured sources',
    of: file => file !== 'package-lock.json' && !/^tests\/(vectors|golden)\//.test(file),
    find: source => lines(source, MACHINE),
  },
]

const DOORS: readonly Check[] = [
  {
    name: 'doors-name-what-they-open',
    instead: 'export names one by one: a door is an API, not a table of contents',
    of: inProduct,
    find: source =>
      nodes(source, node => (ts.isExportDeclaration(node) && !node.exportClause ? node.getText() : null)),
  },
  {
    name: 'rooms-do-not-print',
    instead: 'give a Result or use portal.logger; text for people is made in commands and pages',
    of: file => ROOM.test(file) || /^(db|migrations|app\/(platform|ui|i18n))\//.test(file),
    find: source =>
      nodes(source, (node, tree) => {
        const name = calledName(node, tree)
        return name !== null && /^(console\.\w+|process\.(stdout|stderr)\.write)$/.test(name) ? name : null
      }),
  },
  {
    name: 'office-asks-who-is-there',
    instead: 'begin the loader and the action with enterOffice(request, params.slug, what they do)',
    of: file => /^app\/routes\/[^/]*\boffice\b[^/]*\.tsx?$/.test(file),
    find: source => unguarded(source),
  },
  {
    name: 'owners-pages-ask-who-is-there',
    instead: 'begin the loader and the action with enterOwner(request, params.slug)',
    of: file => OWNERS_PAGE.test(file),
    find: source => unguarded(source, /\benterOwner\(/),
  },
  {
    name: 'public-pages-only-read',
    instead: "forms of visitors are an officer's page, an owner's own or one of sign-in, sign-out and invite",
    of: file =>
      /^app\/routes\/(c\.\$slug|_index|verify|ui-)/.test(file) &&
      !/\boffice\b/.test(file) &&
      !OWNERS_PAGE.test(file),
    find: source =>
      nodes(source, (node, tree) =>
        ts.isFunctionDeclaration(node) && isExported(node) && node.name?.getText(tree) === 'action'
          ? 'action'
          : null,
      ),
  },
]

const TESTS: readonly Check[] = [
  {
    name: 'tests-run-and-do-not-sleep',
    instead:
      'a test that is skipped, waits a while or keeps a snapshot shows nothing: wait for the event itself, say what is expected',
    of: isTest,
    find: source =>
      nodes(source, (node, tree) => {
        const name = calledName(node, tree)
        return name !== null &&
          /^((it|test|describe)\.(skip|only|todo|fails)|setTimeout|.*\.(toMatchSnapshot|toMatchInlineSnapshot))$/.test(
            name,
          )
          ? name
          : null
      }),
  },
  {
    name: 'properties-repeat',
    instead: "take { fc } from 'tests/support/properties.ts': it gives every run the same numbers",
    of: file => /^tests\/(?!support\/)/.test(file) && isTypeScript(file),
    find: source => lines(source, /^import .* from 'fast-check'/),
  },
]

export const CHECKS: readonly Check[] = [...CLOCKS, ...MONEY, ...SIZES, ...WORDS, ...DOORS, ...TESTS]

/** All faults of one file, in words: place, rule, what was found, what to do. */
export function faultsOf(source: Source): readonly string[] {
  return CHECKS.filter(check => check.of(source.file)).flatMap(check =>
    check
      .find(source)
      .map(({ line, found }) => `${source.file}:${line} ${check.name}: ${found} (${check.instead})`),
  )
}

/** The values and functions that a file exports by name, types left out. */
export function exportedValues(source: Source): readonly string[] {
  return (source.tree?.statements ?? []).flatMap(statement => {
    if (!isExported(statement)) return []
    if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
      return [statement.name?.text ?? '']
    if (!ts.isVariableStatement(statement)) return []
    return statement.declarationList.declarations.map(declaration => declaration.name.getText(source.tree!))
  })
}

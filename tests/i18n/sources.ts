/**
 * Finds text in TypeScript sources with the compiler's own parser: literals and JSX words, never comments. The list of files that
 * may hold Chinese is here and only here.
 */
import { readdirSync } from 'node:fs'
import ts from 'typescript'

/**
 * Files outside app/i18n in which Chinese characters are data, not words to a reader: names fixed by law or by a bank's file
 * layout, printed documents' fixed forms, and the fictional demo community.
 */
export const CHINESE_IS_DATA: readonly RegExp[] = [
  /^app\/i18n\//,
  // Headings, words and payees as banks and payment services print them.
  /^app\/ledger\/bank-statement\//,
  // The chart of accounts and its fixed names; rules that match words of bank lines.
  /^app\/ledger\/(account|chart-of-accounts|matching|match-rule)[\w-]*\.ts$/,
  // Headings and words of owners' rolls, and the one form of a unit's place.
  /^app\/people\/roll-file\//,
  // Official wording of 民法典 第278条.
  /^app\/votes\/(threshold|matter)\.ts$/,
  // Columns and answers of paper rolls and ballots.
  /^app\/votes\/[\w-]*(example|format)[\w-]*\.ts$/,
  // Words by which a payee is recognised as an organisation and not a private person.
  /^app\/ledger\/public-text\.ts$/,
  // What is wrong with a setting, said to the operator on the console before there is a page or a language.
  /^app\/platform\/env\.server\.ts$/,
  // Yuan suffix of amounts.
  /^app\/kernel\/money\.ts$/,
  // The fictional community.
  /^(app\/cli|db|app\/platform)\/.*(demo|seed)[\w-]*\.ts$/,
]

/** A literal or a run of JSX words, with its place. */
export interface SourceText {
  readonly file: string
  readonly line: number
  readonly text: string
  /** `words` stands between tags; `attribute` is a literal attribute; `literal` any other string. */
  readonly kind: 'words' | 'attribute' | 'literal'
  /** The attribute's name. */
  readonly name?: string
}

/** All TypeScript files below some folders. */
export function sourcesBelow(...folders: readonly string[]): readonly string[] {
  return folders.flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(file => /\.tsx?$/.test(file))
      .map(file => `${folder}/${file}`),
  )
}

/** All texts of one source. */
export function textsIn(file: string, source: string): readonly SourceText[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true)
  const texts: SourceText[] = []
  const note = (node: ts.Node, text: string, kind: SourceText['kind'], name?: string) => {
    const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1
    texts.push({ file, line, text, kind, name })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isLiteralTypeNode(node)) return
    if (ts.isJsxText(node)) note(node, node.text.trim(), 'words')
    else if (ts.isJsxAttribute(node) && node.initializer && ts.isStringLiteral(node.initializer)) {
      note(node, node.initializer.text, 'attribute', node.name.getText())
    } else if (
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node)
    ) {
      const between = ts.isJsxExpression(node.parent) && !ts.isJsxAttribute(node.parent.parent)
      note(node, node.text, between ? 'words' : 'literal')
    } else if (ts.isRegularExpressionLiteral(node)) note(node, node.text, 'literal')
    else ts.forEachChild(node, visit)
  }
  visit(tree)
  return texts.filter(each => each.text !== '')
}

/** Attributes that a reader sees or hears. */
const READABLE =
  /^(alt|title|label|caption|placeholder|hint|error|lead|kicker|tick|confirm|linkText|detail|aria-label|aria-description)$/

/** Text that belongs into app/i18n: Chinese anywhere, words of any language between tags or in attributes that people read. */
export function hardCodedIn(file: string, source: string): readonly string[] {
  const wordsMatter = file.endsWith('.tsx')
  return textsIn(file, source)
    .filter(each => {
      if (/\p{Script=Han}/u.test(each.text)) return !CHINESE_IS_DATA.some(allowed => allowed.test(file))
      if (!wordsMatter || !/\p{L}{2,}/u.test(each.text)) return false
      return each.kind === 'words' || (each.kind === 'attribute' && READABLE.test(each.name ?? ''))
    })
    .map(each => `${each.file}:${each.line} ${each.text}`)
}

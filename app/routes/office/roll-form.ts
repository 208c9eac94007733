/** Turns the forms of a roll's import into mappings and answers, and a plan into what its page shows. */
import {
  answerKey,
  isDeveloperStock,
  type PersonQuestion,
  type RollAnswers,
  type RollMapping,
  UNIT_KINDS,
} from '#people'
import type { RollImport } from '#people/server'
import { type AskedMember, MAPPABLE_ROLL_ROLES, type RollMappingView, type RollPreviewView } from '#ui/office'
import { type Entered, textOf } from './entered.ts'

const ROWS_SHOWN = 200
const UNITS_NAMED = 3

/** A mapping as the form shows it. */
export function rollMappingView(mapping: RollMapping | null, width: number): RollMappingView {
  const columns = mapping?.columns
  return {
    headerRow: mapping?.headerRow ?? 0,
    kind: mapping?.kind ?? 'residence',
    roles: Array.from(
      { length: width },
      (_, column) =>
        MAPPABLE_ROLL_ROLES.find(role =>
          role === 'owners' ? columns?.owners.includes(column) : columns?.[role] === column,
        ) ?? '',
    ),
  }
}

/** What was entered, by column. */
export function enteredRollMapping(form: Entered, width: number): RollMappingView {
  const header = textOf(form, 'headerRow')
  return {
    headerRow: /^-?\d{1,5}$/.test(header) ? Number(header) : 0,
    kind: UNIT_KINDS.find(kind => kind === textOf(form, 'kind')) ?? 'residence',
    roles: Array.from(
      { length: width },
      (_, column) => MAPPABLE_ROLL_ROLES.find(role => role === textOf(form, `role-${column}`)) ?? '',
    ),
  }
}

/** The mapping of the form. Owners may be several columns; of the others the first one counts. */
export function rollMappingOf(view: RollMappingView): RollMapping {
  const columnsOf = (role: string) => view.roles.flatMap((each, column) => (each === role ? [column] : []))
  const single = Object.fromEntries(
    MAPPABLE_ROLL_ROLES.filter(role => role !== 'owners').flatMap(role =>
      columnsOf(role)
        .slice(0, 1)
        .map(column => [role, column]),
    ),
  )
  return {
    headerRow: view.headerRow,
    columns: { ...single, owners: columnsOf('owners') },
    kind: view.kind,
    areaSource: null,
  }
}

const fieldOf = (question: number, member: number) => `same-${question}-${member}`

/** Two phones of one name are probably two people; the importer still says so. */
function suggestedAnswer(question: PersonQuestion, member: number): string {
  const { phoneKeys } = question.members[member]!
  const others = question.members.slice(0, member)
  const allTold = phoneKeys.length > 0 && others.every(other => other.phoneKeys.length > 0)
  return allTold ? 'new' : ''
}

function askedMembers(questions: readonly PersonQuestion[], answers: RollAnswers): AskedMember[] {
  return questions.flatMap((question, q) =>
    question.members.flatMap((member, m) => {
      if (!question.asked.includes(member.memberId)) return []
      const answer = answers.samePersons[answerKey(question, member.memberId)]
      const chosen = question.members.findIndex(other => other.memberId === answer)
      return [
        {
          field: fieldOf(q, m),
          name: question.name,
          unit: member.units.slice(0, UNITS_NAMED).join('、'),
          others: question.members.slice(0, m).map((other, index) => ({
            value: String(index),
            units: other.units.slice(0, UNITS_NAMED).join('、'),
          })),
          answer:
            answer === undefined ? suggestedAnswer(question, m) : answer === 'new' ? 'new' : String(chosen),
        },
      ]
    }),
  )
}

/** The answers of the form, by the questions that it asked. */
export function enteredAnswers(form: Entered, questions: readonly PersonQuestion[]): RollAnswers {
  const samePersons: Record<string, string> = {}
  questions.forEach((question, q) => {
    question.members.forEach((member, m) => {
      const value = textOf(form, fieldOf(q, m))
      const other = /^\d{1,4}$/.test(value) ? question.members[Number(value)] : undefined
      const answer = value === 'new' ? 'new' : other?.memberId
      if (question.asked.includes(member.memberId) && answer !== undefined) {
        samePersons[answerKey(question, member.memberId)] = answer
      }
    })
  })
  return {
    samePersons,
    developerName: textOf(form, 'developerName').normalize('NFKC'),
    removesMissing: textOf(form, 'removesMissing') === 'yes',
  }
}

/** The owner that most of the developer's stock names: a suggestion for its name. */
function suggestedDeveloper({ plan }: RollImport): string {
  const counts = new Map<string, number>()
  for (const { row } of plan?.rows ?? []) {
    if (row.status !== 'unsold') continue
    for (const { name } of row.owners) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}

/** What the preview shows; null unless the import is ready. */
export function rollPreviewView(found: RollImport): RollPreviewView | null {
  const { plan, answers } = found
  if (plan === null || answers === null) return null
  const of = (verdict: 'new' | 'changed') => plan.rows.filter(each => each.verdict === verdict)
  const known = plan.developer === null ? undefined : found.names.get(plan.developer)
  return {
    counts: plan.counts,
    missingCount: plan.missing.length,
    changed: of('changed').slice(0, ROWS_SHOWN),
    fresh: of('new').slice(0, ROWS_SHOWN),
    missing: plan.missing.slice(0, ROWS_SHOWN),
    names: new Map([...found.names, ...plan.newPersons.map(each => [each.token, each.name] as const)]),
    asked: askedMembers(plan.groups.questions, answers),
    stockCount: plan.rows.filter(each => isDeveloperStock(each.row)).length,
    developerName: answers.developerName || (known ?? suggestedDeveloper(found)),
    removesMissing: plan.removesMissing,
    openCount: plan.open.persons + (plan.open.developer ? 1 : 0),
    digest: plan.digest,
    effectiveOn: found.effectiveOn,
  }
}

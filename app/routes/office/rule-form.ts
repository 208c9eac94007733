/** The form that teaches a matching rule: read for teaching, and kept to be shown again. */
import type { MatchingRule } from '#ledger'
import type { EnteredRule } from '#ui/office'
import { type Entered, textOf } from './entered.ts'

/** What was entered. */
export function enteredRule(form: Entered): EnteredRule {
  return {
    direction: textOf(form, 'direction'),
    contains: textOf(form, 'contains'),
    fund: textOf(form, 'fund'),
    account: textOf(form, 'account'),
    narration: textOf(form, 'narration'),
  }
}

/** The rule to teach. */
export function ruleOf(entered: EnteredRule): Omit<MatchingRule, 'ruleId'> {
  return { ...entered, direction: entered.direction === 'out' ? 'out' : 'in' }
}

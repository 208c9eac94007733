/** What a check found, as things that need eyes: one item for each rule that does not hold, not one for each row. Pure. */
import { itemOf, type OversightItem } from './item.ts'

/** Items of a check's findings. */
export function failedRules(
  findings: readonly { readonly room: string; readonly invariant: string }[],
): readonly OversightItem[] {
  const nameOf = (finding: (typeof findings)[number]) => `${finding.room}/${finding.invariant}`
  return [...new Set(findings.map(nameOf))].map(rule =>
    itemOf('check-failed', 'oversight#check', {
      subject: rule,
      count: findings.filter(finding => nameOf(finding) === rule).length,
    }),
  )
}

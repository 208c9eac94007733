/** A community's rules for its money in sentences, and changes of them in words: the same for officers and for the public. */
import type { ReactNode } from 'react'
import { moneyText, periodText, type Translate } from '#i18n'
import {
  type Account,
  type ControlChange,
  type ControlName,
  type Controls,
  changedControls,
  type Fund,
} from '#ledger'
import { isRole } from '#people'
import { BudgetPlanWords } from './budget-basis.tsx'
import { DigestFigure } from './digest.tsx'
import { ChangedFees } from './fee-standard.tsx'
import { MappedFileWords } from './mapped-file.tsx'
import { InstantText } from './stamp.tsx'
import { StatePill } from './state.tsx'
import { useT, useViewer } from './viewer.tsx'

/** The names that changes speak of. */
export interface RuleNames {
  readonly accounts: readonly Pick<Account, 'code' | 'nameZh' | 'nameEn'>[]
  readonly funds: readonly Pick<Fund, 'code' | 'nameZh' | 'nameEn'>[]
}

/** A change with what became of it, as pages show it. */
export interface ShownChange {
  readonly changeId: string
  readonly change: ControlChange
  readonly proposedBy: string | null
  readonly proposedRole: string
  readonly proposedAt: Date
  readonly decision: 'confirmed' | 'refused' | 'withdrawn' | null
  readonly decidedBy: string | null
  readonly decidedRole: string | null
  readonly decidedAt: Date | null
  readonly version: number | null
  readonly leafIndex: number | null
  readonly review: {
    readonly outcome: 'justified' | 'disputed'
    readonly note: string
    readonly by: string | null
    readonly at: Date
    readonly leafIndex: number
  } | null
}

/** The rules in force, one sentence each. */
export function controlSentences(controls: Controls, t: Translate): readonly string[] {
  const { chairFromFen, statementDays, yearDays, procedure } = controls
  return [
    t('controls.sentence.steps'),
    chairFromFen === null
      ? t('controls.sentence.noChair')
      : t('controls.sentence.chair', { amount: moneyText(chairFromFen) }),
    t(controls.needsBudgetLine ? 'controls.sentence.budget' : 'controls.sentence.noBudget'),
    t(controls.showsSignals ? 'controls.sentence.signals' : 'controls.sentence.noSignals'),
    t(controls.pairedChanges ? 'controls.sentence.paired' : 'controls.sentence.notPaired'),
    statementDays === null
      ? t('controls.sentence.noStatement')
      : t('controls.sentence.statement', { days: statementDays }),
    yearDays === null ? t('controls.sentence.noYear') : t('controls.sentence.year', { days: yearDays }),
    t(`controls.sentence.model.${controls.chargingModel}`),
    t(controls.publishesDetail ? 'controls.sentence.public' : 'controls.sentence.ownersOnly'),
    procedure === ''
      ? t('controls.sentence.noProcedure')
      : t('controls.sentence.procedure', { text: procedure }),
    t(controls.volunteerPoints ? 'controls.sentence.points' : 'controls.sentence.noPoints'),
  ]
}

/** The rules as a list. */
export function ControlRules(props: { readonly controls: Controls }) {
  const t = useT()
  return (
    <ul>
      {controlSentences(props.controls, t).map(sentence => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}

function valueText(controls: Controls, name: ControlName, t: Translate): string {
  const value = controls[name]
  if (typeof value === 'boolean') return t(value ? 'controls.yes' : 'controls.no')
  if (value === null || value === '') return t('controls.none')
  if (typeof value === 'bigint') return moneyText(value)
  if (typeof value === 'number') return t('controls.days', { days: value })
  return name === 'chargingModel' ? t(`controls.model.${controls.chargingModel}`) : value
}

/** What a change of the rules changes, before and after. */
function ChangedRules(props: { readonly before: Controls; readonly after: Controls }) {
  const t = useT()
  const { before, after } = props
  return (
    <ul>
      {changedControls(before, after).map(name => (
        <li key={name}>
          {t('controls.was', {
            name: t(`controls.name.${name}`),
            before: valueText(before, name, t),
            after: valueText(after, name, t),
          })}
        </li>
      ))}
    </ul>
  )
}

function useTitle(change: ControlChange, names: RuleNames): string {
  const t = useT()
  const { lang } = useViewer()
  const account = (code: string) => {
    const found = names.accounts.find(each => each.code === code)
    return found === undefined ? code : lang === 'en' ? found.nameEn : found.nameZh
  }
  switch (change.kind) {
    case 'ceiling':
    case 'emergency': {
      const { account: code, fiscalYear: year, amountFen } = change.ceiling
      const words = { account: account(code), year, amount: moneyText(amountFen) }
      return change.kind === 'ceiling'
        ? t('controls.kind.ceiling', words)
        : t('controls.kind.emergency', {
            ...words,
            emergency: t(`controls.emergency.${change.emergency}`),
          })
    }
    case 'teach-rule':
      return t('controls.kind.teach-rule', {
        contains: change.rule.contains,
        account: account(change.rule.account),
      })
    case 'add-account':
      return t('controls.kind.add-account', {
        code: change.code,
        name: lang === 'en' ? change.nameEn : change.nameZh,
      })
    case 'reissue':
      return t('controls.kind.reissue', { period: change.period })
    case 'adopt-budget':
      return t('controls.kind.adopt-budget', {
        year: change.plan.fiscalYear,
        version: change.plan.version,
      })
    case 'map-columns':
      return t('controls.kind.map-columns', { account: account(change.file.bankAccount) })
    case 'fee-standard':
      return t('controls.kind.fee-standard', { from: periodText(change.standard.from, lang) })
    default:
      return t(`controls.kind.${change.kind}`)
  }
}

function Who(props: { readonly shown: ShownChange }) {
  const t = useT()
  const { shown } = props
  const office = (role: string) => (isRole(role) ? t(`community.role.${role}`) : role)
  const decided =
    shown.decision === 'confirmed' && shown.change.kind === 'emergency'
      ? 'controls.witnessed'
      : (`controls.decision.${shown.decision ?? 'confirmed'}` as const)
  return (
    <p className="note">
      {t('controls.proposedBy', { role: office(shown.proposedRole), name: shown.proposedBy ?? '' })}{' '}
      <InstantText at={shown.proposedAt} />
      {shown.decidedAt !== null && (
        <>
          {' · '}
          {t(decided, { role: office(shown.decidedRole ?? ''), name: shown.decidedBy ?? '' })}{' '}
          <InstantText at={shown.decidedAt} />
        </>
      )}
      {shown.leafIndex !== null && (
        <>
          {' · '}
          {t('controls.leaf', { index: shown.leafIndex })}
        </>
      )}
    </p>
  )
}

function Review(props: { readonly review: ShownChange['review'] }) {
  const t = useT()
  const { review } = props
  if (review === null) {
    return (
      <p>
        <StatePill tone="waiting" label={t('controls.review.none')} />
      </p>
    )
  }
  return (
    <p>
      <StatePill
        tone={review.outcome === 'justified' ? 'done' : 'attention'}
        label={t(`controls.review.${review.outcome}`)}
      />{' '}
      {review.note}
    </p>
  )
}

/** A change in words: what, why, who, and for an emergency what its review found. */
export function ChangeWords(props: {
  readonly shown: ShownChange
  readonly names: RuleNames
  readonly children?: ReactNode
}) {
  const t = useT()
  const { shown, names } = props
  const { change } = shown
  const title = useTitle(change, names)
  return (
    <>
      <p>
        <strong>
          {shown.version !== null && t('controls.versionOf', { version: shown.version })}
          {shown.version !== null && change.kind === 'fee-standard' && ' · '}
          {(shown.version === null || change.kind === 'fee-standard') && title}
        </strong>
      </p>
      {change.kind === 'controls' && <ChangedRules before={change.before} after={change.controls} />}
      {change.kind === 'map-columns' && <MappedFileWords file={change.file} />}
      {change.kind === 'adopt-budget' && <BudgetPlanWords plan={change.plan} accounts={names.accounts} />}
      {change.kind === 'fee-standard' && <ChangedFees before={change.before} after={change.standard} />}
      <p>
        {change.kind === 'fee-standard'
          ? t('fees.basis', { basis: change.reason })
          : t('controls.because', { reason: change.reason })}
      </p>
      {change.kind === 'ceiling' && (
        <DigestFigure hash={change.digest} label={t('controls.poll', { poll: change.poll })} />
      )}
      {change.kind === 'emergency' && shown.decision === 'confirmed' && <Review review={shown.review} />}
      <Who shown={shown} />
      {props.children}
    </>
  )
}

/** The switches of the rules of procedure, each as a plain sentence with its default marked, and the days of the course. */
import { DEFAULT_POLICY, POLICY_WORDS, type Policy } from '#votes'
import type { FieldError } from '../feedback.tsx'
import { RadioGroup, TextField } from '../form.tsx'
import { errorOf } from '../office/import-list.tsx'
import { Section } from '../page-shell.tsx'
import { useT } from '../viewer.tsx'

/** The switches whose value is a word, in the order of the form. A head's split has one lawful reading and is only shown. */
export const WORD_SWITCHES = [
  'silentPolicy',
  'blankPolicy',
  'overvotePolicy',
  'duplicatePolicy',
  'coOwnerConflict',
] as const
/** The switches that are yes or no. */
export const YES_SWITCHES = ['withdrawAllowed', 'countSpecialSpaces'] as const

/** Policy and days as typed. */
export interface EnteredPolicy {
  readonly switches: Readonly<Record<(typeof WORD_SWITCHES)[number] | (typeof YES_SWITCHES)[number], string>>
  readonly proxyLimit: string
  readonly extensionAllowed: string
  readonly rulesVersion: string
  readonly noticeDays: string
  readonly objectionDays: string
  readonly postingDays: string
}

/** A policy as its form shows it. */
export function enteredSwitches(policy: Policy): EnteredPolicy['switches'] {
  return {
    silentPolicy: policy.silentPolicy,
    blankPolicy: policy.blankPolicy,
    overvotePolicy: policy.overvotePolicy,
    duplicatePolicy: policy.duplicatePolicy,
    coOwnerConflict: policy.coOwnerConflict,
    withdrawAllowed: String(policy.withdrawAllowed),
    countSpecialSpaces: String(policy.countSpecialSpaces),
  }
}

const DEFAULTS = enteredSwitches(DEFAULT_POLICY)

type SwitchName = keyof EnteredPolicy['switches']

/** Name, words and the words of each value, as owners read them on the poll's page. */
function useSwitches(): readonly (readonly [SwitchName, string, readonly (readonly [string, string])[]])[] {
  const t = useT()
  return [
    [
      'silentPolicy',
      t('polls.policyName.silentPolicy'),
      POLICY_WORDS.silentPolicy.map(value => [value, t(`polls.policy.silentPolicy.${value}`)] as const),
    ],
    [
      'withdrawAllowed',
      t('polls.policyName.withdrawAllowed'),
      YES_NO.map(value => [value, t(`polls.policy.withdrawAllowed.${value}`)] as const),
    ],
    [
      'coOwnerConflict',
      t('polls.policyName.coOwnerConflict'),
      POLICY_WORDS.coOwnerConflict.map(value => [value, t(`polls.policy.coOwnerConflict.${value}`)] as const),
    ],
    [
      'duplicatePolicy',
      t('polls.policyName.duplicatePolicy'),
      POLICY_WORDS.duplicatePolicy.map(value => [value, t(`polls.policy.duplicatePolicy.${value}`)] as const),
    ],
    [
      'blankPolicy',
      t('polls.policyName.blankPolicy'),
      POLICY_WORDS.blankPolicy.map(value => [value, t(`polls.policy.blankPolicy.${value}`)] as const),
    ],
    [
      'overvotePolicy',
      t('polls.policyName.overvotePolicy'),
      POLICY_WORDS.overvotePolicy.map(value => [value, t(`polls.policy.overvotePolicy.${value}`)] as const),
    ],
    [
      'countSpecialSpaces',
      t('polls.policyName.countSpecialSpaces'),
      YES_NO.map(value => [value, t(`polls.policy.countSpecialSpaces.${value}`)] as const),
    ],
  ]
}

const YES_NO = ['true', 'false'] as const

/** All switches; a community that has no rules of its own leaves everything as it is. */
export function PolicyFields(props: {
  readonly entered: EnteredPolicy
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  const { entered, errors } = props
  const switches = useSwitches()
  return (
    <Section title={t('officePolls.rules')} lead={t('officePolls.rulesLead')} id="rules">
      <TextField
        name="rulesVersion"
        label={t('officePolls.rulesVersion')}
        hint={t('officePolls.rulesVersionHint')}
        defaultValue={entered.rulesVersion}
        error={errorOf(errors, 'rulesVersion')}
        maxLength={100}
        optional
      />
      {switches.map(([name, label, values]) => (
        <RadioGroup
          key={name}
          name={name}
          label={label}
          defaultValue={entered.switches[name]}
          error={errorOf(errors, name)}
          choices={values.map(([value, words]) => ({
            value,
            label: value === DEFAULTS[name] ? t('officePolls.defaultChoice', { choice: words }) : words,
          }))}
        />
      ))}
      <TextField
        name="proxyLimit"
        label={t('polls.policyName.proxyLimit')}
        hint={t('officePolls.proxyLimitHint', { limit: DEFAULT_POLICY.proxyLimit })}
        defaultValue={entered.proxyLimit}
        error={errorOf(errors, 'proxyLimit')}
        inputMode="numeric"
        width="short"
        required
      />
      <p className="field__hint">
        {t('polls.policyName.splitHead')} {t('polls.policy.splitHead.abstain')}{' '}
        {t('officePolls.splitHeadFixed')}
      </p>
      <CourseFields {...props} />
    </Section>
  )
}

const DAYS = ['noticeDays', 'objectionDays', 'postingDays'] as const

/** The clocks of the course, and whether its window may be made longer. */
function CourseFields(props: { readonly entered: EnteredPolicy; readonly errors: readonly FieldError[] }) {
  const t = useT()
  const { entered, errors } = props
  return (
    <>
      <RadioGroup
        name="extensionAllowed"
        label={t('officePolls.switch.extensionAllowed')}
        defaultValue={entered.extensionAllowed}
        choices={(['no', 'yes'] as const).map(value => ({
          value,
          label:
            value === 'no'
              ? t('officePolls.defaultChoice', { choice: t('officePolls.switchValue.extensionAllowed.no') })
              : t('officePolls.switchValue.extensionAllowed.yes'),
        }))}
      />
      <div className="three-fields">
        {DAYS.map(name => (
          <TextField
            key={name}
            name={name}
            label={t(`officePolls.${name}`)}
            defaultValue={entered[name]}
            error={errorOf(errors, name)}
            inputMode="numeric"
            width="short"
            required
          />
        ))}
      </div>
    </>
  )
}

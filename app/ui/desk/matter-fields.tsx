/** Which clause of art. 278 a question falls under, asked in plain words. The clause fixes the class; nobody chooses the class. */
import { CLAUSES, legalTextsOf } from '#votes'
import type { FieldError } from '../feedback.tsx'
import { CheckboxField, RadioGroup } from '../form.tsx'
import { errorOf } from '../office/import-list.tsx'
import { useT } from '../viewer.tsx'

/** The nine clauses as nine questions with examples; under each the class it fixes. `at` numbers the question of the motion. */
export function MatterFields(props: {
  readonly at: number
  readonly clause: string
  readonly parkingTariff: boolean
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  const { at, errors } = props
  return (
    <>
      <RadioGroup
        name={`clause-${at}`}
        label={t('officePolls.clause')}
        hint={t('officePolls.clauseHint')}
        defaultValue={props.clause}
        error={errorOf(errors, `clause-${at}`)}
        choices={CLAUSES.map(({ clause, class: matterClass }) => ({
          value: String(clause),
          label: t(`polls.clause.${clause}`),
          hint: (
            <>
              {t(`officePolls.clauseExamples.${clause}`)} <strong>{t(`polls.class.${matterClass}`)}</strong>
            </>
          ),
        }))}
      />
      <CheckboxField
        name={`parking-${at}`}
        label={t('officePolls.parkingTariff')}
        hint={t('officePolls.parkingTariffHint')}
        defaultChecked={props.parkingTariff}
      />
      <details className="more">
        <summary>{t('polls.lawText')}</summary>
        <div className="more__body">
          <LawTexts />
        </div>
      </details>
    </>
  )
}

/** The official wording of all nine clauses and of both gates; the law speaks Chinese. */
function LawTexts() {
  const t = useT()
  return (
    <>
      <ol className="law-texts" lang="zh-CN">
        {CLAUSES.map(({ clause }) => (
          <li key={clause}>{legalTextsOf(clause).matter.wording}</li>
        ))}
      </ol>
      <p lang="zh-CN">{legalTextsOf(1).participation}</p>
      <p lang="zh-CN">{legalTextsOf(1).approval}</p>
      <p lang="zh-CN">{legalTextsOf(6).approval}</p>
      <p>{t('officePolls.lawInclusive')}</p>
    </>
  )
}

/** One question as it was announced: what is asked, which clause of the Civil Code it is, and why that asks for so many. */
import { type Clause, classOf, legalTextsOf, type Matter, notesOf, type Question } from '#votes'
import { Notice } from '../feedback.tsx'
import { Card } from '../page-shell.tsx'
import { useT } from '../viewer.tsx'

/** The question with its number, its plans and its legal nature. */
export function QuestionCard(props: {
  readonly question: Question
  readonly number: number
  readonly total: number
}) {
  const { question, number, total } = props
  const t = useT()
  return (
    <Card>
      <p className="question__number">
        {total > 1 ? t('polls.questionOf', { number, total }) : t('polls.questionOnly')}
      </p>
      <h3>{question.title}</h3>
      <p className="question__text">{question.text}</p>
      {question.plans.length > 0 && (
        <ol className="question__plans">
          {question.plans.map(plan => (
            <li key={plan.id}>{plan.label}</li>
          ))}
          <li>{t('polls.noneOfThem')}</li>
        </ol>
      )}
      <ClauseText matter={question.matter} />
    </Card>
  )
}

/** The scope in words: the whole community, or the buildings and entrances concerned. */
export function useScopeText(): (matter: Matter) => string {
  const t = useT()
  return ({ scope }) =>
    scope === null
      ? t('polls.scopeAll')
      : t('polls.scopeOf', {
          places: [
            ...scope.buildings,
            ...scope.entrances.map(({ building, entrance }) => `${building}${entrance}`),
          ].join(t('polls.pause')),
        })
}

function ClauseText(props: { readonly matter: Matter }) {
  const { matter } = props
  const t = useT()
  const scopeText = useScopeText()
  const matterClass = classOf(matter.clause)
  const law = legalTextsOf(matter.clause)
  return (
    <>
      <dl className="definitions">
        <div>
          <dt>{t('polls.clauseHead')}</dt>
          <dd>
            {t('polls.clauseOfArticle', {
              number: matter.clause,
              words: t(`polls.clause.${matter.clause satisfies Clause}`),
            })}
          </dd>
        </div>
        <div>
          <dt>{t('polls.classHead')}</dt>
          <dd>
            <strong>{t(`polls.class.${matterClass}`)}</strong> {t(`polls.why.${matterClass}`)}
          </dd>
        </div>
        <div>
          <dt>{t('polls.scopeHead')}</dt>
          <dd>{scopeText(matter)}</dd>
        </div>
      </dl>
      {notesOf(matter).map(note => (
        <Notice tone="warning" title={t(`polls.note.${note}`)} key={note} />
      ))}
      <details className="law">
        <summary>{t('polls.lawText')}</summary>
        <blockquote className="law__text" lang="zh-CN">
          <p>{`${law.matter.article} ${law.matter.wording}`}</p>
          <p>{law.participation}</p>
          <p>{law.approval}</p>
        </blockquote>
      </details>
    </>
  )
}

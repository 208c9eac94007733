/** What an owner is about to submit, or has submitted: each question with the answer, large enough to be checked without glasses. */
import type { ReactNode } from 'react'
import { useT } from '../viewer.tsx'

export interface GivenAnswer {
  readonly questionId: string
  readonly title: string
  readonly answer: string
  /** A button or link that leads back to the question. */
  readonly change?: ReactNode
}

/** The answers in the order of the questions. */
export function AnswerList(props: { readonly answers: readonly GivenAnswer[] }) {
  const t = useT()
  return (
    <ol className="answers" aria-label={t('ballot.answers')}>
      {props.answers.map(({ questionId, title, answer, change }) => (
        <li className="answers__item" key={questionId}>
          <p className="answers__question">{title}</p>
          <p className="answers__answer">
            <span className="visually-hidden">{t('ballot.yourAnswer')} </span>
            {answer}
          </p>
          {change}
        </li>
      ))}
    </ol>
  )
}

/** Minutes as people read them: topic by topic, with the seats' words, and an honest sentence where attendance was not taken. */
import {
  committeeDecides,
  type DiffLine,
  type Minutes,
  type MinutesItem,
  type MinutesLine,
  signedInTotal,
  type TextBlock,
  textBlocks,
} from '#council'
import { civilDate, fen } from '#kernel'
import { DefinitionList } from '../figures.tsx'
import { Money } from '../money.tsx'
import { Card } from '../page-shell.tsx'
import { DateText } from '../stamp.tsx'
import { DataTable } from '../table.tsx'
import { Anchor, useT } from '../viewer.tsx'
import { OpinionPill } from './words.tsx'

function useSeatName(minutes: Pick<Minutes, 'seats'>): (seat: string) => string {
  return seat => minutes.seats.find(each => each.seat === seat)?.organisation ?? seat
}

function Block({ block }: { readonly block: TextBlock }) {
  switch (block.kind) {
    case 'text':
      return <p className="council-text">{block.lines.join('\n')}</p>
    case 'bullets':
      return <ul>{block.items.map(itemText)}</ul>
    case 'numbers':
      return <ol start={block.start}>{block.items.map(itemText)}</ol>
    case 'table':
      return <PastedTable rows={block.rows} />
  }
}

const itemText = (item: string, place: number) => <li key={String(place)}>{item}</li>

/** A table as it was pasted: its first row is its head. */
function PastedTable({ rows }: { readonly rows: readonly (readonly string[])[] }) {
  const [head = [], ...body] = rows
  return (
    <table className="council-table">
      <thead>
        <tr>
          {head.map((cell, place) => (
            <th key={String(place)} scope="col">
              {cell}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {body.map((row, line) => (
          <tr key={String(line)}>
            {row.map((cell, place) => (
              <td key={String(place)}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Text over several lines; lists and tables that were typed or pasted are drawn as such. */
function Lines(props: { readonly text: string }) {
  if (props.text === '') return null
  return textBlocks(props.text).map((block, place) => <Block key={String(place)} block={block} />)
}

/** Who was there, whether that was enough, and who left the table. */
export function AttendanceText(props: { readonly minutes: Minutes }) {
  const t = useT()
  const { seats, quorum, signIns } = props.minutes
  const isTaken = seats.some(seat => seat.presence !== null)
  return (
    <>
      {quorum.isMet === null && <p>{t('council.attendanceNotTaken')}</p>}
      {quorum.isMet !== null && quorum.rule !== 'none' && (
        <p>
          {t(`council.quorum.${quorum.rule}`, { needed: quorum.needed })}{' '}
          <strong>{t(quorum.isMet ? 'council.quorumMet' : 'council.quorumNotMet')}</strong>
        </p>
      )}
      {isTaken && (
        <DataTable
          caption={t('council.attendance')}
          captionHidden
          rows={seats}
          rowKey={seat => seat.seat}
          columns={[
            { key: 'organisation', label: t('council.organisation'), cell: seat => seat.organisation },
            { key: 'name', label: t('council.holder'), cell: seat => `${seat.name}（${seat.office}）` },
            {
              key: 'presence',
              label: t('council.presenceLabel'),
              cell: seat => (
                <>
                  {t(`council.presence.${seat.presence ?? 'absent'}`)}
                  {seat.interest !== '' && ` · ${t('council.interestOf', { interest: seat.interest })}`}
                  {seat.isRecused && ` · ${t('council.recused')}`}
                </>
              ),
            },
          ]}
        />
      )}
      {signIns !== null && <p>{t('council.signIns', { total: signedInTotal(signIns), ...signIns })}</p>}
    </>
  )
}

/** Whether half of all members of the owners' committee were in favour. */
function CommitteeVote({ item }: { readonly item: MinutesItem }) {
  const t = useT()
  const { members, inFavour } = item
  if (members === undefined || inFavour === undefined) return null
  const isDecided = committeeDecides(members, inFavour)
  return (
    <p>
      {t(isDecided ? 'council.committee.decided' : 'council.committee.notDecided', { members, inFavour })}
    </p>
  )
}

function MoneyText({ money }: { readonly money: NonNullable<MinutesItem['money']> }) {
  const t = useT()
  return (
    <DefinitionList
      items={[
        { term: t('council.amount'), detail: <Money amount={fen(BigInt(money.amountFen))} /> },
        ...(money.ceilingFen === null
          ? []
          : [{ term: t('council.ceiling'), detail: <Money amount={fen(BigInt(money.ceilingFen))} /> }]),
      ]}
    />
  )
}

function Words(props: {
  readonly title: string
  readonly rows: readonly { readonly seat: string; readonly text: string }[]
  readonly nameOf: (seat: string) => string
}) {
  if (props.rows.length === 0) return null
  return (
    <>
      <h4>{props.title}</h4>
      <DefinitionList
        items={props.rows.map(({ seat, text }) => ({
          term: props.nameOf(seat),
          detail: <Lines text={text} />,
        }))}
      />
    </>
  )
}

/** One topic of the minutes. */
export function MinutesItemText(props: {
  readonly minutes: Pick<Minutes, 'seats'>
  readonly item: MinutesItem
  readonly topicHref: string | null
}) {
  const t = useT()
  const { item } = props
  const nameOf = useSeatName(props.minutes)
  const title = t('council.itemNumbered', { number: item.no, title: item.title })
  return (
    <Card>
      <h3 id={`item-${item.no}`}>
        {props.topicHref === null ? title : <Anchor href={props.topicHref}>{title}</Anchor>}
      </h3>
      {item.opinion !== '' && <OpinionPill opinion={item.opinion} />}
      <p className="council-conclusion">{item.conclusion}</p>
      <CommitteeVote item={item} />
      {item.vote !== null && (
        <p>
          <strong>{t(`council.voteNeeded.${item.vote.class}`, { clause: item.vote.clause })}</strong>
        </p>
      )}
      {item.money !== null && <MoneyText money={item.money} />}
      {item.background !== '' && <h4>{t('council.background')}</h4>}
      <Lines text={item.background} />
      <Words title={t('council.positions')} rows={item.positions} nameOf={nameOf} />
      {item.options.length > 0 && (
        <>
          <h4>{t('council.options')}</h4>
          <ul>
            {item.options.map(option => (
              <li key={option}>{option}</li>
            ))}
          </ul>
        </>
      )}
      <Words title={t('council.dissents')} rows={item.dissents} nameOf={nameOf} />
      {item.actions.length > 0 && (
        <>
          <h4>{t('council.actions')}</h4>
          <ul>
            {item.actions.map(action => (
              <li key={action.no}>
                {t('council.actionLine', { who: nameOf(action.seat), text: action.text })}{' '}
                <DateText date={civilDate(action.dueOn)} />
              </li>
            ))}
          </ul>
        </>
      )}
      {item.questions.length > 0 && (
        <>
          <h4>{t('council.questions')}</h4>
          <DefinitionList
            items={item.questions.map(({ question, answer }) => ({
              term: question,
              detail: answer === '' ? t('council.unanswered') : <Lines text={answer} />,
            }))}
          />
        </>
      )}
    </Card>
  )
}

/** Everything the minutes say. */
export function MinutesText(props: {
  readonly minutes: Minutes
  readonly topicAt: (topic: string) => string
}) {
  const { minutes, topicAt } = props
  return (
    <>
      <AttendanceText minutes={minutes} />
      {minutes.items.map(item => (
        <MinutesItemText
          key={item.no}
          minutes={minutes}
          item={item}
          topicHref={item.topic === null ? null : topicAt(item.topic)}
        />
      ))}
    </>
  )
}

const MARKS = { same: ' ', removed: '−', added: '+' } as const

/** What a version changed: taken out and put in, said in words as well as by colour. */
export function ChangesText(props: { readonly changes: readonly DiffLine<MinutesLine>[] }) {
  const t = useT()
  const changed = props.changes.filter(line => line.kind !== 'same')
  return (
    <ul className="council-changes">
      {changed.map(({ kind, line }, place) => (
        <li key={String(place)} data-kind={kind}>
          <span aria-hidden="true">{MARKS[kind]} </span>
          <span className="council-changes__word">
            {t(kind === 'added' ? 'council.added' : 'council.removed')}
          </span>{' '}
          {line.text}
        </li>
      ))}
    </ul>
  )
}

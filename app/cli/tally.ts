/**
 * `tally FILE [--json]`: judges the polls of a file in the format of worked votes. No database, no network, no clock.
 *
 * Exit 0 when every poll was judged, whatever the outcome: a poll that did not pass is an answer, not a failure of the
 * command. Exit 2 for wrong use or a file that cannot be read as polls; then nothing is judged, and standard error has
 * one line per problem: file:line, place in the file, code, words.
 */
import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { countText, translate } from '#i18n'
import { areaCentiM2, formatAreaM2 } from '#kernel'
import { classOf, formatResults, type Poll, parsePolls, resultOf, type Tally, tally, verdictOf } from '#votes'

/** Larger than any poll of a real community, smaller than a string of the engine. */
const LARGEST_FILE_BYTES = 256 * 1024 * 1024
const t = translate('zh-CN')

/** Runs the command; resolves to the exit code. A path is relative to where the person stands, also under npm. */
export async function tallyCommand(args: string[]): Promise<number> {
  const files = args.filter(arg => !arg.startsWith('--'))
  const [file] = files
  if (file === undefined || files.length > 1 || args.some(arg => arg.startsWith('--') && arg !== '--json')) {
    return refuse(t('votes.tallyUsage'))
  }
  const text = readText(resolve(process.env.INIT_CWD ?? process.cwd(), file))
  if ('problem' in text) return refuse(`${file}: ${t(text.problem)}`)
  const polls = parsePolls(text.text)
  if (!polls.ok) {
    const lines = polls.error.map(
      ({ line, path, code }) =>
        `${file}:${line}: ${path === '' ? '-' : path}: ${code}: ${t(`votes.problem.${code}`)}`,
    )
    return refuse(lines.join('\n'))
  }
  if (args.includes('--json')) await print(`${formatResults(polls.value.map(resultOf))}\n`)
  else {
    for (const { id, poll, alternatives } of polls.value) {
      await print(`${[id, ...describe(poll), ...alternatives.flatMap(describeAlternative)].join('\n')}\n\n`)
    }
  }
  return 0
}

function refuse(words: string): number {
  process.stderr.write(`${words}\n`)
  return 2
}

/** Waits until the text has left, so that an exit right after it cuts nothing off. */
function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, error => (error ? reject(error) : resolve()))
  })
}

type ReadProblem = 'votes.tallyUnreadable' | 'votes.tallyNotUtf8' | 'votes.tallyTooLarge'

function readText(path: string): { readonly text: string } | { readonly problem: ReadProblem } {
  let bytes: Uint8Array
  try {
    if (statSync(path).size > LARGEST_FILE_BYTES) return { problem: 'votes.tallyTooLarge' }
    bytes = readFileSync(path)
  } catch {
    return { problem: 'votes.tallyUnreadable' }
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { problem: 'votes.tallyNotUtf8' }
  }
}

function describeAlternative(poll: Poll, index: number): string[] {
  return [t('votes.alternativePolicy', { number: index + 1 }), ...describe(poll)]
}

function describe(poll: Poll): string[] {
  const result = tally(poll)
  const matterClass = classOf(poll.matter.clause)
  const strict = sentence(result)
  const lines = [t(`votes.class.${matterClass}`), strict]
  if (result.clause) {
    const { clause } = result
    lines[1] = `${t('votes.strictResult')}: ${strict}`
    lines.push(
      `${t('votes.clauseResult')}: ${sentence({ ...result, ...clause })}`,
      clause.majority === null
        ? t('votes.clauseNoMajority')
        : t('votes.clauseMajority', {
            heads: countText(clause.silentHeads),
            area: formatAreaM2(clause.silentArea),
            choice: t(`votes.choice.${clause.majority}`),
          }),
    )
  }
  if (result.excluded.length > 0) lines.push(t('votes.excludedCount', { count: result.excluded.length }))
  for (const { ballot, unit, reason } of result.excluded) {
    lines.push(t('votes.excludedItem', { ballot, unit, reason: t(`votes.reason.${reason}`) }))
  }
  return lines.map(line => `  ${line}`)
}

/** The verdict in one sentence, integers beside the floors. */
function sentence(result: Tally): string {
  const verdict = verdictOf(result.class, result)
  const gates = verdict.gates.map(gate => {
    const figure = (value: bigint) =>
      gate.by === 'area' ? formatAreaM2(areaCentiM2(value)) : countText(value)
    return t(`votes.gate.${gate.gate}.${gate.by}`, {
      percent: gate.percent,
      part: figure(gate.part),
      whole: figure(gate.whole),
      sign: gate.sign,
      mark: gate.mark,
      met: gate.isMet ? '✓' : '✗',
    })
  })
  return t('votes.verdict', {
    gates: gates.join(t('votes.gateJoin')),
    outcome: t(`votes.outcome.${verdict.outcome}`),
  })
}

/** The course of one meeting's minutes, replayed from its rows: every use case and every page judges by this one reading. */
import type { Tx } from '#db'
import { type MinutesRows, readMinutesRows } from '#db/council'
import { assert, type Result } from '#kernel'
import { type CourseProblem, type CourseStanding, type CourseStep, replayCourse } from './course.ts'
import { type Minutes, parseMinutes, requiredSeats } from './minutes.ts'

/** Stored minutes. */
export function minutesOf(content: Uint8Array): Minutes {
  const minutes = parseMinutes(content)
  assert(minutes !== null, 'stored minutes are malformed')
  return minutes
}

/** The steps in the order in which they were written. */
export function courseSteps(rows: MinutesRows): readonly CourseStep[] {
  const steps: { readonly no: bigint; readonly step: CourseStep }[] = [
    ...rows.minutes.map(row => ({
      no: row.step_no,
      step: {
        kind: 'circulated' as const,
        version: row.version,
        digest: row.digest,
        required: requiredSeats(minutesOf(row.content)),
        at: row.circulated_at,
        correctionsUntil: row.corrections_until,
      },
    })),
    ...rows.corrections.map(row => ({
      no: row.step_no,
      step: {
        kind: 'correction' as const,
        no: row.correction_no,
        version: row.version,
        at: row.made_at,
      },
    })),
    ...rows.answers.map(row => ({
      no: row.step_no,
      step: {
        kind: 'answer' as const,
        no: row.correction_no,
        isAccepted: row.is_accepted,
        version: row.version,
      },
    })),
    ...rows.signOffs.map(row => ({
      no: row.step_no,
      step: {
        kind: 'sign-off' as const,
        version: row.version,
        digest: row.digest,
        seat: row.seat_id,
        stance: row.stance,
      },
    })),
    ...rows.publications.map(row => ({
      no: row.step_no,
      step: {
        kind: 'published' as const,
        version: row.version,
        digest: row.digest,
        at: row.published_at,
      },
    })),
  ]
  return steps.toSorted((a, b) => (a.no < b.no ? -1 : a.no > b.no ? 1 : 0)).map(({ step }) => step)
}

/** Where the rows' course stands; refuses rows that no course could have written. */
export function standingOf(rows: MinutesRows): Result<CourseStanding, CourseProblem> {
  return replayCourse(courseSteps(rows))
}

/** The rows of one meeting with their standing. Throws when somebody changed them past the portal. */
export async function readCourse(
  tx: Tx,
  communityId: number,
  meetingId: string,
): Promise<{ readonly rows: MinutesRows; readonly standing: CourseStanding }> {
  const rows = await readMinutesRows(tx, communityId, meetingId)
  const standing = standingOf(rows)
  assert(standing.ok, `the minutes of ${meetingId} have a course that cannot be`)
  return { rows, standing: standing.value }
}

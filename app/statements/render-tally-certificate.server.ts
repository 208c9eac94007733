/**
 * Draws a tally certificate as a tagged A4 PDF with its data attached. The same bytes in give the same bytes out. It judges
 * nothing: every figure, ratio and outcome is the model's.
 */
import { areaCentiM2, fingerprint, formatAreaM2, type Result } from '#kernel'
import { DEFAULT_POLICY, type Policy, REASONS } from '#votes'
import type { CertifiedGate, CertifiedOption, CertifiedQuestion, MeasureText } from './certified-question.ts'
import { TALLY_CERTIFICATE_KIND } from './document-kind.ts'
import {
  drawn,
  type GlyphProblem,
  printedDate,
  printedInstant,
  type RenderInput,
  type Say,
  SealedFrame,
} from './sealed-frame.server.ts'
import { CONTENT_WIDTH, type Column, INK, PAPER, type Row, type Sheet } from './sheet.server.ts'
import {
  type CertificateProblem,
  certificateIdOf,
  parseTallyCertificate,
  SIGN_OFF_STEPS,
  type TallyCertificate,
} from './tally-certificate.ts'

/** The unsigned bytes of the certificate's PDF. */
export async function renderTallyCertificate(
  input: RenderInput,
): Promise<Result<Uint8Array, CertificateProblem | GlyphProblem>> {
  const parsed = parseTallyCertificate(input.model)
  return parsed.ok ? drawn(() => new TallyCertificateSheet(input, parsed.value).render()) : parsed
}

/** The switches in the order of the rules; canonical JSON sorts them by name. */
const SWITCHES = Object.keys(DEFAULT_POLICY) as readonly (keyof Policy)[]

/** Height of a row that is signed by hand. */
const HAND_ROW = 34

class TallyCertificateSheet {
  private readonly frame: SealedFrame
  private readonly sheet: Sheet
  private readonly say: Say
  /** Words that are not the certificate's own. */
  private readonly plainSay: Say

  constructor(
    input: RenderInput,
    private readonly certificate: TallyCertificate,
  ) {
    this.say = (key, values) => input.say(`certificate.${key}`, values)
    this.plainSay = input.say
    const { community, title, issuedAt } = certificate
    const names = { community: community.name, title }
    this.frame = new SealedFrame(input, {
      kind: TALLY_CERTIFICATE_KIND,
      id: certificateIdOf(certificate),
      communityName: community.name,
      logOrigin: community.logOrigin,
      issuedAt,
      documentTitle: this.say('documentTitle', names),
      runningHead: this.say('runningHeader', names),
    })
    this.sheet = this.frame.sheet
  }

  render(): Promise<Uint8Array> {
    const { certificate } = this
    this.title()
    if (certificate.election !== null) this.election(certificate.election)
    for (const [index, question] of certificate.questions.entries()) this.question(question, index)
    this.frame.verifyBox()
    this.course()
    this.minutes()
    this.signOffs()
    this.notContained()
    this.policy()
    this.digests()
    this.frame.identity(certificate.invariants.map(invariant => this.say(`invariant.${invariant}`)))
    return this.frame.finish()
  }

  // ---- figures as printed ---------------------------------------------------------------------------------------

  private area(text: string): string {
    return grouped(formatAreaM2(areaCentiM2(BigInt(text))))
  }

  private instant(text: string): string {
    return printedInstant(text, this.plainSay)
  }

  private list(texts: readonly string[]): string {
    return texts.join(this.say('listGap'))
  }

  private gate(gates: readonly CertifiedGate[], gate: CertifiedGate['gate'], by: CertifiedGate['by']) {
    return gates.find(each => each.gate === gate && each.by === by)
  }

  /** A ratio with its comparison where the verdict makes one; alone where it decides nothing. */
  private ratio(percent: string, gate: CertifiedGate | undefined): string {
    if (gate === undefined) return percent
    return this.say(gate.isMet ? 'met' : 'notMet', { percent, sign: gate.sign, mark: gate.mark })
  }

  private sentence(option: Pick<CertifiedOption, 'verdict' | 'outcome'>, plan: string | null): string {
    const gates = option.verdict
      .map(gate =>
        this.say(`gate.${gate.gate}.${gate.by}`, {
          percent: gate.percent,
          sign: gate.sign,
          mark: gate.mark,
          met: this.say(gate.isMet ? 'gateMet' : 'gateNotMet'),
        }),
      )
      .join(this.say('gateGap'))
    const outcome = this.say(`outcome.${option.outcome}`)
    return plan === null
      ? this.say('verdict', { gates, outcome })
      : this.say('verdictPlan', { plan, gates, outcome })
  }

  private reasons(counted: readonly { readonly reason: string; readonly count: number }[]): string {
    const rank = (reason: string) => (REASONS as readonly string[]).indexOf(reason)
    return this.list(
      counted
        .toSorted((a, b) => rank(a.reason) - rank(b.reason))
        .map(({ reason, count }) =>
          this.say('reasonCount', { reason: this.plainSay(`reason.${reason}`), count: String(count) }),
        ),
    )
  }

  private small(text: string): void {
    this.sheet.paragraph(text, { size: 8.5, color: INK.muted })
  }

  // ---- the result -----------------------------------------------------------------------------------------------

  private title(): void {
    const { issuedAt, course, version, supersedes, title, official } = this.certificate
    const facts = [
      this.plainSay('issuedAt', { when: this.instant(issuedAt) }),
      this.say('countedAt', { when: this.instant(course.countedAt) }),
      this.plainSay('versionNumber', { version: String(version) }),
      this.say('unit'),
    ]
    this.frame.title(this.say('title'), facts, supersedes)
    this.sheet.paragraph(title, { size: 15, weight: 'bold' })
    this.sheet.y += 4
    if (official.voting === 'on') return
    this.sheet.y += 4
    this.frame.warning(
      this.say(`official.${official.voting}`, {
        system: official.system ?? '',
        fingerprint: fingerprint(official.documentSha256 ?? ''),
      }),
    )
  }

  private question(question: CertifiedQuestion, index: number): void {
    const { sheet } = this
    const { title, text, form, matter, law, options } = question
    const heading = this.say(form === 'candidate' ? 'candidate' : 'question', {
      number: String(index + 1),
      title,
    })
    this.frame.section(heading, null, 225 + 60 * (options.length - 1))
    if (text !== '' && text !== title) sheet.paragraph(text, { size: 9.5 })
    sheet.y += 2
    this.small(
      [
        this.say('matter', {
          article: law.article,
          wording: law.wording,
          class: this.say(`class.${matter.class}`),
        }),
        this.scope(matter.scope),
        ...(matter.parkingTariff ? [this.say('parkingNote')] : []),
      ].join('　·　'),
    )
    sheet.y += 5
    this.figures(question)
    sheet.y += 6
    for (const option of options) {
      this.verdictBox(this.sentence(option, option.label), option.outcome === 'PASSED')
    }
    if (form === 'plans') this.adopted(question)
    for (const option of options) if (option.clause) this.clause(option.clause)
    if (question.excluded.length > 0)
      this.small(this.say('excluded', { list: this.reasons(question.excluded) }))
    this.small(
      this.say('tallyDigest', {
        digest: question.tally,
        index: String(this.certificate.leaves.tallies[index]),
      }),
    )
  }

  private scope(scope: CertifiedQuestion['matter']['scope']): string {
    if (scope === null) return this.say('scope.whole')
    const entrances = scope.entrances.map(entrance => this.say('scopeEntrance', { ...entrance }))
    return this.say('scope.part', { places: this.list([...scope.buildings, ...entrances]) })
  }

  private columns(): Column[] {
    return [
      { label: this.say('what'), width: CONTENT_WIDTH - 84 - 112 - 52 - 112 },
      { label: this.say('area'), width: 84, align: 'right' },
      { label: this.say('areaRatio'), width: 112 },
      { label: this.say('heads'), width: 52, align: 'right' },
      { label: this.say('headsRatio'), width: 112 },
    ]
  }

  private row(
    label: string,
    measure: MeasureText | null,
    ratios: readonly [string, string],
    more: Partial<Row> = {},
  ): Row {
    const [area, heads] = measure === null ? ['', ''] : [this.area(measure.area), grouped(measure.heads)]
    return { cells: [label, area, ratios[0], heads, ratios[1]], ...more }
  }

  /** The row of a ratio that is compared with a mark; red where it falls short. */
  private gateRow(
    label: string,
    measure: MeasureText,
    ratio: { readonly area: string; readonly heads: string },
    verdict: readonly CertifiedGate[],
    gate: CertifiedGate['gate'],
  ): Row {
    const [area, heads] = [this.gate(verdict, gate, 'area'), this.gate(verdict, gate, 'heads')]
    return this.row(label, measure, [this.ratio(ratio.area, area), this.ratio(ratio.heads, heads)], {
      kind: 'subtotal',
      colors: Object.fromEntries([
        ...(area?.isMet === false ? [[2, INK.red]] : []),
        ...(heads?.isMet === false ? [[4, INK.red]] : []),
      ]),
    })
  }

  private figures({ total, participating, options, others, form }: CertifiedQuestion): void {
    const [first] = options
    const base =
      total.units === null ? this.say('total') : this.say('totalUnits', { units: grouped(total.units) })
    const rows: Row[] = [
      this.row(base, total, ['', '']),
      ...(first
        ? [
            this.gateRow(
              this.say('participating'),
              participating,
              first.participation,
              first.verdict,
              'participation',
            ),
          ]
        : []),
    ]
    for (const option of options) {
      const name =
        form === 'plans'
          ? this.say('inFavourPlan', { plan: option.label ?? option.choice })
          : this.say('inFavour')
      rows.push(this.gateRow(name, option.inFavour, option.ofParticipating, option.verdict, 'approval'))
      rows.push(
        this.row(this.say('ofTotal'), null, [option.ofTotal.area, option.ofTotal.heads], {
          colors: { 0: INK.muted, 2: INK.muted, 4: INK.muted },
        }),
      )
    }
    for (const group of others) {
      const names = this.list(group.of.map(choice => this.say(`other.${choice}`)))
      rows.push(this.row(group.of.length > 1 ? this.say('merged', { names }) : names, group, ['', '']))
    }
    this.sheet.table(this.columns(), rows)
  }

  private verdictBox(sentence: string, isPassed: boolean): void {
    const { sheet } = this
    const style = { size: 10.5, weight: 'bold', color: isPassed ? INK.accent : INK.red } as const
    const height = sheet.heightOf(sentence, CONTENT_WIDTH - 20, style) + 12
    sheet.ensure(height)
    sheet.box(PAPER.margin, sheet.y, CONTENT_WIDTH, height, isPassed ? INK.accentSoft : INK.redSoft)
    sheet.placed(sentence, PAPER.margin + 10, sheet.y + 6, CONTENT_WIDTH - 20, style)
    sheet.y += height + 5
  }

  private adopted({ adopted, options }: CertifiedQuestion): void {
    const plan = options.find(option => option.choice === adopted)
    const text = plan ? this.say('adopted', { plan: plan.label ?? plan.choice }) : this.say('adoptedNone')
    this.sheet.paragraph(text, { size: 10, weight: 'bold' })
    this.sheet.y += 3
  }

  /** The silence clause beside the strict result: same columns, set apart by its heading. */
  private clause(clause: NonNullable<CertifiedOption['clause']>): void {
    const { sheet } = this
    sheet.ensure(120)
    sheet.y += 4
    sheet.paragraph(this.say('clauseTitle'), { size: 9, weight: 'bold', color: INK.red })
    const { majority, silent } = clause
    this.small(
      majority === null
        ? this.say('clauseNobody')
        : this.say('clauseSilent', {
            heads: grouped(silent.heads),
            area: this.area(silent.area),
            choice: this.say(`choice.${majority}`),
          }),
    )
    sheet.y += 4
    this.sheet.table(this.columns(), [
      this.gateRow(
        this.say('clauseParticipating'),
        clause.participating,
        clause.participation,
        clause.verdict,
        'participation',
      ),
      this.gateRow(this.say('inFavour'), clause.inFavour, clause.ofParticipating, clause.verdict, 'approval'),
    ])
    sheet.y += 4
    sheet.paragraph(this.sentence(clause, null), { size: 9.5, weight: 'bold', color: INK.muted })
    sheet.y += 4
  }

  private election(election: NonNullable<TallyCertificate['election']>): void {
    const { elected, tied, seats, vacantSeats } = election
    this.frame.section(this.say('electionTitle'), this.say('electionNote', { seats: String(seats) }), 110)
    const columns: Column[] = [
      { label: this.say('name'), width: CONTENT_WIDTH - 140 - 120 - 110 },
      { label: this.say('areaInFavour'), width: 140, align: 'right' },
      { label: this.say('headsInFavour'), width: 120, align: 'right' },
      { label: this.say('seat'), width: 110 },
    ]
    const rows = this.certificate.questions.map(({ id, title, options: [option] }): Row => {
      const { area, heads } = option!.inFavour
      const percent = option!.ofParticipating
      const seat = elected.includes(id) ? 'elected' : tied.includes(id) ? 'tied' : 'notElected'
      return {
        cells: [
          title,
          this.say('figureOf', { figure: this.area(area), percent: percent.area }),
          this.say('figureOf', { figure: grouped(heads), percent: percent.heads }),
          this.say(seat),
        ],
        ...(seat === 'elected' && { kind: 'total' as const }),
        ...(seat === 'tied' && { colors: { 3: INK.red } }),
      }
    })
    this.sheet.table(columns, rows)
    this.sheet.y += 4
    if (vacantSeats > 0) {
      this.sheet.paragraph(this.say('vacant', { count: String(vacantSeats) }), {
        size: 10,
        weight: 'bold',
        color: INK.red,
      })
    }
  }

  // ---- how it came about ----------------------------------------------------------------------------------------

  private course(): void {
    const { course, turnout, delivery, refused, objections } = this.certificate
    this.frame.section(this.say('courseTitle'), null, 150)
    const { noticeAt, opensAt, extensions, closesAt, sealedAt, countedAt, postBy, objectionsUntil } = course
    const step = (name: string, when: string): Row => ({ cells: [this.say(`step.${name}`), when] })
    this.sheet.table(
      [
        { label: this.say('step'), width: CONTENT_WIDTH - 190 },
        { label: this.say('when'), width: 190 },
      ],
      [
        step('noticeAt', this.instant(noticeAt)),
        step('opensAt', this.instant(opensAt)),
        ...extensions.map(
          (extension): Row => ({
            cells: [
              this.say('step.extension', { until: this.instant(extension.closesAt) }),
              this.instant(extension.at),
            ],
          }),
        ),
        step('closesAt', this.instant(closesAt)),
        step('sealedAt', this.instant(sealedAt)),
        step('countedAt', this.instant(countedAt)),
        step('postBy', printedDate(postBy, this.plainSay)),
        step('objectionsUntil', printedDate(objectionsUntil, this.plainSay)),
      ],
    )
    this.sheet.y += 5
    const { online, paper, proxy } = turnout
    const lines = [
      this.say('turnout', {
        total: String(online + paper + proxy),
        online: String(online),
        paper: String(paper),
        proxy: String(proxy),
      }),
      this.say('delivery', {
        delivered: String(delivery.deliveredCount),
        units: String(delivery.unitCount),
      }),
      ...(refused.length > 0 ? [this.say('refused', { list: this.reasons(refused) })] : []),
      this.say('objections', {
        made: String(objections.made),
        answered: String(objections.answered),
        upheld: String(objections.upheld),
      }),
    ]
    for (const text of lines) this.sheet.paragraph(this.plainSay('note', { text }), { size: 9 })
  }

  private minutes(): void {
    const { minutes } = this.certificate
    this.frame.section(this.say('minutesTitle'), null, 130)
    if (minutes === null) {
      this.small(this.say('minutesBlank'))
      for (const name of ['Place', 'Time', 'Persons', 'Remarks']) {
        this.sheet.ensure(26)
        this.sheet.y += 6
        this.sheet.placed(this.say(`minutesBlank${name}`), PAPER.margin, this.sheet.y, 60, { size: 9 })
        this.sheet.rule(PAPER.margin + 64, this.sheet.y + 14, CONTENT_WIDTH - 64, INK.line, 0.8)
        this.sheet.y += 18
      }
      return
    }
    const persons = minutes.persons.map(person => this.say('minutesPerson', { ...person }))
    const lines = [
      this.say('minutesPlace', { place: minutes.place }),
      this.say('minutesTime', {
        start: this.instant(minutes.startedAt),
        end: this.instant(minutes.endedAt),
      }),
      ...(persons.length > 0 ? [this.say('minutesPersons', { list: this.list(persons) })] : []),
      minutes.remarks === ''
        ? this.say('minutesNoRemarks')
        : this.say('minutesRemarks', { text: minutes.remarks }),
    ]
    for (const line of lines) this.sheet.paragraph(line, { size: 9 })
  }

  private signOffs(): void {
    const { signOffs, digests } = this.certificate
    const note = this.say('signOffNote', { fingerprint: fingerprint(digests.tally) })
    this.frame.section(this.say('signOffTitle'), note, 130)
    const columns: Column[] = [
      { label: this.say('office'), width: 110 },
      { label: this.say('person'), width: 90 },
      { label: this.say('signedAt'), width: 130 },
      { label: this.say('byHand'), width: CONTENT_WIDTH - 110 - 90 - 130 },
    ]
    const rows: Row[] = SIGN_OFF_STEPS.map(step => {
      const given = signOffs.find(signOff => signOff.step === step)
      return {
        cells: [
          this.say(`signOff.${step}`),
          given?.name ?? '',
          given ? this.instant(given.at) : this.say('signOffMissing'),
          '',
        ],
        height: HAND_ROW,
        ...(given === undefined && { colors: { 2: INK.red } }),
      }
    })
    for (const office of ['chair', 'residentsCommittee']) {
      rows.push({ cells: [this.say(office), '', '', ''], height: HAND_ROW })
    }
    this.sheet.table(columns, rows)
  }

  private notContained(): void {
    this.frame.section(this.say('notContainedTitle'), null, 80)
    for (const code of this.certificate.notContained) {
      const text = this.say(`notContained.${code}`)
      this.sheet.paragraph(this.plainSay('note', { text }), { size: 9 })
    }
  }

  private policy(): void {
    const { policy, rulesVersion } = this.certificate
    const note =
      rulesVersion === null ? this.say('rulesNone') : this.say('rulesVersion', { version: rulesVersion })
    this.frame.section(this.say('policyTitle'), note, 120)
    this.sheet.table(
      [
        { label: this.say('switch'), width: 250 },
        { label: this.say('value'), width: CONTENT_WIDTH - 250 },
      ],
      SWITCHES.map((name): Row => {
        const value = policy[name]
        const text =
          typeof value === 'number'
            ? this.say(`policy.${name}Value`, { limit: String(value) })
            : this.say(`policy.${name}.${value}`)
        return { cells: [this.say(`policy.${name}`), text] }
      }),
    )
    this.sheet.y += 5
    const laws = this.certificate.questions.map(({ law }) => this.say('lawText', { ...law }))
    for (const text of new Set(laws)) this.small(text)
  }

  private digests(): void {
    const { digests } = this.certificate
    this.frame.section(this.say('digestTitle'), this.say('digestNote'), 120)
    const names = ['motion', 'policy', 'roll', 'weightRoll', 'ballots', 'board', 'tally'] as const
    this.sheet.table(
      [
        { label: this.say('what'), width: 96 },
        { label: this.say('digest'), width: CONTENT_WIDTH - 96 },
      ],
      names.map((name): Row => ({ cells: [this.say(`digest.${name}`), digests[name] ?? this.say('none')] })),
    )
  }
}

/** `1234567.89` as `1,234,567.89`. */
function grouped(text: string): string {
  return text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')
}

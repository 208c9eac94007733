/** The owners' register as officers see it: buildings, the units of one, a unit with its history, the slip with an owner's code. */
import { areaText } from '#i18n'
import { areaCentiM2, type CivilDate } from '#kernel'
import { READING_REASONS, type RegisteredUnit, type UnitFacts } from '#people'
import { Button, ButtonRow, LinkButton } from '../button.tsx'
import { QrCode } from '../digest.tsx'
import { DefinitionList, KeyFigures } from '../figures.tsx'
import { SelectField } from '../form.tsx'
import { Card, Section } from '../page-shell.tsx'
import { DateText, InstantText } from '../stamp.tsx'
import { StatePill } from '../state.tsx'
import { DataTable } from '../table.tsx'
import { Anchor, KeepViewer, useT } from '../viewer.tsx'
import { type OfficeFrame, officePath } from './office-page.tsx'

export interface BuildingRow {
  readonly building: string
  readonly units: number
  readonly areaCentiM2: bigint
}

const buildingPath = (slug: string, building: string) =>
  `${officePath(slug, 'roll')}?${new URLSearchParams({ building })}`

export const unitPath = (slug: string, unitId: string) =>
  officePath(slug, 'roll', 'units', encodeURIComponent(unitId))

/** How many units and how much area, and the buildings they are in. */
export function BuildingTable(props: {
  readonly frame: OfficeFrame
  readonly buildings: readonly BuildingRow[]
}) {
  const t = useT()
  const { buildings } = props
  const sum = (of: (row: BuildingRow) => bigint) => buildings.reduce((total, row) => total + of(row), 0n)
  return (
    <>
      <KeyFigures
        label={t('roll.figures')}
        figures={[
          { label: t('roll.units'), value: String(sum(row => BigInt(row.units))) },
          { label: t('roll.area'), value: areaText(areaCentiM2(sum(row => row.areaCentiM2))) },
        ]}
      />
      <Section title={t('roll.buildings')} lead={t('roll.pickBuilding')}>
        <DataTable
          caption={t('roll.buildings')}
          captionHidden
          phone="keep"
          rows={buildings}
          rowKey={row => row.building}
          rowHref={row => buildingPath(props.frame.slug, row.building)}
          columns={[
            { key: 'building', label: t('roll.building'), cell: row => row.building },
            { key: 'units', label: t('roll.units'), type: 'number', cell: row => row.units },
            {
              key: 'area',
              label: t('roll.area'),
              type: 'number',
              cell: row => areaText(areaCentiM2(row.areaCentiM2)),
            },
          ]}
        />
      </Section>
    </>
  )
}

export interface UnitRow extends RegisteredUnit {
  /** Names where they were asked for; null where only the number of owners is shown. */
  readonly names: readonly string[] | null
  readonly hasAccount: boolean
}

/** The units of one building. */
export function UnitTable(props: {
  readonly frame: OfficeFrame
  readonly building: string
  readonly units: readonly UnitRow[]
  readonly named: boolean
}) {
  const t = useT()
  const { building, named } = props
  const path = buildingPath(props.frame.slug, building)
  return (
    <Section
      title={t('roll.unitsOf', { building })}
      id="units"
      actions={named && <Anchor href={path}>{t('roll.hideNames')}</Anchor>}
    >
      {!named && <NamesForm building={building} />}
      <DataTable
        caption={t('roll.unitsOf', { building })}
        captionHidden
        rows={props.units}
        rowKey={row => row.unitId}
        rowHref={row => unitPath(props.frame.slug, row.unitId)}
        columns={[
          { key: 'unit', label: t('roll.unit'), cell: row => row.unitId },
          {
            key: 'area',
            label: t('roll.unitArea'),
            type: 'number',
            card: 'amount',
            cell: row => areaText(row.areaCentiM2),
          },
          {
            key: 'owners',
            label: t('roll.owners'),
            cell: row => row.names?.join('、') ?? t('roll.ownerCount', { count: row.owners.length }),
          },
          { key: 'kind', label: t('roll.kind'), cell: row => t(`roll.kind.${row.kind}`) },
          { key: 'status', label: t('roll.status'), cell: row => t(`roll.status.${row.status}`) },
          {
            key: 'account',
            label: t('roll.account'),
            cell: row => t(row.hasAccount ? 'roll.hasAccount' : 'roll.noAccount'),
          },
        ]}
      />
    </Section>
  )
}

/** Names are shown for a reason, which is recorded with the look. */
function NamesForm(props: { readonly building: string }) {
  const t = useT()
  return (
    <form method="get">
      <KeepViewer />
      <input type="hidden" name="building" value={props.building} />
      <SelectField
        name="why"
        label={t('audit.reasonField')}
        width="half"
        choices={READING_REASONS.map(reason => ({ value: reason, label: t(`audit.reason.${reason}`) }))}
      />
      <Button tone="quiet">{t('audit.reasonButton')}</Button>
    </form>
  )
}

export interface OwnerCard {
  readonly personId: string
  /** Null once the personal data was erased. */
  readonly name: string | null
  readonly phoneLast4: string | null
  readonly identityLast4: string | null
  readonly hasAccount: boolean
}

/** What is registered of a unit today. */
export function UnitFactList(props: { readonly unit: UnitFacts }) {
  const t = useT()
  const { unit } = props
  return (
    <Section title={t('roll.unitFacts')}>
      <DefinitionList
        items={[
          { term: t('roll.unitArea'), detail: areaText(unit.areaCentiM2) },
          { term: t('roll.areaSource'), detail: t(`roll.areaSource.${unit.areaSource}`) },
          { term: t('roll.kind'), detail: t(`roll.kind.${unit.kind}`) },
          { term: t('roll.status'), detail: t(`roll.status.${unit.status}`) },
        ]}
      />
    </Section>
  )
}

function OwnerItem(props: { readonly owner: OwnerCard }) {
  const t = useT()
  const { owner } = props
  const end = (last4: string | null) => (last4 === null ? t('roll.none') : t('roll.numberEnd', { last4 }))
  const name = owner.name ?? t('roll.erased')
  return (
    <Card>
      <h3>{name}</h3>
      <DefinitionList
        items={[
          { term: t('roll.phone'), detail: end(owner.phoneLast4) },
          { term: t('roll.identity'), detail: end(owner.identityLast4) },
          { term: t('roll.account'), detail: t(owner.hasAccount ? 'roll.hasAccount' : 'roll.noAccount') },
        ]}
      />
    </Card>
  )
}

/** The owners of a unit today. */
export function OwnerCards(props: { readonly owners: readonly OwnerCard[] }) {
  const t = useT()
  return (
    <Section title={t('roll.ownersNow')}>
      {props.owners.map(owner => (
        <OwnerItem key={owner.personId} owner={owner} />
      ))}
    </Section>
  )
}

export interface HistoryRow extends Omit<UnitFacts, 'owners'> {
  readonly recordNo: number
  readonly effectiveOn: CivilDate
  readonly recordedAt: Date
  readonly isRemoved: boolean
  readonly names: readonly string[]
}

/** Every record of a unit. */
export function UnitHistory(props: { readonly records: readonly HistoryRow[] }) {
  const t = useT()
  return (
    <Section title={t('roll.history')} lead={t('roll.historyLead')}>
      <DataTable
        caption={t('roll.history')}
        captionHidden
        rows={props.records}
        rowKey={row => String(row.recordNo)}
        rowTone={row => (row.isRemoved ? 'muted' : undefined)}
        columns={[
          {
            key: 'from',
            label: t('roll.effectiveOn'),
            type: 'date',
            cell: row => <DateText date={row.effectiveOn} />,
          },
          { key: 'area', label: t('roll.unitArea'), type: 'number', cell: row => areaText(row.areaCentiM2) },
          {
            key: 'source',
            label: t('roll.areaSource'),
            cell: row => t(`roll.areaSource.${row.areaSource}`),
          },
          {
            key: 'owners',
            label: t('roll.owners'),
            cell: row => (row.isRemoved ? t('roll.removed') : row.names.join('、')),
          },
          {
            key: 'status',
            label: t('roll.status'),
            card: 'plain',
            cell: row => (
              <StatePill
                tone={row.isRemoved ? 'stopped' : 'done'}
                label={t(row.isRemoved ? 'roll.removed' : `roll.status.${row.status}`)}
              />
            ),
          },
          {
            key: 'recorded',
            label: t('roll.recordedAt'),
            type: 'date',
            cell: row => <InstantText at={row.recordedAt} />,
          },
        ]}
      />
    </Section>
  )
}

/** The slip to print and hand over: the code is shown this once. */
export function CodeSlip(props: {
  readonly frame: OfficeFrame
  readonly unitId: string
  readonly kind: 'owner' | 'tenant'
  readonly url: string
  readonly until: Date
}) {
  const t = useT()
  return (
    <>
      <Card>
        <h2>{t(props.kind === 'owner' ? 'roll.slipTitle' : 'roll.slipTitleTenant')}</h2>
        <p>{t(props.kind === 'owner' ? 'roll.slipFor' : 'roll.slipForTenant', { unit: props.unitId })}</p>
        <QrCode text={props.url} />
        <p>
          {t('roll.slipCode')}
          <br />
          <code className="code-slip">{props.url}</code>
        </p>
        <p>
          {t('roll.slipUntil')} <InstantText at={props.until} />
        </p>
        <p>{t('roll.slipOnce')}</p>
        <p>{t('roll.slipKeep')}</p>
      </Card>
      <ButtonRow>
        <LinkButton href={unitPath(props.frame.slug, props.unitId)}>{t('roll.slipBack')}</LinkButton>
      </ButtonRow>
    </>
  )
}

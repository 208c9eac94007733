/** What the owners of the demo are asked: three motions with their windows. Data only; fictional throughout. */
import { civilDate, instantOf } from '#kernel'
import { DEFAULT_COURSE, type MotionInput, type Question } from '#votes'

/** A motion with its dates in the demo. */
export interface DemoPoll {
  readonly motion: MotionInput
  /** The printed explanation that the notice links to. */
  readonly document: { readonly name: string; readonly subject: string; readonly lines: readonly string[] }
  readonly announcedAt: Date
  readonly opensAt: Date
  readonly closesAt: Date
}

const at = (day: string, hour: number) => instantOf(civilDate(day), hour * 3600)

function motionOf(
  clause: Question['matter']['clause'],
  text: string,
  rest: Pick<MotionInput, 'title' | 'summary' | 'money' | 'pros' | 'cons'>,
): MotionInput {
  const matter = { clause, scope: null }
  return {
    ...rest,
    questions: [{ questionId: 'q1', title: rest.title, text, form: 'plain', plans: [], matter }],
    documents: [],
    officialVoting: 'on',
    officialSystem: null,
    rulesVersion: '2024-1',
    election: null,
    course: DEFAULT_COURSE,
  }
}

/** Decided and final: an ordinary matter that passed. */
export const FIRE_POLL: DemoPoll = {
  motion: motionOf(
    9,
    '同意由成都安舍消防技术有限公司改造六栋楼的消防栓管网、报警主机和应急照明，费用由共有基金支付。',
    {
      title: '消防设施改造',
      summary:
        '消防检测报告指出：管网漏水，报警主机停产无配件，应急照明三成不亮。改造工期 60 天，由业委会和居委会共同验收。',
      money: {
        amountFen: '18600000',
        payer: '共有基金',
        projectText: '消防设施改造工程',
        budgetLine: '5108 消防设施',
      },
      pros: [
        '消防隐患由检测机构书面指出，不改造会被责令停用。',
        '三家报价，取综合评分最高的一家，质保五年。',
      ],
      cons: ['施工期间每栋楼停水两次，每次半天。', '当年共有基金结余会减少约三成。'],
    },
  ),
  document: {
    name: '消防设施检测报告摘要.pdf',
    subject: '消防设施检测报告（摘要）',
    lines: ['管网保压试验不合格', '报警主机停产，无备件', '应急照明抽查 60 盏，19 盏不亮'],
  },
  announcedAt: at('2026-04-07', 10),
  opensAt: at('2026-04-23', 9),
  closesAt: at('2026-05-02', 18),
}

/** Counted, objections are still heard: a special matter that enough took part in and too few agreed to. */
export const LAWN_POLL: DemoPoll = {
  motion: motionOf(8, '同意把东门内 860 平方米绿地改建为 34 个停车位，改变共有部分的用途。', {
    title: '东门绿地改停车位',
    summary: '小区固定车位 210 个，登记车辆 371 辆。改建须先由业主共同决定，再报规划和园林部门审批。',
    money: {
      amountFen: '42000000',
      payer: '共有基金',
      projectText: '东门绿地改建停车位工程',
      budgetLine: '5110 公共区域维修',
    },
    pros: ['增加 34 个车位，每年约增加停车收入 8 万元。', '消防通道被占的投诉集中在东门。'],
    cons: ['绿地率由 32% 降到 29%，减少的绿地没有地方补。', '一二栋低楼层的噪声和夜间灯光会增加。'],
  }),
  document: {
    name: '东门绿地改建示意.pdf',
    subject: '东门绿地改建示意（说明）',
    lines: [
      '改建范围：东门内侧 860 平方米',
      '保留乔木 11 株，移栽 6 株',
      '新增车位 34 个，其中充电车位 10 个',
    ],
  },
  announcedAt: at('2026-10-08', 10),
  opensAt: at('2026-10-24', 9),
  closesAt: at('2026-11-15', 18),
}

/** Open: whoever tries the demo votes on it. */
export const BUDGET_POLL: DemoPoll = {
  motion: motionOf(9, '同意小区 2027 年度开放式预算：收入 158.0 万元，支出 121.4 万元，结余转入共有基金。', {
    title: '2027 年度开放式预算',
    summary: '预算由业委会和物业共同编制，九月起公示两轮，收到意见 41 条，采纳 17 条。逐项金额见附件。',
    money: {
      amountFen: '121400000',
      payer: '共有基金',
      projectText: '2027 年度预算支出',
      budgetLine: '全部支出科目',
    },
    pros: ['物业服务费标准不变。', '电梯维保和消防维保按合同足额列支。'],
    cons: ['公共用电按去年用量编制，如果电价上调会超支。', '没有安排新的健身设施。'],
  }),
  document: {
    name: '2027年度预算说明.pdf',
    subject: '2027 年度预算说明',
    lines: [
      '人员与社会保险 53.0 万元',
      '保洁、绿化、维保 34.6 万元',
      '公共水电 17.6 万元',
      '其他与预备 16.2 万元',
    ],
  },
  announcedAt: at('2026-10-08', 11),
  opensAt: at('2026-11-07', 9),
  closesAt: at('2027-03-31', 18),
}

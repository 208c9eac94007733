/** Words of owners' rolls as they are printed: headings by what stands beneath them, and the words of kinds, states and sources. */
import type { AreaSource, UnitKind, UnitStatus } from '../register.ts'

/** What a column can hold. `place` is building, entrance and number in one cell; `ownerKey` refers to a list of owners. */
export const ROLL_ROLES = [
  'building',
  'entrance',
  'number',
  'place',
  'area',
  'areaSource',
  'kind',
  'owners',
  'ownerKey',
  'status',
  'phone',
  'identity',
] as const

export type RollRole = (typeof ROLL_ROLES)[number]

/** Headings of areas, surest first: 套内 and 公摊 are never the area of the exclusive part. */
export const AREA_HEADINGS: readonly (readonly [AreaSource | null, readonly string[]])[] = [
  [
    'register',
    ['产权面积', '登记面积', '证载面积', '产权登记面积', '产权建筑面积', '不动产登记面积', '房产证面积'],
  ],
  ['survey', ['实测面积', '实测建筑面积', '测绘面积', '测绘建筑面积']],
  ['contract', ['合同面积', '合同建筑面积', '预测面积', '预测建筑面积', '预售面积']],
  [null, ['建筑面积', '面积', '房屋面积', '专有部分面积', '专有面积', '车位面积', '房屋建筑面积']],
]

export const HEADINGS: Readonly<Record<Exclude<RollRole, 'area'>, readonly string[]>> = {
  building: [
    '楼栋',
    '楼栋号',
    '楼栋编号',
    '楼栋名称',
    '楼号',
    '楼幢',
    '幢号',
    '栋号',
    '栋',
    '幢',
    '座',
    '栋座',
    '号楼',
    '楼',
    '停车场编号',
    '停车场',
  ],
  entrance: ['单元', '单元号', '单元编号', '单元名称', '梯号'],
  number: [
    '房号',
    '房间号',
    '房屋编号',
    '房屋号',
    '室号',
    '户号',
    '门牌号',
    '室',
    '铺号',
    '商铺号',
    '车位编码',
    '车位编号',
    '车位号',
    '储藏室编号',
    '储藏室号',
  ],
  place: ['房屋坐落', '坐落', '房屋地址', '房产地址', '物业地址', '地址', '房屋信息', '房产', '房屋'],
  areaSource: ['面积来源', '面积依据', '面积出处'],
  kind: ['房屋类型', '房屋用途', '规划用途', '用途', '物业类型', '业态', '类型', '停车场类型'],
  owners: [
    '业主姓名',
    '业主',
    '业主名称',
    '姓名',
    '产权人',
    '产权人姓名',
    '权利人',
    '不动产权利人',
    '所有权人',
    '购房人',
    '房主',
    '共有人',
    '共有人姓名',
    '产权人2',
    '业主2',
    '业主姓名2',
  ],
  ownerKey: ['业主编号', '业主号', '客户编号'],
  status: ['交付状态', '交房状态', '销售状态', '房屋状态', '交付情况', '状态'],
  phone: [
    '联系电话',
    '电话',
    '手机',
    '手机号',
    '手机号码',
    '联系方式',
    '电话号码',
    '业主电话',
    '联系电话1',
    '手机1',
  ],
  identity: ['身份证号', '身份证号码', '身份证', '证件号', '证件号码', '身份证件号', '统一社会信用代码'],
}

/** Whole words of a cell. 110 is what one management program writes for a dwelling. */
export const KIND_WORDS: Readonly<Record<UnitKind, readonly string[]>> = {
  residence: ['住宅', '普通住宅', '公寓', '别墅', '洋房', '住房', '成套住宅', 'residence', '110'],
  commercial: ['商业', '商铺', '店铺', '门面', '门市', '底商', '商业用房', '办公', '写字楼', 'commercial'],
  parking: [
    '车位',
    '车库',
    '停车位',
    '机动车位',
    '地上停车位',
    '地下停车位',
    '地上车位',
    '地下车位',
    'parking',
  ],
  storage: ['储藏室', '储藏间', '储物间', '杂物间', '地下室', '仓库', 'storage'],
}

/** 已售 alone says nothing about delivery and is asked back. */
export const STATUS_WORDS: Readonly<Record<UnitStatus, readonly string[]>> = {
  delivered: ['已交付', '交付', '已交房', '已接房', '已收房', '已入住', '自住', '出租', '空置', 'delivered'],
  unsold: ['未售', '未出售', '未售出', '待售', '在售', '开发商持有', 'unsold'],
  sold_undelivered: [
    '已售未交付',
    '已售未交房',
    '未交付',
    '未交房',
    '未接房',
    '未收房',
    'soldundelivered',
    'sold_undelivered',
  ],
}

export const AREA_SOURCE_WORDS: Readonly<Record<AreaSource, readonly string[]>> = {
  register: ['不动产登记簿', '登记簿', '登记', '产权证', '不动产权证', '房产证', '产权登记', 'register'],
  survey: ['实测', '测绘', '实测报告', '测绘报告', 'survey'],
  contract: ['合同', '买卖合同', '购房合同', '商品房买卖合同', '预测', '预售', 'contract'],
}

/** First words of a row that adds up the rows above. */
export const TOTAL_WORDS: readonly string[] = ['合计', '总计', '小计', '共计']

/** What is printed where nothing is to be said. */
export const NOTHING_WORDS: readonly string[] = ['无', '/', '-', '--', '—', '0', '空']

/** How the name of an organisation ends; its members are never owners of their own. */
export const ORGANISATION_ENDINGS: readonly string[] = [
  '公司',
  '有限合伙',
  '合伙企业',
  '银行',
  '分行',
  '支行',
  '中心',
  '委员会',
  '居委会',
  '村委会',
  '合作社',
  '学校',
  '幼儿园',
  '医院',
  '大学',
  '研究院',
  '研究所',
  '事务所',
  '基金会',
  '协会',
  '集团',
  '工厂',
  '管理局',
  '办事处',
  '政府',
  '街道办',
  '经营部',
  '商行',
  '个体工商户',
]

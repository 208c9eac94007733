/** Words of the server itself: its start, and requests refused before any page saw them. */
export const platform = {
  refusedKicker: '请求未受理',
  refusedContains: '没有任何内容被保存或更改。',
  'refused.foreign-form': '这份表单不是从本站页面发出的',
  'refusedText.foreign-form': '为防止别的网站冒用您的身份，没有受理。请从本站打开页面，再填一次。',
  'refused.body-too-large': '提交的内容太大',
  'refusedText.body-too-large': '上传的文件合计不能超过 30 MB，其他表单不能超过 1 MB。请分几次提交。',
  'refused.method': '不支持这种请求',
  'refusedText.method': '本站只受理打开页面和提交表单。',
  startBuilding: '正在构建页面（首次约半分钟）……',
  startBuildFailed: '页面构建失败，原因见上。',
  startDemoPartial:
    '演示小区上次没有建完（中途被停止），数字不全。请停止后删除目录 {directory}，再启动一次。',
  startSeeding: '数据库是空的，正在建立演示小区……',
  startSeededMonth: '{period} 已入账',
  startServing: '明账已启动：{address}',
  startDemo: '演示小区：{address}',
  startSignIns:
    '演示登录（密码都是 {password}；验证码用验证器输入密钥，或运行 npm run -s portal -- demo --code 登录名）：',
  startSignIn: '{login}：{name}（验证器密钥 {secret}）',
  startOwner: '{login}：{title}（业主只用密码登录）',
  startStopping: '正在停止……',
  startStopped: '已停止。',
  startEmbedded: '正用内嵌数据库：断电可能丢失最后时刻的记录，正式使用请设置 DATABASE_URL。',
  startPortInUse: '端口 {port} 已被别的程序占用：请停止那个程序，或用 PORT 另设端口。',
  startDatabaseInUse: '内嵌数据库正被另一个程序使用：请先停止那个程序。',
  startDatabaseFailed: '数据库打不开：{reason}',
  startKeyExposed:
    '密钥 {path} 的权限太宽：只应由运行本程序的账户读取。确认无人读过后执行 chmod go-rwx {path}',
} as const

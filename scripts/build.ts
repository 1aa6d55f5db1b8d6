import { buildDesk } from '#scripts/build-desk'

const { ok, output } = await buildDesk()
if (output !== '') console.log(output)
process.exitCode = ok ? 0 : 1

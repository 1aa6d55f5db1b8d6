import { Prose } from '#components/docs/prose'
import type { ProblemView } from '#lib/api/document/view'

const HEAD = 'border-b py-1.5 pr-4 text-left font-column text-muted text-small'
const CELL = 'border-b py-2 pr-4 align-top'

/** The codes of problem documents that can come, with their status and when. */
export function ProblemTable({ label, problems }: { label: string; problems: readonly ProblemView[] }) {
  return (
    <table className="w-full table-fixed border-collapse text-body" aria-label={label}>
      <thead>
        <tr>
          <th className={`${HEAD} w-16`}>Status</th>
          <th className={`${HEAD} w-[38%] sm:w-[27%]`}>Code</th>
          <th className={HEAD}>When</th>
        </tr>
      </thead>
      <tbody>
        {problems.map(({ status, code, when }) => (
          <tr key={`${status} ${code}`}>
            <td className={CELL}>{status}</td>
            <td className={CELL}>
              <code className="text-mono [overflow-wrap:anywhere]">{code}</code>
            </td>
            <td className={`${CELL} pr-0 text-soft`}>
              <Prose text={when} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

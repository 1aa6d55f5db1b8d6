import { Prose } from '#components/docs/prose'
import type { FieldView } from '#lib/api/document/view'

const HEAD = 'border-b py-1.5 pr-4 text-left align-bottom font-column text-muted text-small'
const CELL = 'border-b py-2 pr-4 align-top'

/** Fields or parameters with what they are; on a phone type and need stand below the name. */
export function FieldTable({ label, fields }: { label: string; fields: readonly (FieldView & { place?: string })[] }) {
  return (
    <table className="w-full table-fixed border-collapse text-body" aria-label={label}>
      <thead>
        <tr>
          <th className={`${HEAD} w-[44%] sm:w-[27%]`}>Name</th>
          <th className={`${HEAD} w-[23%] max-sm:hidden`}>Type</th>
          <th className={`${HEAD} w-[12%] max-sm:hidden`}>Required</th>
          <th className={HEAD}>Description</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, type, required, description, place }) => (
          <tr key={name}>
            <th scope="row" className={`${CELL} text-left font-normal`}>
              <code className="text-mono [overflow-wrap:anywhere]">{name}</code>
              {place !== undefined && place !== 'query' && (
                <span className="ml-1.5 text-muted text-small">{place}</span>
              )}
              <span className="block text-muted text-small [overflow-wrap:anywhere] sm:hidden">
                {type}
                {required ? ', required' : ''}
              </span>
            </th>
            <td className={`${CELL} text-small text-soft [overflow-wrap:anywhere] max-sm:hidden`}>{type}</td>
            <td className={`${CELL} text-small text-soft max-sm:hidden`}>{required ? 'yes' : 'no'}</td>
            <td className={`${CELL} pr-0 text-soft [overflow-wrap:anywhere]`}>
              <Prose text={description} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

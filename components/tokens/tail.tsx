/** A secret named by its end: "…x7Qf". */
export function Tail({ of }: { of: string }) {
  return <span className="whitespace-nowrap font-mono text-[0.9em]">…{of}</span>
}

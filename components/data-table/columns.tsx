import { createColumnHelper, metaHelper, type RowData, rowSortingFeature, tableFeatures } from '@tanstack/react-table'

export type ColumnMeta = {
  /** On every cell of the column, its head included: width, alignment, from which width of the table (a container) on it is shown. */
  readonly className?: string
  /** On the cells alone: where they stand in the block that a row becomes below 640 px. */
  readonly cellClassName?: string
  /** The head is read out but not drawn. */
  readonly hiddenHead?: boolean
}

// Sorting and paging are the server's: the table knows the order only to draw it.
export const dataTableFeatures = tableFeatures({ rowSortingFeature, columnMeta: metaHelper<ColumnMeta>() })

export type DataTableFeatures = typeof dataTableFeatures

/** The helper that makes columns for DataTable; give `enableSorting` and `sortDescFirst` where a column sorts. */
export const columnsOf = <Row extends RowData>() => createColumnHelper<DataTableFeatures, Row>()

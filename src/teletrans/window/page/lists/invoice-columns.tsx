/** The columns of the list of invoices. */
import type { InvoiceColumn } from '../../../application/lists/port';
import { formatEuros } from '../../view-model/format';
import type { InvoiceRow } from '../../view-model/invoice-rows';
import { Badge, Todo } from '../ui/badge';
import { Icon } from '../ui/icon';
import type { Column } from '../ui/table-frame';

export function invoiceColumns(show: (row: InvoiceRow) => void): readonly Column<InvoiceRow, InvoiceColumn>[] {
  return [
    {
      key: 'number',
      label: 'Facture',
      head: true,
      cell: (row) => (
        <button type="button" class="link" onClick={() => show(row)}>
          {row.number}
          <span class="unseen"> : voir le détail</span>
        </button>
      ),
    },
    { key: 'kind', label: 'Type', cell: (row) => row.kind },
    { key: 'practitioner', label: 'Praticien', cell: (row) => row.practitioner },
    {
      key: 'payer',
      label: 'Organisme',
      cell: (row) => (
        <span class="wrap" title={row.payer}>
          {row.payer}
        </span>
      ),
    },
    {
      key: 'state',
      label: 'État et suite',
      cell: (row) => (
        <>
          <Badge {...row.state} />
          <Todo text={row.code === 'NACKED' && row.ack !== null ? `${row.ack.short}. ${row.todo}` : row.todo} />
        </>
      ),
    },
    {
      key: 'deadline',
      label: 'Échéance',
      cell: (row) => (
        <>
          {row.deadline}
          {row.deadlineWord === '' ? null : (
            <span class={`under tone-${row.deadlineState === 'late' ? 'alert' : 'attention'}`}>
              <Icon shape="clock" />
              {row.deadlineWord}
            </span>
          )}
        </>
      ),
    },
    { key: 'lot', label: 'Lot', cell: (row) => row.lot ?? '–' },
    { key: 'fees', label: 'Montant', align: 'right', cell: (row) => formatEuros(row.fees) },
    { key: 'amo', label: 'Part AMO', align: 'right', cell: (row) => formatEuros(row.amo) },
    { key: 'amc', label: 'Part AMC', align: 'right', cell: (row) => formatEuros(row.amc) },
  ];
}

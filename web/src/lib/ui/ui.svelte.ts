/** Which dialog is open: any part of the page may open one. */

export type DialogName = 'help' | 'export' | 'add' | 'bulk' | null;

class Ui {
  dialog = $state<DialogName>(null);
  facets = $state(false);
  /** What a bulk step is to do. */
  bulkAction = $state<'accept' | 'reject' | 'unsure'>('accept');
  /** Files dropped on the page. */
  dropped = $state.raw<File[]>([]);
  /** Whether the narrow layout (tablet) shows the inspector over the view. */
  inspector = $state(true);
}

export const ui = new Ui();

/** A customer as the directory knows them: what an agent needs at a glance. */
export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly company?: string;
  /** `vip`, `partner`, `standard` … */
  readonly segment?: string;
  readonly notes?: string;
}

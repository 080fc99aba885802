import type { AgentId } from './ids.ts';

/** A customer as the directory knows them: what an agent needs at a glance. */
export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly company?: string;
  /** `vip`, `partner`, `standard` … */
  readonly segment?: string;
  readonly notes?: string;
  /** The agent whose customer this is. */
  readonly owner?: AgentId;
  /** A case that is not closed yet, by its name in the customer's own system. */
  readonly openCase?: string;
}

import type { AgentId, Extension } from '../ids.ts';

/** What is wrong with a policy, where, and what to do about it. */
export interface PolicyFault {
  /** As a path in the document: `flows.main.nodes.menu.choices.1`. */
  readonly path: string;
  readonly message: string;
}

/** What a policy may refer to outside itself. */
export interface Known {
  readonly agents: ReadonlySet<AgentId>;
  readonly extensions: ReadonlySet<Extension>;
  /** The ids of the trunks; absent: not looked at. */
  readonly trunks?: ReadonlySet<string>;
}

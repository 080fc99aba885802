import type { AgentStateName } from '@cordboard/core';
import { BellRing, CircleCheck, NotebookPen, Pause, Phone, Power } from 'lucide-react';
import './state-mark.css';

const shapes = {
  offered: BellRing,
  talking: Phone,
  'wrap-up': NotebookPen,
  ready: CircleCheck,
  paused: Pause,
  'signed-out': Power,
} as const satisfies Record<AgentStateName, unknown>;

/** A state's shape; its name always stands beside it. */
export const StateMark = ({ state }: { readonly state: AgentStateName }) => {
  const Shape = shapes[state];
  return (
    <span className="state-mark" data-state={state} aria-hidden="true">
      <Shape />
    </span>
  );
};

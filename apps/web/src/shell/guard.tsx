import { Component, type ReactNode } from 'react';

interface GuardProps {
  /** Shown in place of a page that has stopped working. */
  readonly otherwise: ReactNode;
  readonly children: ReactNode;
}

/** A fault in one room leaves the house standing. */
export class Guard extends Component<GuardProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { readonly hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.otherwise : this.props.children;
  }
}

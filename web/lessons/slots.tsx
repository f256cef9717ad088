import { Children, Fragment, isValidElement, type ReactElement, type ReactNode } from 'react';

/** Props of a part of a lesson that its card puts into place: the part itself shows nothing but its words. */
export interface SlotProps {
  readonly id?: string;
  readonly children?: ReactNode;
}

/** What a step waits for. */
export function Waiting({ children }: SlotProps) {
  return children;
}

/** What was seen when a step was done. */
export function Seen({ children }: SlotProps) {
  return children;
}

/** What to do in a step that looks at packets, where they can't be captured. */
export function WithoutCapture({ children }: SlotProps) {
  return children;
}

/** What was seen when a step was done without packets. */
export function SeenWithout({ children }: SlotProps) {
  return children;
}

/** A near miss. */
export function Hint({ children }: SlotProps) {
  return children;
}

/** A hint that the learner asks for. */
export function Help({ children }: SlotProps) {
  return children;
}

/** The answer, for those who ask for it. */
export function Answer({ children }: SlotProps) {
  return children;
}

/** One choice of a prediction or a quiz. */
export function Choice({ children }: SlotProps) {
  return children;
}

/** Why a choice is right or wrong. */
export function Why({ children }: SlotProps) {
  return children;
}

/** What a prediction says when none of its choices happened. */
export function Otherwise({ children }: SlotProps) {
  return children;
}

/** A component, told by its identity only. */
type Slot = (props: never) => ReactNode;
type SlotElement = ReactElement<SlotProps>;

/** The children without those of the given slots, in order. */
export function without(children: ReactNode, slots: readonly Slot[]): readonly ReactNode[] {
  return partsOf(children).filter((child) => !slots.some((slot) => isOf(child, slot)));
}

/** The children that are of one slot, in order. */
export function only(children: ReactNode, slot: Slot): readonly SlotElement[] {
  return partsOf(children).flatMap((child) => (isOf(child, slot) ? [child] : []));
}

/** The words of the first child of one slot; `null` where there is none. */
export function wordsOf(children: ReactNode, slot: Slot): ReactNode {
  return only(children, slot)[0]?.props.children ?? null;
}

/** The same words without the paragraph around them, for where only a phrase may stand, as in a button. */
export function phrase(nodes: readonly ReactNode[]): ReactNode {
  return nodes.map((node, index) => {
    const isParagraph = isValidElement<SlotProps>(node) && node.type === 'p';
    // biome-ignore lint/suspicious/noArrayIndexKey: the words of a lesson never change their order
    return <Fragment key={index}>{isParagraph ? node.props.children : node}</Fragment>;
  });
}

/** MDX leaves line breaks between its elements. */
function partsOf(children: ReactNode): readonly ReactNode[] {
  return Children.toArray(children).filter((child) => typeof child !== 'string' || child.trim() !== '');
}

function isOf(child: ReactNode, slot: Slot): child is SlotElement {
  return isValidElement(child) && child.type === slot;
}

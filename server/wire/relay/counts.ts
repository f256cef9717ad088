import type { RelayCounts } from '#protocol/relay.ts';

/** Counts of one direction, while they grow. */
export class Counts implements RelayCounts {
  pieces = 0;
  bytes = 0;
  droppedPieces = 0;
  droppedBytes = 0;

  sent(bytes: number): void {
    this.pieces += 1;
    this.bytes += bytes;
  }

  dropped(bytes: number): void {
    this.droppedPieces += 1;
    this.droppedBytes += bytes;
  }

  /** What they are at this moment. */
  snapshot(): RelayCounts {
    const { pieces, bytes, droppedPieces, droppedBytes } = this;
    return { pieces, bytes, droppedPieces, droppedBytes };
  }
}

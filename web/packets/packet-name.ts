import type { TFunction } from 'i18next';
import type { LayerName } from '#packets/octets.ts';

/** The words of captured packets in the present language. */
export type PacketWords = TFunction<'packets'>;

/** A header's name. */
export function layerName(t: PacketWords, layer: LayerName): string {
  return t(`detail.layer.${layer}`);
}

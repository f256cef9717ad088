/** UDP headers: RFC 768. Length and checksum follow from the payload and the IP header. */

export interface UdpHeader {
  readonly sourcePort: number;
  readonly destinationPort: number;
}

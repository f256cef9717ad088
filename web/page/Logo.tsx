/** The porthole: a brass ring with the sea behind it. Decorative; the name stands beside it. */
export function Logo({ size = 26 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <circle cx="16" cy="16" r="15" fill="#e5b65c" />
      <circle cx="16" cy="16" r="10" fill="#0a2a40" />
      <path d="M6 16a10 10 0 0 0 20 0c-2.5-1.7-5-1.7-7.5 0s-5 1.7-7.5 0-3.5-1.2-5 0Z" fill="#2f8fb3" />
      <g fill="#8a6320">
        <circle cx="16" cy="3.4" r="1.1" />
        <circle cx="16" cy="28.6" r="1.1" />
        <circle cx="3.4" cy="16" r="1.1" />
        <circle cx="28.6" cy="16" r="1.1" />
      </g>
    </svg>
  );
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/**
 * The line of the daytime demo, in the first syntax of RFC 867, "Daytime Syntax": `Weekday, Month Day, Year
 * Time-Zone`, as in `Tuesday, February 22, 1982 17:37:43-PST`. Always in UTC; CR LF at the end.
 */
export function daytimeLine(date: Date): string {
  const weekday = WEEKDAYS[date.getUTCDay()];
  const month = MONTHS[date.getUTCMonth()];
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(twoDigits).join(':');
  return `${weekday}, ${month} ${date.getUTCDate()}, ${date.getUTCFullYear()} ${time}-UTC\r\n`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

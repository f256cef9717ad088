import type { HttpProblem, HttpProblemCode } from './http-problem.ts';

/** What each problem is, in plain English; `{{name}}` stands for one of its values. */
export const HTTP_SENTENCES: Readonly<Record<HttpProblemCode, string>> = {
  'tls-hello': 'These octets begin a TLS handshake. This port speaks plain HTTP: use http:// and not https://.',
  'blank-line': 'An empty line came before the request line. It is skipped.',
  'bare-lf':
    'A line ends in a line feed alone. In HTTP a line ends in two octets, carriage return and line feed (0d 0a).',
  'bare-cr': 'There is a carriage return (0d) inside a line, without the line feed that belongs to it.',
  'start-parts':
    'The first line, {{text}}, is no request line. It has three parts with one space between them: method, target, version, as in GET / HTTP/1.1.',
  'method-name': '{{text}} is no method: a method is a word of letters, such as GET or POST.',
  'method-case': 'Methods are case-sensitive: {{text}} is not {{wanted}}.',
  'target-form': 'The target {{text}} is no path. It begins with a slash, as in /hello.',
  'version-missing': 'The request line has no version. It ends in HTTP/1.1.',
  'version-form': '{{text}} is no version of HTTP. It is written HTTP/1.1, in capitals.',
  'version-other': 'This is {{text}}; here HTTP/1.1 and HTTP/1.0 are spoken.',
  'status-form':
    'The first line, {{text}}, is no status line. It has a version, three digits and a reason, as in HTTP/1.1 200 OK.',
  'field-colon': 'The line {{text}} has no colon. A field is a name, a colon and a value.',
  'field-name': '{{text}} is no field name: letters, digits and hyphens, and no space.',
  'field-space':
    'There is a space between the name {{text}} and its colon. Servers that disagree about it can be tricked, so it is refused.',
  'field-fold': 'A line begins with a space: it would go on with the field before it. That was given up long ago.',
  'field-value': 'The value of {{text}} holds a control character.',
  'host-missing': 'There is no Host field. In HTTP/1.1 every request has exactly one: it says which site is meant.',
  'host-twice': 'There are {{count}} Host fields. A request has exactly one.',
  'host-form': '{{text}} is no host: a name or an address, and maybe a colon and a port.',
  'length-form': 'The Content-Length {{text}} is no number of octets.',
  'length-differs': 'There are several Content-Lengths, and they differ: {{text}}. Nobody can tell which one is meant.',
  'length-repeated': 'The same Content-Length is given more than once.',
  'length-and-encoding':
    'There are both Content-Length and Transfer-Encoding. Two servers that each believe another one see different requests (request smuggling), so it is refused.',
  'encoding-form': 'The Transfer-Encoding {{text}} does not end in chunked, so nobody can tell where the body ends.',
  'encoding-version': 'HTTP/1.0 knows no Transfer-Encoding.',
  'chunk-size': '{{text}} is no chunk size: it is a number in hexadecimal digits, on a line of its own.',
  'chunk-end': 'A chunk is longer or shorter than its size says: no line end follows its {{bytes}} octets.',
  'after-length':
    'This follows right behind a body of {{bytes}} octets. If it was meant as a part of that body, Content-Length was too small.',
  'head-ended': 'The connection ended before the empty line that ends the header fields.',
  'body-ended': 'The connection ended {{bytes}} octets before the end of the body that was announced.',
  'chunks-ended': 'The connection ended before the last chunk, the one of size 0.',
  'line-too-long': 'A line is longer than {{bytes}} octets.',
  'too-many-fields': 'There are more than {{count}} header fields.',
  pipelined:
    'This was sent before the request ahead of it was answered: pipelining. Answers come in the order of requests.',
  'not-recorded': 'Some octets were not recorded here, so what follows cannot be read.',
};

/** The sentence for a problem. */
export function httpSentence({ code, values }: HttpProblem): string {
  return HTTP_SENTENCES[code].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}

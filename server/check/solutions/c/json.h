/* As much of JSON (RFC 8259) as flat objects of strings need: member values are found, and strings written. */
#ifndef JSON_H
#define JSON_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Skips white space. */
static const char *skip(const char *at) { return at + strspn(at, " \t\r\n"); }

static char *put_utf8(char *to, unsigned code) {
  if (code < 0x80) *to++ = code;
  else if (code < 0x800) *to++ = 0xc0 | code >> 6, *to++ = 0x80 | (code & 0x3f);
  else if (code < 0x10000) *to++ = 0xe0 | code >> 12, *to++ = 0x80 | (code >> 6 & 0x3f), *to++ = 0x80 | (code & 0x3f);
  else *to++ = 0xf0 | code >> 18, *to++ = 0x80 | (code >> 12 & 0x3f), *to++ = 0x80 | (code >> 6 & 0x3f), *to++ = 0x80 | (code & 0x3f);
  return to;
}

static unsigned hex4(const char *at) {
  char digits[5] = "";
  strncpy(digits, at, 4);
  return strtoul(digits, NULL, 16);
}

/* Reads a string into `to`, which has room for as much as is left of the line; NULL where there is none. */
static const char *read_string(const char *at, char *to) {
  static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
  if (*at++ != '"') return NULL;
  while (*at && *at != '"') {
    if (*at != '\\') {
      *to++ = *at++;
      continue;
    }
    const char *name = at[1] ? strchr(names, at[1]) : NULL;
    if (name) {
      *to++ = values[name - names];
      at += 2;
    } else if (at[1] == 'u' && strlen(at) >= 6) {
      unsigned code = hex4(at + 2);
      at += 6;
      if (code >= 0xd800 && code < 0xdc00 && at[0] == '\\' && at[1] == 'u') {
        code = 0x10000 + ((code - 0xd800) << 10) + (hex4(at + 2) - 0xdc00);
        at += 6;
      }
      to = put_utf8(to, code);
    } else {
      return NULL;
    }
  }
  *to = 0;
  return *at == '"' ? at + 1 : NULL;
}

/* Skips a value of any kind; NULL where it is none. */
static const char *skip_value(const char *at, char *scratch) {
  if (*at == '"') return read_string(at, scratch);
  if (*at != '{' && *at != '[') {
    size_t length = strspn(at, "-+.0123456789eEtrufalsn");
    return length > 0 ? at + length : NULL;
  }
  int depth = 0;
  do {
    if (*at == 0) return NULL;
    if (*at == '{' || *at == '[') depth += 1;
    if (*at == '}' || *at == ']') depth -= 1;
    at = *at == '"' ? read_string(at, scratch) : at + 1;
  } while (at && depth > 0);
  return at;
}

/* Finds the string that a member of the object has; "" where there is none. -1: this is no object. */
static int member(const char *line, const char *wanted, char *value) {
  size_t room = strlen(line) + 1;
  char *key = malloc(room), *scratch = malloc(room);
  const char *at = skip(line);
  int result = -1;
  *value = 0;
  if (*at == '{') at = skip(at + 1);
  else at = NULL;
  while (at && *at != '}') {
    at = read_string(at, key);
    if (!at || *(at = skip(at)) != ':') break;
    at = skip(at + 1);
    int is_wanted = strcmp(key, wanted) == 0 && *at == '"';
    at = is_wanted ? read_string(at, value) : skip_value(at, scratch);
    if (!at) break;
    at = skip(at);
    if (*at == ',') at = skip(at + 1);
    else if (*at != '}') at = NULL;
  }
  if (at && *at == '}' && *skip(at + 1) == 0) result = 0;
  free(key);
  free(scratch);
  return result;
}

/* Writes a string with its quotation marks; gives the end. */
static char *write_string(char *to, const char *text) {
  *to++ = '"';
  for (; *text; text += 1) {
    if (*text == '"' || *text == '\\') *to++ = '\\', *to++ = *text;
    else if ((unsigned char)*text < 0x20) to += sprintf(to, "\\u%04x", *text);
    else *to++ = *text;
  }
  *to++ = '"';
  *to = 0;
  return to;
}

#endif
